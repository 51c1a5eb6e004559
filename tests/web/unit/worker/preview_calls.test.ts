import { createSynthgen, type Config, type Split } from 'synthgen';
import { createLive } from 'synthgen/live';
import { expect, test } from 'vitest';

import { mostTokens } from '../../../../web/src/model/preview_rows';
import { previewCalls } from '../../../../web/src/worker/preview_calls';
import { compiledLive } from './live';

const synthgen = await createSynthgen();
const live = await createLive(await compiledLive());
const { preview, settings } = previewCalls<typeof live>(
  async (call) => call(live),
  (module, config) => module.generator(config),
);

const pageSize = async (config: Config, split: Split = 'train') =>
  (await preview({ config, split, from: 0 })).pageSize;

test.each([
  { generator: 'pattern', vocab_size: 50, seq_length: 9, length_variation: 0.5 },
  {
    generator: 'template',
    vocab_size: 50,
    seq_length: 9,
    templates: [
      [1, 'RANDOM'],
      [2, 3, 4],
    ],
  },
])('the text to copy is that of the file: $generator', async (config) => {
  const small = { ...config, num_train: 12, num_val: 0 };
  const encoder = synthgen.datasetEncoder(synthgen.generator(small));
  const file = new TextDecoder().decode(encoder.next()!.bytes);
  expect((await preview({ config: small, split: 'train', from: 0 })).jsonl).toBe(file);
});

test('the text to copy ends where the text view does', async () => {
  const { jsonl, offsets } = await preview({
    config: { generator: 'random', vocab_size: 50, seq_length: 1000 },
    split: 'train',
    from: 0,
  });
  expect(jsonl.split('\n')).toHaveLength(4 + 1);
  expect(offsets.length).toBeGreaterThan(5);
  const long = { generator: 'random', vocab_size: 50, seq_length: 5000 };
  const { jsonl: single } = await preview({ config: long, split: 'train', from: 0 });
  expect(single.split('\n')).toHaveLength(1 + 1);
});

test('truth and limits are those of the split in view', async () => {
  const config = { generator: 'random', vocab_size: 50, seq_length: 256, num_test: 300 };
  const splits = { test: { seq_length: 1024 } };
  const { truth, limits } = await preview({
    config: { ...config, splits },
    split: 'test',
    from: 0,
  });
  expect(truth.find(({ name }) => name === 'avg_length')?.value).toBe(1024);
  expect(limits).toEqual({ vocab_size: 50, min_length: 1024, max_length: 1024 });
});

test('a preview heeds what a split and the components of a mixture override', async () => {
  const config = { seq_length: 10, num_test: 1, splits: { test: { seq_length: mostTokens } } };
  expect(await pageSize(config)).toBe(200);
  expect(await pageSize(config, 'test')).toBe(1);
  const components = [
    { weight: 1, config: { generator: 'random', seq_length: mostTokens / 2 } },
    { weight: 1, config: { generator: 'random' } },
  ];
  const mixture = { generator: 'mixture', seq_length: 10, num_train: 1, components };
  expect(await pageSize(mixture)).toBe(2);
});

test('one sequence that is longer than a whole preview is shown in full', async () => {
  const config = { generator: 'pattern', seq_length: 200_000 };
  const { offsets, structure, pageSize: rows } = await preview({ config, split: 'val', from: 3 });
  expect([...offsets]).toEqual([0, 200_000]);
  expect(structure.kinds).toHaveLength(200_000);
  expect(rows).toBe(1);
});

test('longer ones are refused as too long, while their settings are allowed', async () => {
  const config = { generator: 'random', seq_length: 16_777_216 };
  await expect(preview({ config, split: 'train', from: 0 })).rejects.toThrow(/at most 1048576/);
  expect(await settings(config)).toMatchObject(config);
  await expect(settings({ vocab_size: 0 })).rejects.toThrow(/^vocab_size: /);
});
