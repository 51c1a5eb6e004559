import type { ExpectedMeasure, Measure } from 'synthgen';

import { comparisonsOf, type Expected } from './comparisons';
import { withFloor } from './floor';
import type { DetailedReport, Reading } from './reading';

/** What single numbers of a report should be. */
export function truthOf(
  { expected = {} }: DetailedReport,
  measures: readonly Measure[],
): Expected[] {
  return Object.entries(expected).flatMap(([name, { value, formula, standard_error }]) => {
    const unit = measures.find((measure) => measure.name === name)?.unit ?? '';
    const error = typeof standard_error === 'number' ? standard_error : 0;
    return typeof value === 'number' ? [{ name, value, formula, unit, error }] : [];
  });
}

/** What the share of equal tokens at each lag should be. */
export function lagsOf({ expected = {} }: DetailedReport): Reading['expectedLags'] {
  const lags = expected['lag_equality']?.value;
  return Array.isArray(lags) ? (lags as (number | null)[]) : undefined;
}

/** What there is to expect something of: the report, and the numbers that only the table has. */
export function measuredNumbers({ report, comparisons }: Reading): Reading['report'] {
  const known = comparisons.filter(({ measured }) => measured !== undefined);
  return { ...Object.fromEntries(known.map(({ name, measured }) => [name, measured])), ...report };
}

/** What is expected of so many sequences. */
export interface SampleExpectations {
  measures: Record<string, ExpectedMeasure>;
  /** The entropy of all tokens together: of few tokens it is below that of the law they are from. */
  tokenEntropy: Entropies | undefined;
}

/** Entropies of the tokens of other samples of the same size. */
export interface Entropies {
  samples: number;
  mean: number;
  /** Standard deviation. */
  spread: number;
}

/** The law's entropy replaced by that of the tokens of samples of that size. */
function ofSamples({ samples, mean, spread }: Entropies, law: Expected | undefined): Expected {
  const words = `mean of ${samples} samples of this size`;
  return {
    name: 'content_entropy_bits',
    value: mean,
    unit: law?.unit ?? 'bits',
    formula: law ? `${words}; of the law: ${law.value} = ${law.formula}` : words,
    error: spread / Math.sqrt(samples),
    spread,
  };
}

/** The reading with everything that is expected of as many sequences as it is of. */
export function withExpectations(
  reading: Reading,
  { measures, tokenEntropy }: SampleExpectations,
): Reading {
  const report = { ...reading.report, expected: measures as DetailedReport['expected'] & {} };
  const known = reading.truth.map(({ name }) => name);
  const simulated = truthOf(report, reading.measures).filter(({ name }) => !known.includes(name));
  const law = reading.truth.find(({ name }) => name === 'content_entropy_bits');
  const others = reading.truth.filter((entry) => !tokenEntropy || entry !== law);
  const entropy = tokenEntropy ? [ofSamples(tokenEntropy, law)] : [];
  const truth = [...others, ...entropy, ...simulated];
  const { series } = reading;
  const whole: Reading = {
    ...reading,
    report,
    truth,
    expectedLags: reading.expectedLags ?? lagsOf(report),
    comparisons: comparisonsOf({ report, truth, series, measures: reading.measures }),
  };
  return reading.floor ? withFloor(whole, reading.floor) : whole;
}
