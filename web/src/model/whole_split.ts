import type { Measure, Report } from 'synthgen';

import { comparisonsOf } from './comparisons';
import type { Inspection } from './inspection';
import type { DetailedReport, Reading } from './reading';

/** Sums over sequences of the numbers that only their structure gives. */
export interface StructureSums {
  /** By name: of how many sequences, and the sums of their values and of the squares. */
  values: Record<string, { count: number; sum: number; squares: number }>;
  /** By kind: how many tokens, padding included. */
  kinds: Record<string, number>;
}

/** What is measured on a whole split. */
export interface SplitMeasures {
  report: Report & DetailedReport;
  measures: Measure[];
}

/** Means over sequences, in the form of a report's numbers and distributions. */
function meansOf({ values }: StructureSums) {
  const known = Object.entries(values).filter(([, { count }]) => count > 0);
  return known.map(([name, { count, sum, squares }]) => {
    const mean = sum / count;
    const variance = count > 1 ? Math.max(0, squares - sum * mean) / (count - 1) : 0;
    return { name, mean, distribution: { count, mean, sd: Math.sqrt(variance) } };
  });
}

/** The reading of a whole split, of which `sample` is a part. */
export function wholeReading(
  sample: Inspection,
  { report: measured, measures, sums }: SplitMeasures & { sums: StructureSums },
): Reading {
  const means = meansOf(sums);
  const report = {
    // What the analyzer knows itself goes before what was summed up here.
    ...Object.fromEntries(means.map(({ name, mean }) => [name, mean])),
    ...measured,
    distributions: {
      ...Object.fromEntries(means.map(({ name, distribution }) => [name, distribution])),
      ...measured.distributions,
    },
  } as Reading['report'];
  const { truth, config, preview } = sample;
  const series = new Map<string, number[]>();
  const tokens = Object.values(sums.kinds).reduce((sum, count) => sum + count, 0);
  const expectedOf = (kind: string) =>
    preview.latentShares.kinds.find((entry) => entry.kind === kind)?.expected;
  return {
    report,
    isComplete: true,
    series,
    truth,
    config,
    shares: preview.kindNames
      .filter((kind) => (sums.kinds[kind] ?? 0) > 0)
      .map((kind) => {
        const expected = expectedOf(kind);
        const share = (sums.kinds[kind] ?? 0) / tokens;
        return { kind, share, ...(expected !== undefined && { expected }) };
      }),
    comparisons: comparisonsOf({ report, truth, series, measures }),
    expectedLags: undefined,
    validation: undefined,
    measures,
    awaitsFloor: false,
  };
}
