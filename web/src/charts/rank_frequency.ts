import { formatCount, formatMeasure } from '../model/format';
import { logAxis } from './axes';
import {
  bottomAxis,
  drawing,
  expectedPath,
  leftAxis,
  leftMargin,
  linePath,
  type Chart,
  type Size,
  svg,
  type SvgNode,
} from './frame';

const top = 30;
const right = 10;
const bottom = 36;
const mostPoints = 160;

export interface RankFrequencyData {
  /** Of each id, in any order. */
  counts: readonly number[];
  /** A line of that slope through the data's total: what the law with that exponent gives. */
  zipf?: { exponent: number; ids: number; name: string } | undefined;
  pinned?: readonly number[] | undefined;
}

/** Indices 0 … count − 1, all near the start and ever sparser, the last included. */
export function sparseRanks(count: number): number[] {
  const ranks = new Set<number>();
  for (let i = 0; i < mostPoints; i += 1) {
    ranks.add(Math.round((count - 1) ** (i / (mostPoints - 1))) - (count > 1 ? 0 : 1));
  }
  ranks.add(0);
  return [...ranks].filter((rank) => rank >= 0 && rank < count).toSorted((a, b) => a - b);
}

/** Σ r^−s over ranks 1 … n: exact to 1,000, then by the midpoint rule, whose error is below 1e−9. */
export function harmonic(n: number, s: number): number {
  const exact = Math.min(n, 1000);
  let sum = 0;
  for (let r = 1; r <= exact; r += 1) sum += r ** -s;
  if (n === exact) return sum;
  const [from, to] = [exact + 0.5, n + 0.5];
  return sum + (s === 1 ? Math.log(to / from) : (to ** (1 - s) - from ** (1 - s)) / (1 - s));
}

const descending = (counts: readonly number[]) =>
  counts.filter((count) => count > 0).toSorted((a, b) => b - a);

/** Counts by rank, both axes logarithmic: a Zipf law is a straight line, a uniform one is flat. */
export function rankFrequency({ counts, zipf, pinned = [] }: RankFrequencyData, size: Size): Chart {
  const sorted = descending(counts);
  const others = descending(pinned);
  const total = sorted.reduce((sum, count) => sum + count, 0);
  const scale = zipf && total / harmonic(zipf.ids, zipf.exponent);
  const law = (rank: number) => (zipf && scale ? scale * (rank + 1) ** -zipf.exponent : undefined);
  const first = sorted[0] ?? 1;
  const last = sorted.at(-1) ?? 1;
  const ids = Math.max(2, sorted.length, others.length);
  const seen = [first, last, others[0] ?? first, others.at(-1) ?? last, law(0) ?? first];
  const y = logAxis(Math.min(...seen), Math.max(...seen), [size.height - bottom, top]);
  const margins = { top, right, bottom, left: leftMargin(y.ticks) };
  const x = logAxis(1, ids, [margins.left, size.width - right], true);

  const pathOf = (list: readonly number[]) =>
    linePath(sparseRanks(list.length).map((rank) => [x.place(rank + 1), y.place(list[rank] ?? 1)]));
  const ranks = sparseRanks(sorted.length);
  const zipfPath = (): SvgNode[] => {
    if (!zipf || !scale) return [];
    const floor = Math.min(...seen);
    const lastRank =
      zipf.exponent > 0 ? Math.min(ids, (scale / floor) ** (1 / zipf.exponent)) : ids;
    const ends = [1, Math.max(1, lastRank)].map((rank): [number, number] => [
      x.place(rank),
      y.place(law(rank - 1) ?? 1),
    ]);
    return [expectedPath(size, margins, linePath(ends), zipf.name)];
  };
  const label =
    `Token counts by rank: ${formatCount(sorted.length)} ids occur, the most common ${formatCount(first)} times, the rarest ${formatCount(last)} times` +
    (zipf ? `; ${zipf.name}, exponent ${formatMeasure(zipf.exponent)}` : '');
  const table = {
    columns: ['rank', 'occurrences', ...(zipf ? ['expected'] : [])],
    rows: ranks.map((rank) => [rank + 1, sorted[rank] ?? 0, ...(zipf ? [law(rank) ?? 0] : [])]),
  };
  const points = ranks.map((rank) => x.place(rank + 1));
  return {
    label,
    table,
    marks: { along: 'x', at: points.map((at) => [at, at]), table },
    drawing: drawing(
      size,
      label,
      leftAxis(size, margins, y.ticks, 'occurrences (log)'),
      ...(others.length > 0 ? [svg('path', { class: 'pinned', d: pathOf(others) })] : []),
      svg('path', { class: 'line', d: pathOf(sorted) }),
      ...zipfPath(),
      bottomAxis(size, margins, x.ticks, 'rank of the id (log)'),
    ),
  };
}
