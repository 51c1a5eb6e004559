import { createSynthgen } from 'synthgen';
import { expect, test } from 'vitest';

import { stages } from '../../../../web/src/model/curriculum';
import { problemsOf, takenBy } from '../../../../web/src/panels/curriculum/stage_rules';
import {
  curriculumCalls,
  gathered,
  jsonlOf,
  stageFiles,
} from '../../../../web/src/worker/stage_files';

const synthgen = await createSynthgen();
const generator = synthgen.generator({ generator: 'pattern', vocab_size: 60, seq_length: 300 });
const batch = generator.generate({ count: 100 });

test('sequences in parts are those of the whole', async () => {
  const parts = [0, 30, 60, 90].map((first) =>
    generator.generate({ first, count: Math.min(30, 100 - first) }),
  );
  expect(await gathered(parts, 30_000, '')).toEqual({
    tokens: batch.tokens,
    offsets: batch.offsets,
  });
  await expect(gathered(parts, 2 ** 25 + 1, 'synthgen curriculum')).rejects.toThrow(
    /^A page cannot hold so many tokens\. On the command line: synthgen curriculum$/,
  );
});

test('JSONL in pieces is what the program writes', async () => {
  const count = 1000; // more than a piece
  const written = new TextDecoder().decode(generator.encodeJsonl({ count }));
  expect(await jsonlOf(synthgen, generator.generate({ count })).text()).toBe(written);
});

test('each stage is a file of its share of the sequences, cut', async () => {
  const files = stageFiles(synthgen, batch, 60, stages, 'train');
  expect(files.map(({ name }) => name)).toEqual([
    'stage1/train.jsonl',
    'stage2/train.jsonl',
    'stage3/train.jsonl',
  ]);
  const [first, second, third] = files.map(({ sequences }) => sequences);
  expect(Math.abs(first! - 30)).toBeLessThanOrEqual(1);
  expect(Math.abs(second! - 40)).toBeLessThanOrEqual(1);
  expect(Math.abs(third! - 50)).toBeLessThanOrEqual(1);
  const longest = await Promise.all(
    files.map(async ({ blob }) => {
      const { offsets } = synthgen.loadSyntheticData(await blob.text());
      return Math.max(...offsets.slice(1).map((end, i) => end - offsets[i]!));
    }),
  );
  expect(longest).toEqual([128, 256, 300]);
});

test('the page counts what a stage takes as the core does', async () => {
  const calls = curriculumCalls(Promise.resolve(synthgen));
  for (const count of [1, 2, 7, 100, 101]) {
    const { config } = synthgen.generator({ generator: 'random', num_val: count, seq_length: 9 });
    const bounds = [0, 0.1, 0.29, 0.3, 0.5, 0.58, 0.6, 1];
    const asked = bounds.flatMap((min, i) =>
      bounds.slice(i).map((max) => ({
        name: `from${min}to${max}`,
        min_complexity: min,
        max_complexity: max,
        max_length: 4,
      })),
    );
    const files = await calls.splitCurriculum({ config, split: 'val', stages: asked });
    expect(files.map(({ sequences }) => sequences)).toEqual(
      asked.map((stage) => takenBy(stage, count)),
    );
  }
});

test('the page finds what the core would refuse of stages', () => {
  const [stage] = stages as [(typeof stages)[number]];
  const wrong = [
    stage,
    { ...stage },
    { ...stage, name: '.hidden' },
    { ...stage, name: 'a', min_complexity: 0.5 },
    { ...stage, name: 'b', max_complexity: 1.5 },
    { ...stage, name: 'c', max_length: 0 },
  ];
  const problems = problemsOf(wrong);
  expect([...problems.keys()]).toEqual([
    '1.name',
    '2.name',
    '3.min_complexity',
    '4.max_complexity',
    '5.max_length',
  ]);
  wrong.slice(2).forEach((entry) => {
    expect(() => stageFiles(synthgen, batch, 60, [entry], 'train')).toThrow();
  });
  expect(problemsOf(stages).size).toBe(0);
});
