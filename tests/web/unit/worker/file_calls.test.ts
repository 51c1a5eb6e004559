import { gzipSync } from 'node:zlib';

import { createSynthgen, type Limits } from 'synthgen';
import { describe, expect, test } from 'vitest';

import { stages } from '../../../../web/src/model/curriculum';
import { fileCalls } from '../../../../web/src/worker/file_calls';
import { isWhole } from '../../../../web/src/worker/visitor_file';

const synthgen = await createSynthgen();
const generator = synthgen.generator({ generator: 'pattern', vocab_size: 90, num_train: 9000 });

test.each([
  ['a.jsonl', false],
  ['a.jsonl.gz', false],
  ['a.txt', false],
  ['a', false],
  ['train.NPY', true],
  ['train.pt', true],
  ['train.pth', true],
  ['train.safetensors', true],
  ['train.csv', true],
])('whether %s is read as a whole: %s', (name, whole) => {
  expect(isWhole(synthgen.formats(), name)).toBe(whole);
});

/** The calls, with a file measured to its end. */
async function measured(bytes: Uint8Array, name: string, limits: Limits = {}) {
  const calls = fileCalls(Promise.resolve(synthgen));
  const file = new Blob([Uint8Array.from(bytes)]);
  await calls.openFile({ file, name, limits });
  while ((await calls.nextPiece(null)) !== null);
  return calls;
}

const count = 900; // several pieces of a megabyte
const text = generator.encodeJsonl({ count });
const broken = new TextEncoder().encode(
  new TextDecoder().decode(text).replace(/(?<=\n)\[?\{/, '{]\n{'),
);
const csv = new TextEncoder().encode(
  Array.from({ length: 300 }, (_, i) => `${i % 7},1,2,3,${i % 5}\n`).join(''),
);

describe('any page of a file is read from its place in', () => {
  test.each([
    ['text', text, 'a.jsonl'],
    ['text with a line that cannot be read', broken, 'a.jsonl'],
    ['compressed text', gzipSync(text), 'a.jsonl.gz'],
  ])('%s', async (_, bytes, name) => {
    const calls = await measured(bytes, name);
    for (const from of [0, 511, count - 1]) {
      const preview = await calls.fileRows({ split: 'train', from });
      const shown = Math.min(preview.pageSize, count - from);
      const { tokens, offsets } = generator.generate({ first: from, count: shown });
      expect(preview).toMatchObject({ file: name, from, splitSize: count });
      expect(preview.offsets).toEqual(offsets);
      expect(preview.tokens.every((token, i) => token === tokens[i])).toBe(true);
      expect(preview.report.per_sequence?.entropy_complexity).toHaveLength(shown);
      expect(preview.jsonl).toMatch(/^\{"input_ids":/);
    }
  });

  test('a file that is read as a whole, and none beyond its end', async () => {
    const calls = await measured(csv, 'a.csv');
    const last = await calls.fileRows({ split: 'train', from: 200 });
    expect(last.offsets).toHaveLength(101);
    expect([...last.tokens.subarray(0, 5)]).toEqual([200 % 7, 1, 2, 3, 0]);
    const none = await calls.fileRows({ split: 'train', from: 300 });
    expect(none.report.num_sequences).toBe(0);
  });
});

test('the curriculum of a file is normalised with the vocabulary that its curve has', async () => {
  const lines = '[0,9]\n[0,9,0,9]\n[1,1,1,9]\n[0,1,2,9]\n';
  const stagesByName = Object.fromEntries(stages.map(({ name, ...stage }) => [name, stage]));
  for (const [limits, size] of [
    [{}, 10],
    [{ vocab_size: 50 }, 50],
  ] satisfies [Limits, number][]) {
    const calls = await measured(new TextEncoder().encode(lines), 'data.jsonl', limits);
    const batch = synthgen.loadSyntheticData(lines);
    const expected = synthgen.createCurriculumData(batch, stagesByName, { vocab_size: size });
    const files = await calls.fileCurriculum(stages);
    expect(files.map(({ name }) => name)).toEqual(stages.map(({ name }) => `${name}/train.jsonl`));
    for (const { name, blob } of files) {
      const own = expected[name.replace('/train.jsonl', '')]!;
      expect(await blob.text()).toBe(new TextDecoder().decode(synthgen.encodeJsonl(own)));
    }
  }
});

test.each<[string, Limits, number]>([
  // 16 times the same id are 2 phrases: 2 log_k(16) / 16 for an alphabet of k = min(V, 16) ids.
  ['of unknown size, each sequence having one id', {}, 0],
  ['of 4 ids', { vocab_size: 4 }, 0.25],
  ['of 100 ids', { vocab_size: 100 }, 0.125],
])('the complexity of a file is that of a vocabulary %s', async (_, limits, complexity) => {
  const lines = [2, 3].map((id) => `${JSON.stringify(Array.from({ length: 16 }, () => id))}\n`);
  const bytes = new TextEncoder().encode(lines.join(''));
  const { report } = await (await measured(bytes, 'data.jsonl', limits)).fileMeasures(null);
  expect(report.lz_complexity).toBeCloseTo(complexity, 12);
  expect(report.distributions?.['lz_complexity']?.max).toBeCloseTo(complexity, 12);
  expect(report.vocab_size).toBe(limits.vocab_size);
});

test('a page of a file can have any ids', async () => {
  const largest = 2 ** 32 - 1;
  const calls = await measured(new TextEncoder().encode(`[0,${largest}]\n[7,7]\n`), 'a.jsonl');
  const { config, report } = await calls.fileRows({ split: 'train', from: 0 });
  expect(config['vocab_size']).toBe(2 ** 32);
  expect(report.per_sequence?.entropy_complexity).toEqual([1, 0]);
});
