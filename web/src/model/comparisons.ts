import type { Expectation, Measure, Report } from 'synthgen';

import { type DetailedReport, groups, type Comparison } from './reading';
import { agrees, estimateOf, mean, type Estimate } from './statistics';

/** Shown for all data, in this order, ahead of what the data's family promises. */
const always: Record<(typeof groups)[number], readonly string[]> = {
  statistics: ['num_sequences', 'avg_length', 'vocab_usage', 'local_coherence', 'global_coherence'],
  quality: ['sequence_diversity', 'token_diversity', 'average_entropy', 'pattern_ratio'],
  structure: [],
};

/** Shown with the quality where they were measured. */
const optional = [
  'duplicate_share',
  'near_duplicate_share',
  'conditional_entropy',
  'lz_complexity',
  'zipf_exponent',
];

/** Shown with the others of their group where something is expected of them. */
const promisedOnly = {
  statistics: ['min_length', 'max_length', 'num_tokens'],
  quality: ['zipf_exponent_error', 'conditional_entropy_baseline'],
};

/** Series that stand in the report under another name. */
const seriesOfMeasure: Record<string, string> = { average_entropy: 'entropy' };

/** Entropy of all tokens together in bits: what a reader pays who knows their counts alone. */
export function tokenEntropyBits(counts: readonly number[]): number | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  const bits = counts.map((count) => (count > 0 ? (count / total) * Math.log2(total / count) : 0));
  return bits.reduce((sum, part) => sum + part, 0);
}

/** An expectation, with its standard error where it is itself an estimate. */
export type Expected = Expectation & { error?: number };

interface Measured {
  report: Report & DetailedReport;
  truth: readonly Expected[];
  series: ReadonlyMap<string, readonly number[]>;
  measures: readonly Measure[];
}

function measuredValue({ report, series }: Measured, name: string): number | undefined {
  if (name === 'content_entropy_bits') {
    return tokenEntropyBits(Object.values(report.token_distribution));
  }
  const inReport = (report as unknown as Record<string, unknown>)[name];
  return typeof inReport === 'number' ? inReport : mean(series.get(name) ?? []);
}

/** The mean over sequences and its error: from their values, or as the report gives them. */
function estimateIn({ report, series }: Measured, name: string): Estimate | undefined {
  const key = seriesOfMeasure[name] ?? name;
  const given = report.distributions?.[key === 'avg_length' ? 'length' : key];
  if (series.has(key) || !given || given.count < 2) return estimateOf(series.get(key) ?? []);
  return { mean: given.mean, error: given.sd / Math.sqrt(given.count) };
}

/** The error of how far it is from what is expected. */
function withError(estimate: Estimate, expected: Expected): Estimate {
  return { ...estimate, error: Math.hypot(estimate.error, expected.error ?? 0) };
}

/** Every number of some data with its expected value, by group. */
export function comparisonsOf(measured: Measured): Comparison[] {
  const { report, truth, series, measures } = measured;
  const aliased = new Set(Object.values(seriesOfMeasure));
  const told = [...series]
    .filter(([name, values]) => !aliased.has(name) && values.some((value) => value !== 0))
    .map(([name]) => name);
  const promised = truth.map(({ name }) => name);
  const isPromised = (name: string) => promised.includes(name);
  const statistics = [...always.statistics, ...promisedOnly.statistics.filter(isPromised)];
  const measuredToo = optional.filter((name) => Object.hasOwn(report, name));
  const quality = [...always.quality, ...measuredToo, ...promisedOnly.quality.filter(isPromised)];
  const shown = new Set([...statistics, ...quality, ...optional]);
  const structure = [...new Set([...promised, ...told])].filter((name) => !shown.has(name));
  const names = { statistics, quality, structure };
  return groups.flatMap((group) =>
    names[group].map((name) => {
      const expected = truth.find((entry) => entry.name === name);
      const measure = measures.find((entry) => entry.name === name);
      const estimate = expected && estimateIn(measured, name);
      return {
        name,
        group,
        unit: expected?.unit ?? measure?.unit ?? '',
        formula: expected?.formula ?? measure?.formula ?? '',
        measured: measuredValue(measured, name),
        expected: expected?.value,
        agrees:
          estimate && agrees(withError(estimate, expected), expected.value, report.num_tokens),
      };
    }),
  );
}
