import type { Measure, Report } from 'synthgen';

import { complexitySeries } from './curriculum';
import { type Comparison, type DetailedReport, type ExpectedValue, groups } from './reading';
import { agrees, estimateOf, mean, type Estimate } from './statistics';

/** Entropy of all tokens together, in bits: the cost of a token predicted from token frequencies alone. */
export function tokenEntropyBits(counts: readonly number[]): number | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  const bits = counts.map((count) => (count > 0 ? (count / total) * Math.log2(total / count) : 0));
  return bits.reduce((sum, part) => sum + part, 0);
}

/** An expectation. */
export type Expected = ExpectedValue & {
  /** Its standard error, where it is itself an estimate. */
  error?: number;
  /** Standard deviation of what is measured, where the values of sequences do not show it. */
  spread?: number;
};

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
function estimateIn({ report, series, measures }: Measured, name: string): Estimate | undefined {
  const key = measures.find((entry) => entry.name === name)?.per_sequence || name;
  const values = series.get(key) ?? series.get(name);
  const given = report.distributions?.[key];
  if (values || !given || given.count < 2) return estimateOf(values ?? []);
  return { mean: given.mean, error: given.sd / Math.sqrt(given.count) };
}

/** A measured value with the spread that is known of it. */
function spreadAround(value: number | undefined, { spread }: Expected): Estimate | undefined {
  return value === undefined || spread === undefined ? undefined : { mean: value, error: spread };
}

/** The error of how far it is from what is expected. */
function withError(estimate: Estimate, expected: Expected): Estimate {
  return { ...estimate, error: Math.hypot(estimate.error, expected.error ?? 0) };
}

/** The numbers that one section shows: always, if they were measured, if something is expected. */
function listedIn(
  section: Measure['section'],
  { report, measures }: Measured,
  isPromised: (name: string) => boolean,
): string[] {
  const namesOf = (listed: Measure['listed']) =>
    measures
      .filter((measure) => measure.section === section && measure.listed === listed)
      .map(({ name }) => name);
  return [
    ...namesOf('always'),
    ...namesOf('if_measured').filter((name) => Object.hasOwn(report, name)),
    ...namesOf('if_expected').filter(isPromised),
  ];
}

const floor = 'predictive_bits_per_token';

/** The names with the floor next to the bound below it. */
function floorAfterBound(names: string[]): string[] {
  const others = names.filter((name) => name !== floor);
  const bound = others.indexOf('oracle_bits_per_token');
  if (bound < 0 || others.length === names.length) return names;
  return [...others.slice(0, bound + 1), floor, ...others.slice(bound + 1)];
}

/** Every number of some data with its expected value, by group. */
export function comparisonsOf(measured: Measured): Comparison[] {
  const { report, truth, series, measures } = measured;
  const promised = truth.map(({ name }) => name);
  const isPromised = (name: string) => promised.includes(name);
  const statistics = listedIn('statistics', measured, isPromised);
  const quality = listedIn('quality', measured, isPromised);
  // Of a measure in a section above, or the same under the name of its values.
  const isListed = (name: string) =>
    measures.some(
      (measure) =>
        measure.section !== 'structure' && [measure.name, measure.per_sequence].includes(name),
    );
  const told = [...series]
    .filter(([name, values]) => name !== complexitySeries && values.some((value) => value !== 0))
    .map(([name]) => name);
  const structure = floorAfterBound(
    [...new Set([...promised, ...told, floor])].filter(
      (name) => !isListed(name) && (name !== floor || isPromised(floor) || floor in report),
    ),
  );
  const names = { statistics, quality, structure };
  return groups.flatMap((group) =>
    names[group].map((name) => {
      const expected = truth.find((entry) => entry.name === name);
      const measure = measures.find((entry) => entry.name === name);
      const value = measuredValue(measured, name);
      const estimate = expected && (spreadAround(value, expected) ?? estimateIn(measured, name));
      return {
        name,
        group,
        unit: expected?.unit ?? measure?.unit ?? '',
        formula: expected?.formula ?? measure?.formula ?? '',
        measured: value,
        expected: expected?.value,
        expectedError: expected?.error || undefined,
        agrees:
          estimate && agrees(withError(estimate, expected), expected.value, report.num_tokens),
      };
    }),
  );
}
