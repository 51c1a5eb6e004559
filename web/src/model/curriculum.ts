import type { Reading } from './reading';

/** A stage of a curriculum: the ranks of complexity that it takes, 0 to 1 each. */
export interface Stage {
  name: string;
  min_complexity: number;
  max_complexity: number;
  /** Longer sequences are cut to this. */
  max_length: number;
}

/** The sequences of one stage of a curriculum; the name has the stage's directory. */
export interface StageFile {
  name: string;
  sequences: number;
  blob: Blob;
}

/** Three overlapping stages, from simple and short to complex and long. */
export const stages: readonly Stage[] = [
  { name: 'stage1', min_complexity: 0, max_complexity: 0.3, max_length: 128 },
  { name: 'stage2', min_complexity: 0.2, max_complexity: 0.6, max_length: 256 },
  { name: 'stage3', min_complexity: 0.5, max_complexity: 1, max_length: 512 },
];

/** For a share of the sequences, from the simplest on, the largest complexity among them; ascending. */
export type ComplexityCurve = readonly (readonly [rank: number, complexity: number])[];

const mostPoints = 200;

/** The series with the entropy complexity of each sequence. */
export const complexitySeries = 'entropy_complexity';

/** The curve of each sequence's complexity, ranked from 0 to 1. */
export function rankedCurve(values: readonly number[]): [number, number][] {
  const sorted = values.toSorted((a, b) => a - b);
  const last = Math.max(1, sorted.length - 1);
  const step = Math.max(1, Math.floor(sorted.length / mostPoints));
  return sorted
    .map((value, i): [number, number] => [i / last, value])
    .filter((_, i) => i % step === 0 || i === sorted.length - 1);
}

/** The curve of complexity over ranks: from each sequence's values, or from the report's histogram. */
export function complexityCurve(reading: Reading): ComplexityCurve {
  const { report, series } = reading;
  const complexities = series.get(complexitySeries) ?? [];
  if (complexities.length > 0) return rankedCurve(complexities);
  const given = report.distributions?.['lz_complexity'];
  if (!given || given.count === 0) return [];
  const { edges, counts } = given.histogram;
  let below = 0;
  const steps = counts.map((count, i): [number, number] => {
    below += count;
    return [below / given.count, edges[i + 1] ?? given.max];
  });
  return [[0, edges[0] ?? given.min], ...steps];
}
