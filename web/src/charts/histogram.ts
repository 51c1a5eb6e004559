import { bin, extent, max } from 'd3-array';
import { scaleLinear } from 'd3-scale';

import { formatCount, formatMeasure } from '../format';
import { bottomAxis, drawing, expectedLine, leftAxis, round, type Chart, type Size } from './frame';
import { svg } from './svg';

export interface HistogramData {
  /** What is counted over sequences, e.g. "local coherence". */
  title: string;
  /** The x axis's title with its unit. */
  axis: string;
  values: number[];
  expected?: number | undefined;
}

const margins = { top: 30, right: 10, bottom: 36, left: 34 };
const barCount = 24;

/** How many sequences have which value; the expected value as a dashed line. */
export function histogram({ title, axis, values, expected }: HistogramData, size: Size): Chart {
  const seen = expected === undefined ? values : [...values, expected];
  let [low = 0, high = 1] = extent(seen);
  if (low === high) {
    const spread = Math.abs(low) / 10 || 0.01;
    low = Math.max(0, low - spread);
    high += spread;
  }
  const x = scaleLinear([low, high], [margins.left, size.width - margins.right]).nice(6);
  const [from = 0, to = 1] = x.domain();
  const bins = bin().domain([from, to]).thresholds(x.ticks(barCount))(values);
  const y = scaleLinear(
    [0, max(bins, (b) => b.length) ?? 1],
    [size.height - margins.bottom, margins.top],
  ).nice(3);
  const xTicks = x.ticks(Math.max(2, Math.floor(size.width / 70)));
  const format = x.tickFormat(xTicks.length);

  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const against = expected === undefined ? '' : `, expected ${formatMeasure(expected)}`;
  const label = `Histogram of ${title} over ${formatCount(values.length)} sequences: mean ${formatMeasure(mean)}${against}`;
  const bars = bins
    .filter((b) => b.length > 0)
    .map((b) => {
      const left = x(b.x0 ?? from);
      const right = x(b.x1 ?? to);
      const top = y(b.length);
      return svg('rect', {
        class: 'bar',
        x: round(left + 0.5),
        y: round(top),
        width: Math.max(1, round(right - left - 1)),
        height: round(y(0) - top),
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
        y
          .ticks(3)
          .filter(Number.isInteger)
          .map((n) => ({ at: y(n), text: formatCount(n) })),
        'sequences',
      ),
      ...bars,
      bottomAxis(
        size,
        margins,
        xTicks.map((value) => ({ at: x(value), text: format(value) })),
        axis,
      ),
      ...(expected === undefined
        ? []
        : [expectedLine(size, margins, x(expected), `expected ${formatMeasure(expected)}`)]),
    ),
    table: {
      columns: [`${title} from`, 'to', 'sequences'],
      rows: bins.map((b) => [
        formatMeasure(b.x0 ?? from),
        formatMeasure(b.x1 ?? to),
        formatCount(b.length),
      ]),
    },
  };
}
