import { scaleLog } from 'd3-scale';

import { formatCount } from '../format';
import { bottomAxis, drawing, leftAxis, round, type Chart, type Size } from './frame';
import { svg } from './svg';

const margins = { top: 30, right: 10, bottom: 36, left: 40 };
const mostPoints = 160;

/** Indices 0 … count − 1, all near the start and ever sparser, the last included. */
export function sparseRanks(count: number): number[] {
  const ranks = new Set<number>();
  for (let i = 0; i < mostPoints; i += 1) {
    ranks.add(Math.round((count - 1) ** (i / (mostPoints - 1))) - (count > 1 ? 0 : 1));
  }
  ranks.add(0);
  return [...ranks].filter((rank) => rank >= 0 && rank < count).toSorted((a, b) => a - b);
}

/** Powers of ten within the scale, the ends besides where there are few. */
function decades(from: number, to: number): number[] {
  const ticks: number[] = [];
  for (let tick = 10 ** Math.ceil(Math.log10(from)); tick <= to; tick *= 10) ticks.push(tick);
  return ticks.length >= 2 ? ticks : [...new Set([from, ...ticks, to])].toSorted((a, b) => a - b);
}

/** Counts by rank, both axes logarithmic: a Zipf law is a straight line, a uniform one is flat. */
export function rankFrequency(counts: readonly number[], size: Size): Chart {
  const sorted = counts.filter((count) => count > 0).toSorted((a, b) => b - a);
  const top = sorted[0] ?? 1;
  const bottom = sorted.at(-1) ?? 1;
  const yDomain: [number, number] = [Math.max(0.5, bottom / 2), top * 1.5];
  const x = scaleLog([1, Math.max(2, sorted.length)], [margins.left, size.width - margins.right]);
  const y = scaleLog(yDomain, [size.height - margins.bottom, margins.top]);
  const ranks = sparseRanks(sorted.length);
  const path = ranks
    .map((rank, i) => `${i === 0 ? 'M' : 'L'}${round(x(rank + 1))},${round(y(sorted[rank] ?? 1))}`)
    .join('');
  const label = `Token counts by rank: ${formatCount(sorted.length)} ids occur, the most common ${formatCount(top)} times, the rarest ${formatCount(bottom)} times`;
  return {
    label,
    drawing: drawing(
      size,
      label,
      leftAxis(
        size,
        margins,
        decades(...yDomain).map((n) => ({ at: y(n), text: formatCount(n) })),
        'occurrences (log)',
      ),
      svg('path', { class: 'line', d: path }),
      bottomAxis(
        size,
        margins,
        decades(1, Math.max(2, sorted.length)).map((n) => ({ at: x(n), text: formatCount(n) })),
        'rank of the id (log)',
      ),
    ),
    table: {
      columns: ['rank', 'occurrences'],
      rows: ranks.map((rank) => [formatCount(rank + 1), formatCount(sorted[rank] ?? 0)]),
    },
  };
}
