import { scaleLog } from 'd3-scale';

import { formatCount } from '../format';
import { bottomAxis, drawing, leftAxis, round, type Chart, type Size } from './frame';
import { svg } from './svg';

const margins = { top: 30, right: 10, bottom: 36, left: 40 };
const mostPoints = 160;
const mostTicks = 5;

/** Indices 0 … count − 1, all near the start and ever sparser, the last included. */
export function sparseRanks(count: number): number[] {
  const ranks = new Set<number>();
  for (let i = 0; i < mostPoints; i += 1) {
    ranks.add(Math.round((count - 1) ** (i / (mostPoints - 1))) - (count > 1 ? 0 : 1));
  }
  ranks.add(0);
  return [...ranks].filter((rank) => rank >= 0 && rank < count).toSorted((a, b) => a - b);
}

/** 1, 2 and 5 times powers of ten from below `from` to above `to`. */
function roundSteps(from: number, to: number): number[] {
  const steps: number[] = [];
  for (let power = 10 ** Math.floor(Math.log10(from)); power <= to * 10; power *= 10) {
    steps.push(power, 2 * power, 5 * power);
  }
  const first = steps.findLastIndex((step) => step <= from);
  const last = steps.findIndex((step) => step >= to);
  return steps.slice(Math.max(0, first), last + 1);
}

/** Round steps around a range, thinned to powers of ten where there are many. */
export function logTicks(from: number, to: number): { domain: [number, number]; ticks: number[] } {
  const steps = roundSteps(from, to === from ? from * 2 : to);
  const powers = steps.filter((step) => Number.isInteger(Math.log10(step)));
  return {
    domain: [steps[0] ?? 1, steps.at(-1) ?? 10],
    ticks: steps.length > mostTicks && powers.length > 1 ? powers : steps,
  };
}

/** Counts by rank, both axes logarithmic: a Zipf law is a straight line, a uniform one is flat. */
export function rankFrequency(counts: readonly number[], size: Size): Chart {
  const sorted = counts.filter((count) => count > 0).toSorted((a, b) => b - a);
  const top = sorted[0] ?? 1;
  const bottom = sorted.at(-1) ?? 1;
  const counted = logTicks(bottom, top);
  const ranked = logTicks(1, Math.max(2, sorted.length));
  const x = scaleLog([1, Math.max(2, sorted.length)], [margins.left, size.width - margins.right]);
  const y = scaleLog(counted.domain, [size.height - margins.bottom, margins.top]);
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
        counted.ticks.map((n) => ({ at: y(n), text: formatCount(n) })),
        'occurrences (log)',
      ),
      svg('path', { class: 'line', d: path }),
      bottomAxis(
        size,
        margins,
        ranked.ticks
          .filter((n) => n <= Math.max(2, sorted.length))
          .map((n) => ({ at: x(n), text: formatCount(n) })),
        'rank of the id (log)',
      ),
    ),
    table: {
      columns: ['rank', 'occurrences'],
      rows: ranks.map((rank) => [formatCount(rank + 1), formatCount(sorted[rank] ?? 0)]),
    },
  };
}
