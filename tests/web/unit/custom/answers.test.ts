import { expect, test } from 'vitest';

import { checkedAnswer, checkedRefusal, isItem } from '../../../../web/src/custom/answers';
import type { Preview, PreviewRequest } from '../../../../web/src/model/preview';

const request: PreviewRequest = {
  config: { generator: 'custom', vocab_size: 50, seq_length: 3 },
  split: 'train',
  from: 0,
};

const latents = new TextEncoder().encode('[null,null]');

/** A preview of two sequences, as an honest worker answers. */
const honest = () => ({
  config: { generator: 'custom', vocab_size: 50, seq_length: 3, num_train: 10 },
  notes: [],
  truth: [],
  limits: { vocab_size: 50, min_length: 1, max_length: 3 },
  split: 'train',
  from: 0,
  splitSize: 10,
  pageSize: 200,
  tokens: Uint32Array.of(1, 2, 3, 4),
  offsets: Uint32Array.of(0, 3, 4),
  structure: {
    kinds: new Uint8Array(4),
    spans: new Uint32Array(4),
    bandPlaces: new Uint8Array(4),
    latents,
  },
  kindNames: ['fresh'],
  latentShares: { per_sequence: {}, kinds: [{ kind: 'custom', share: 1 }] },
  padding: undefined,
  jsonl: '{"input_ids":[1,2,3]}\n{"input_ids":[4]}\n',
  report: {
    num_sequences: 2,
    num_tokens: 4,
    vocab_usage: 4,
    avg_length: 2,
    min_length: 1,
    max_length: 3,
    token_diversity: 4,
    sequence_diversity: 1,
    local_coherence: null,
    global_coherence: null,
    average_entropy: 1,
    pattern_ratio: 0,
    token_distribution: { '1': 1, '2': 1, '3': 1, '4': 1 },
    length_histogram: { '1': 1, '3': 1 },
    per_sequence: { length: [3, 1], local_coherence: [0, null] },
  },
  generate_ms: 1,
  analyze_ms: 1,
});

const check = (answer: unknown) => checkedAnswer('preview', request, answer);

test('an honest preview is taken as it is', () => {
  const answer = honest();
  expect(check(answer)).toBe(answer as unknown as Preview);
});

const forgeries: Record<string, (answer: ReturnType<typeof honest>) => unknown> = {
  'no object': () => 5,
  null: () => null,
  'a list': () => [],
  'no tokens': (answer) => ({ ...answer, tokens: undefined }),
  'tokens as a list': (answer) => ({ ...answer, tokens: [1, 2, 3, 4] }),
  'ids beyond the vocabulary': (answer) => ({ ...answer, tokens: Uint32Array.of(1, 2, 3, 50) }),
  'offsets beyond the tokens': (answer) => ({ ...answer, offsets: Uint32Array.of(0, 3, 9) }),
  'offsets that go backwards': (answer) => ({ ...answer, offsets: Uint32Array.of(0, 9, 4) }),
  'no offsets': (answer) => ({ ...answer, offsets: new Uint32Array() }),
  'more sequences than a preview has': (answer) => ({
    ...answer,
    offsets: new Uint32Array(500).fill(4, 1),
  }),
  'a page that is too large': (answer) => ({ ...answer, pageSize: 1e9 }),
  'another split': (answer) => ({ ...answer, split: 'val' }),
  'another place': (answer) => ({ ...answer, from: 7 }),
  'another family': (answer) => ({ ...answer, config: { ...answer.config, generator: 'random' } }),
  'kinds that have no name': (answer) => ({
    ...answer,
    structure: { ...answer.structure, kinds: Uint8Array.of(0, 0, 0, 1) },
  }),
  'kinds of fewer tokens': (answer) => ({
    ...answer,
    structure: { ...answer.structure, kinds: new Uint8Array(3) },
  }),
  'latents that are no JSON': (answer) => ({
    ...answer,
    structure: { ...answer.structure, latents: Uint8Array.of(1) },
  }),
  'a measure that is a text': (answer) => ({
    ...answer,
    report: { ...answer.report, average_entropy: '<b>' },
  }),
  'a measure that is no number': (answer) => ({
    ...answer,
    report: { ...answer.report, average_entropy: NaN },
  }),
  'no report': (answer) => ({ ...answer, report: undefined }),
  'notes that are objects': (answer) => ({ ...answer, notes: [{}] }),
  'an expectation without a value': (answer) => ({ ...answer, truth: [{ name: 'x' }] }),
  'padding of other sequences': (answer) => ({ ...answer, padding: new Uint32Array(9) }),
};

test.each(Object.entries(forgeries))('a preview is not taken with %s', (_, forge) => {
  expect(() => check(forge(honest()))).toThrow(/answered in place of its generator/);
});

test('a chunk is taken with a file name only', () => {
  const chunk = { file: 'train.jsonl', sequences: 1, bytes: new Uint8Array(1) };
  expect(checkedAnswer('nextChunk', null, chunk)).toBe(chunk);
  expect(checkedAnswer('nextChunk', null, null)).toBe(null);
  for (const file of ['../x', 'a/b', '', 'x'.repeat(200)]) {
    expect(() => checkedAnswer('nextChunk', null, { ...chunk, file })).toThrow(/in place/);
  }
});

test('a refusal is cut to what the page can show, and refused where it is none', () => {
  const problems = [{ key: 'k', value: 'v', allowed: 'a' }];
  const refused = checkedRefusal({ kind: 'usage', message: 'x'.repeat(9999), problems });
  expect(refused.message.length).toBe(4000);
  expect(refused.problems).toEqual(problems);
  for (const wrong of [null, 'no', {}, { kind: 'usage', message: 'x', problems: [1] }]) {
    expect(() => checkedRefusal(wrong)).toThrow(/in place/);
  }
});

test('an item has a split and a place', () => {
  expect(isItem({ split: 'train', index: 3 })).toBe(true);
  for (const wrong of [null, 3, {}, { split: 'train', index: -1 }, { split: 1, index: 1 }]) {
    expect(isItem(wrong)).toBe(false);
  }
});
