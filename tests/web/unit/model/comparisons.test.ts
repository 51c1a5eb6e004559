import { expect, test } from 'vitest';

import { savingInWords } from '../../../../web/src/panels/numbers/verdicts';
import { inspect } from '../../../../web/src/model/inspection';
import { comparisonsOf, tokenEntropyBits } from '../../../../web/src/model/comparisons';
import { withDetail } from '../../../../web/src/app/detail';
import { measures, previewOf } from './previews';

test.each([
  [[1, 1], 1],
  [[3, 3, 3, 3], 2],
  [[1, 0, 0], 0],
  [[2, 1, 1], 1.5],
])('counts %j have an entropy of %d bits', (counts, bits) => {
  expect(tokenEntropyBits(counts)).toBeCloseTo(bits, 12);
});

test('no tokens have no entropy', () => {
  expect(tokenEntropyBits([])).toBeUndefined();
});

const reading = inspect(previewOf({ generator: 'pattern', vocab_size: 64 }, 50), measures);

test('statistics come first, then quality metrics, then what a family promises', () => {
  const names = reading.comparisons.map(({ name }) => name);
  expect(names.slice(0, 9)).toEqual([
    'num_sequences',
    'avg_length',
    'vocab_usage',
    'local_coherence',
    'global_coherence',
    'token_diversity',
    'sequence_diversity',
    'average_entropy',
    'pattern_ratio',
  ]);
  expect(names).toEqual(expect.arrayContaining(['pattern_share', 'oracle_bits_per_token']));
  expect(new Set(names).size).toBe(names.length);
});

test('every promise of the family has a row', () => {
  const names = reading.comparisons.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(reading.truth.map(({ name }) => name)));
});

test('expectations of any data are in the group of their measures', () => {
  const truth = ['num_tokens', 'conditional_entropy_baseline', 'pattern_share'].map((name) => ({
    ...{ name, value: 1, formula: 'known', unit: '' },
  }));
  const rows = comparisonsOf({ ...reading, truth });
  const groupOf = (name: string) => rows.find((row) => row.name === name)?.group;
  expect(truth.map(({ name }) => groupOf(name))).toEqual(['statistics', 'quality', 'structure']);
  expect(groupOf('min_length')).toBeUndefined();
});

test('an expectation that is an estimate may be off by its own error', () => {
  const { local_coherence } = reading.report;
  const verdictFor = (error: number) => {
    const expected = { value: local_coherence! + 0.5, formula: 'simulated', unit: '', error };
    const truth = [{ name: 'local_coherence', ...expected }];
    return comparisonsOf({ ...reading, truth }).find((row) => row.name === 'local_coherence')
      ?.agrees;
  };
  expect(verdictFor(0)).toBe(false);
  expect(verdictFor(0.2)).toBe(true);
});

test('the entropy of the counts has that of the content as its expected value', () => {
  const row = reading.comparisons.find(({ name }) => name === 'content_entropy_bits');
  expect(row?.expected).toBe(6);
  expect(Math.abs(row!.measured! - 6)).toBeLessThan(0.02);
});

test('what structure saves is the difference of two rows', () => {
  expect(savingInWords(reading)).toMatch(
    /^Predicting a token takes 5\.99\d* bits from token frequencies alone and \d\.\d+ bits if the structure is known: \d\.\d+ bits less\.$/,
  );
  expect(savingInWords({ ...reading, comparisons: [] })).toBe('');
});

test('details join the report, and make the reading whole also where they failed', () => {
  const validation = { passed: true, num_sequences: 50, num_faults: 0, faults: [] };
  const report = { zipf_exponent: 1 };
  const whole = withDetail(reading, { report, expectedLags: [0.5], validation });
  expect(reading.isComplete).toBe(false);
  expect(whole).toMatchObject({ isComplete: true, expectedLags: [0.5], validation });
  expect(whole.report).toEqual({ ...reading.report, zipf_exponent: 1 });
  expect(withDetail(reading, undefined)).toEqual({ ...reading, isComplete: true });
});
