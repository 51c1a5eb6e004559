import { expect, test } from 'vitest';

import {
  longestShown,
  mostRows,
  mostTokens,
  pageSizeOf,
} from '../../../../web/src/model/preview_rows';
import { estimateFiles, meanDigits } from '../../../../web/src/state/dataset_size';
import { commandLine } from '../../../../web/src/state/recipe';
import { table } from '../parameters';

test.each([1, 9, 10, 11, 100, 101, 1000, 1234])(
  'the mean number of digits of ids below %i',
  (n) => {
    const counted = Array.from({ length: n }, (_, id) => String(id).length);
    expect(meanDigits(n)).toBeCloseTo(counted.reduce((sum, width) => sum + width) / n, 12);
  },
);

test('a file is as large as its lines', () => {
  const config = { vocab_size: 10, seq_length: 3, num_train: 2, num_val: 0, num_test: 1 };
  const line = '{"input_ids":[1,2,3]}\n'.length;
  expect(estimateFiles(config)).toEqual([
    { file: 'train.jsonl', sequences: 2, bytes: 2 * line },
    { file: 'test.jsonl', sequences: 1, bytes: line },
  ]);
});

test('a preview never holds more tokens than it may, apart from a single sequence', () => {
  for (const longest of [1, 10, 655, 656, 4096, mostTokens, mostTokens + 1, 16777216]) {
    const rows = pageSizeOf(longest);
    if (rows > 1) expect(rows * longest).toBeLessThanOrEqual(mostTokens);
    expect(rows).toBeLessThanOrEqual(mostRows);
  }
  expect(pageSizeOf(256)).toBe(mostRows);
  expect(pageSizeOf(mostTokens / 2)).toBe(2);
  expect(pageSizeOf(mostTokens)).toBe(1);
  expect(pageSizeOf(longestShown)).toBe(1);
  expect(pageSizeOf(longestShown + 1)).toBe(0);
});

test('the command has a flag for every key, lists with commas, the rest as the table orders it', () => {
  const config = { pattern_types: ['reversal', 'repetition'], generator: 'pattern', vocab_size: 9 };
  expect(commandLine(config, table, { latents: true })).toBe(
    'synthgen generate --generator pattern --vocab-size 9 --pattern-types reversal,repetition --latents --output-dir data/custom',
  );
});

test('values that are JSON are given as JSON, quoted for the shell', () => {
  const config = { generator: 'template', templates: [[1, { ref: 'k' }]] };
  expect(commandLine(config, table)).toBe(
    `synthgen generate --generator template --templates '[[1,{"ref":"k"}]]' --output-dir data/custom`,
  );
});

test('words that a shell would read are quoted', () => {
  const config = { vocab_distribution: "it's; rm" };
  expect(commandLine(config, table)).toContain(`--vocab-distribution 'it'\\''s; rm'`);
});

test('the options of the files have the flags of the program', () => {
  const options = {
    format: 'bin',
    labels: true,
    predictive: 'bits',
    dtype: 'uint32',
    separator: 9,
    dataset_card: true,
  } as const;
  expect(commandLine({ vocab_size: 9 }, table, options)).toBe(
    'synthgen generate --vocab-size 9 --format bin --labels --predictive bits --dtype uint32 --separator 9 --dataset-card --output-dir data/custom',
  );
});
