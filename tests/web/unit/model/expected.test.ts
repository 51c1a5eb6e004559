import { expect, test } from 'vitest';

import { withExpectations } from '../../../../web/src/model/expected';
import { inspect } from '../../../../web/src/model/inspection';
import type { Reading } from '../../../../web/src/model/reading';
import { measures, previewOf } from './previews';

const reading = inspect(
  previewOf({ generator: 'random', vocab_size: 4000, seq_length: 16 }, 20),
  measures,
);
const rowOf = (name: string, { comparisons }: Pick<Reading, 'comparisons'> = reading) =>
  comparisons.find((comparison) => comparison.name === name)!;

const estimate = { value: 4, standard_error: 0.01, formula: 'mean of 16 further sequences' };
const tokenEntropy = (mean: number) => ({ samples: 16, mean, spread: 0.02 });

test('what was simulated is added with its error; a closed form stays', () => {
  const shown = withExpectations(reading, {
    measures: { pattern_ratio: estimate, local_coherence: { value: 99, formula: 'another' } },
    tokenEntropy: undefined,
  });
  expect(rowOf('pattern_ratio').expected).toBeUndefined();
  expect(rowOf('pattern_ratio', shown)).toMatchObject({ expected: 4, expectedError: 0.01 });
  expect(rowOf('local_coherence', shown).expected).toBe(rowOf('local_coherence').expected);
  expect(rowOf('local_coherence', shown).expectedError).toBeUndefined();
});

test('the entropy of few tokens is held against samples of that size', () => {
  const { measured, expected: ofLaw } = rowOf('content_entropy_bits');
  // 320 tokens cannot have the law's entropy.
  expect(ofLaw! - measured!).toBeGreaterThan(3);
  const verdict = (mean: number) =>
    rowOf(
      'content_entropy_bits',
      withExpectations(reading, { measures: {}, tokenEntropy: tokenEntropy(mean) }),
    );
  expect(verdict(measured! + 0.03)).toMatchObject({ agrees: true, expectedError: 0.005 });
  expect(verdict(measured! + 0.2).agrees).toBe(false);
});
