import { bin, extent, max, min, pairs, range, ticks } from 'd3-array';
import { scaleLinear } from 'd3-scale';

import { formatCount, formatMeasure } from '../format';
import { mean } from '../preview/statistics';
import { bottomAxis, drawing, expectedLine, leftAxis, round, type Chart, type Size } from './frame';
import { svg } from './svg';

export interface HistogramData {
  /** What is counted over sequences, e.g. "local coherence". */
  title: string;
  /** The x axis's title with its unit. */
  axis: string;
  values: readonly number[];
  expected?: number | undefined;
}

const margins = { top: 34, right: 12, bottom: 38, left: 34 };
const roundBars = 24;
const mostGridBars = 40;

/**
 * Where bars begin and end, ascending, around all of `seen`. Values on a coarse grid, as shares of
 * few tokens are, get a bar each around their middle; others share bars of a round width.
 */
export function barEdges(values: readonly number[], seen: readonly number[]): number[] {
  const [low = 0, high = low] = extent(seen);
  const distinct = [...new Set(values)].toSorted((a, b) => a - b);
  const first = distinct[0] ?? low;
  const step =
    min(pairs(distinct, (a, b) => b - a)) ?? ((high - low) / 4 || Math.abs(low) / 4 || 0.25);
  if ((high - low) / step <= mostGridBars) {
    const before = Math.ceil((first - low) / step - 0.5);
    const behind = Math.ceil((high - first) / step - 0.5);
    return range(-before, behind + 2).map((i) => first + (i - 0.5) * step);
  }
  const inner = ticks(low, high, roundBars);
  const width = (inner[1] ?? 1) - (inner[0] ?? 0);
  return [(inner[0] ?? low) - width, ...inner, (inner.at(-1) ?? high) + width].filter(
    (edge) => edge > low - width && edge < high + width,
  );
}

/** How many sequences have which value; the expected value as a dashed line. */
export function histogram({ title, axis, values, expected }: HistogramData, size: Size): Chart {
  const edges = barEdges(values, expected === undefined ? values : [...values, expected]);
  const from = edges[0] ?? 0;
  const to = edges.at(-1) ?? 1;
  const bins = bin().domain([from, to]).thresholds(edges.slice(1, -1))(values);
  const x = scaleLinear([from, to], [margins.left, size.width - margins.right]);
  const tallest = max(bins, (b) => b.length) ?? 1;
  const y = scaleLinear([0, tallest], [size.height - margins.bottom, margins.top]).nice(3);
  const xTicks = x.ticks(Math.max(2, Math.floor(size.width / 70)));
  const xText = x.tickFormat(xTicks.length);
  const yTicks = y.ticks(3).filter(Number.isInteger);

  const against = expected === undefined ? '' : `, expected ${formatMeasure(expected)}`;
  const label = `Histogram of ${title} over ${formatCount(values.length)} sequences: mean ${formatMeasure(mean(values) ?? 0)}${against}`;
  const bars = bins
    .filter((b) => b.length > 0)
    .map((b) => {
      const left = round(x(b.x0 ?? from) + 0.5);
      const width = Math.max(1, round(x(b.x1 ?? to) - 0.5) - left);
      return svg('rect', {
        class: 'bar',
        x: left,
        y: round(y(b.length)),
        width,
        height: round(y(0) - y(b.length)),
      });
    });
  return {
    label,
    drawing: drawing(
      size,
      label,
      leftAxis(
        size,
        margins,
        yTicks.map((n) => ({ at: y(n), text: formatCount(n) })),
        'sequences',
      ),
      ...bars,
      bottomAxis(
        size,
        margins,
        xTicks.map((value) => ({ at: x(value), text: xText(value) })),
        axis,
      ),
      ...(expected === undefined
        ? []
        : [expectedLine(size, margins, x(expected), `expected ${formatMeasure(expected)}`)]),
    ),
    table: {
      columns: [`${title}, from`, 'to', 'sequences'],
      rows: bins.map((b) => [
        formatMeasure(b.x0 ?? from),
        formatMeasure(b.x1 ?? to),
        formatCount(b.length),
      ]),
    },
  };
}
