import { mean } from '../model/statistics';
import { ticks } from './axes';

/** Values over sequences: all of them, or counts in the bins that a report gives. */
export interface Sample {
  count: number;
  mean: number;
  values?: readonly number[];
  bins?: Bins;
}

export interface Bins {
  /** One more than counts, ascending. */
  edges: readonly number[];
  counts: readonly number[];
}

const roundBars = 24;
const mostGridBars = 40;

export function sampleOf(values: readonly number[]): Sample {
  return { values, count: values.length, mean: mean(values) ?? Number.NaN };
}

/**
 * Where bars begin and end, ascending, around all of `seen`. Values on a coarse grid, as shares of
 * few tokens are, get a bar each around their middle; others share bars of a round width.
 */
export function barEdges(values: readonly number[], seen: readonly number[]): number[] {
  const [low, high] = seen.length > 0 ? [Math.min(...seen), Math.max(...seen)] : [0, 0];
  const distinct = [...new Set(values)].toSorted((a, b) => a - b);
  const first = distinct[0] ?? low;
  const step =
    distinct.length > 1
      ? Math.min(...distinct.slice(1).map((value, i) => value - (distinct[i] ?? value)))
      : (high - low) / 4 || Math.abs(low) / 4 || 0.25;
  if ((high - low) / step <= mostGridBars) {
    const before = Math.ceil((first - low) / step - 0.5);
    const after = Math.ceil((high - first) / step - 0.5);
    return Array.from({ length: before + after + 2 }, (_, i) => first + (i - before - 0.5) * step);
  }
  const inner = ticks(low, high, roundBars);
  const width = (inner[1] ?? 1) - (inner[0] ?? 0);
  return [(inner[0] ?? low) - width, ...inner, (inner.at(-1) ?? high) + width].filter(
    (edge) => edge > low - width && edge < high + width,
  );
}

function counted(values: readonly number[], edges: readonly number[]): number[] {
  const counts = Array.from({ length: Math.max(0, edges.length - 1) }, () => 0);
  for (const value of values) {
    const i = edges.findLastIndex((edge) => edge <= value);
    const bin = value === edges.at(-1) ? i - 1 : i;
    if (bin in counts) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** Given bins, and an empty one up to `value` where it lies outside. */
function reaching({ edges, counts }: Bins, value = edges[0] ?? 0): Bins {
  const margin = ((edges.at(-1) ?? 1) - (edges[0] ?? 0)) / (4 * Math.max(1, counts.length));
  if (value < (edges[0] ?? 0)) return { edges: [value - margin, ...edges], counts: [0, ...counts] };
  if (value > (edges.at(-1) ?? 1))
    return { edges: [...edges, value + margin], counts: [...counts, 0] };
  return { edges, counts };
}

/** Counts in bins, of a sample and of another. */
export interface Binned {
  edges: readonly number[];
  counts: readonly number[];
  pinnedCounts: readonly number[];
}

/** The only value that there is, if it is only one: a bin without a width then holds all. */
function onlyValue(sample: Sample, pinned: Sample | undefined): number | undefined {
  const { bins, values = [] } = sample;
  if (bins !== undefined) return bins.edges[0] === bins.edges.at(-1) ? bins.edges[0] : undefined;
  const [first] = values;
  const isFirst = (value: number) => value === first;
  return values.every(isFirst) && (pinned?.values ?? []).every(isFirst) ? first : undefined;
}

/** Counts of a sample, and of another in the same bins; the bins reach `expected`. */
export function binned(
  sample: Sample,
  pinned: Sample | undefined,
  expected: number | undefined,
): Binned {
  const only = onlyValue(sample, pinned);
  if (only !== undefined) {
    const pinnedCounts = pinned ? [pinned.count] : [];
    return { edges: [only, only], counts: [sample.count], pinnedCounts };
  }
  if (sample.values === undefined) {
    const { edges, counts } = reaching(sample.bins ?? { edges: [], counts: [] }, expected);
    return { edges, counts, pinnedCounts: [] };
  }
  const others = pinned?.values ?? [];
  const all = [...sample.values, ...others];
  const edges = barEdges(all, expected === undefined ? all : [...all, expected]);
  return {
    edges,
    counts: counted(sample.values, edges),
    pinnedCounts: pinned ? counted(others, edges) : [],
  };
}
