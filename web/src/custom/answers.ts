import type { Item, Problem } from 'synthgen';

import type { Preview, PreviewRequest } from '../model/preview';
import { longestShown, mostRows } from '../model/preview_rows';
import { CoreError } from '../worker/client';
import type { Calls, DatasetCalls } from '../worker/messages';
import {
  boolean,
  bytes,
  integer,
  isShaped,
  listOf,
  number,
  object,
  optional,
  orNull,
  recordOf,
  text,
  words,
  type Shape,
} from './shapes';

// The worker of a visitor's code can send anything. The frame lets only plain data of a bounded size
// through; here the page makes sure that it is what its panels rely on.

const plain: Shape = (value) =>
  isShaped(value, simple) || isShaped(value, listOf(plain)) || isShaped(value, recordOf(plain));
const simple: Shape = (value) =>
  value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value);
const config = recordOf(plain);
const numbers = listOf(number);
const series = recordOf(listOf(orNull(number)));

const expectation = object({
  name: text,
  value: number,
  formula: text,
  unit: text,
  depends_on: listOf(text),
});

const report = object({
  num_sequences: integer,
  num_tokens: integer,
  vocab_usage: integer,
  avg_length: orNull(number),
  min_length: orNull(number),
  max_length: orNull(number),
  token_diversity: number,
  sequence_diversity: orNull(number),
  local_coherence: orNull(number),
  global_coherence: orNull(number),
  average_entropy: orNull(number),
  pattern_ratio: orNull(number),
  token_distribution: recordOf(integer),
  length_histogram: recordOf(integer),
  pattern_detection: optional(listOf(object({ pattern: numbers, count: integer }))),
  per_sequence: optional(series),
  advice: optional(listOf(plain)),
});

const preview = object({
  config,
  notes: listOf(text),
  truth: listOf(expectation),
  limits: object({
    vocab_size: optional(integer),
    min_length: optional(integer),
    max_length: optional(integer),
    allow_duplicates: optional(boolean),
  }),
  split: text,
  from: integer,
  splitSize: integer,
  pageSize: integer,
  tokens: words,
  offsets: words,
  structure: object({ kinds: bytes, spans: words, bandPlaces: bytes, latents: bytes }),
  kindNames: listOf(text),
  latentShares: object({
    per_sequence: recordOf(numbers),
    kinds: listOf(object({ kind: text, share: number, expected: optional(number) })),
  }),
  padding: optional(words),
  jsonl: text,
  report,
  generate_ms: number,
  analyze_ms: number,
});

const parses = (json: Uint8Array) => {
  try {
    return Array.isArray(JSON.parse(new TextDecoder().decode(json)));
  } catch {
    return false;
  }
};

/** Whether the parts of a preview fit each other and the request. */
function isConsistent(shown: Preview, { config: asked, split, from }: PreviewRequest): boolean {
  const { tokens, offsets, structure, padding, pageSize, splitSize, kindNames } = shown;
  const rows = offsets.length - 1;
  const total = tokens.length;
  const { kinds, spans, bandPlaces, latents } = structure;
  const vocabulary = Number(shown.config['vocab_size']);
  return (
    shown.config['generator'] === asked['generator'] &&
    shown.split === split &&
    shown.from === from &&
    pageSize >= 1 &&
    pageSize <= mostRows &&
    rows >= 0 &&
    rows <= Math.min(pageSize, splitSize) &&
    total <= longestShown &&
    offsets[0] === 0 &&
    offsets[rows] === total &&
    offsets.every((offset, row) => row === 0 || offset >= (offsets[row - 1] ?? 0)) &&
    tokens.every((token) => token < vocabulary) &&
    [kinds, spans, bandPlaces].every(({ length }) => length === total) &&
    kinds.every((kind) => kind < kindNames.length) &&
    (padding === undefined || padding.length === rows) &&
    parses(latents)
  );
}

const chunk = orNull(object({ file: text, sequences: integer, bytes }));

const shapes: Record<keyof DatasetCalls, Shape> = {
  preview,
  settings: config,
  openDataset: listOf(object({ file: text, split: text, sequences: integer, chunks: integer })),
  nextChunk: chunk,
  manifest: text,
};

const nonsense = () =>
  new CoreError({
    kind: 'data',
    message: 'the code answered in place of its generator; its worker was stopped',
  });

/** An answer that is what the call promises; fails for any other. */
export function checkedAnswer<Name extends keyof DatasetCalls>(
  name: Name,
  argument: Calls[Name]['argument'],
  answer: unknown,
): Calls[Name]['answer'] {
  if (!isShaped(answer, shapes[name])) throw nonsense();
  if (name === 'preview' && !isConsistent(answer as Preview, argument as PreviewRequest)) {
    throw nonsense();
  }
  if (name === 'nextChunk' && answer !== null && !isFileName((answer as { file: string }).file)) {
    throw nonsense();
  }
  return answer as Calls[Name]['answer'];
}

const isFileName = (file: string) => /^[\w.-]{1,100}$/.test(file);

const problem = object({
  key: text,
  value: text,
  allowed: text,
});

const longestMessage = 4000;

/** A refusal as an error; fails for what is none. */
export function checkedRefusal(refused: unknown): CoreError {
  const shape = object({ kind: text, message: text, problems: listOf(problem) });
  if (!isShaped(refused, shape)) throw nonsense();
  const { kind, message, problems } = refused as {
    kind: string;
    message: string;
    problems: Problem[];
  };
  return new CoreError({ kind, message: message.slice(0, longestMessage), problems });
}

/** Whether a value says which sequence is being made. */
export const isItem = (value: unknown): value is Item =>
  isShaped(value, object({ split: text, index: integer }));
