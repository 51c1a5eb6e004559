import { formatCount, formatMeasure } from '../model/format';
import { scaleLinear, linearAxis, ticksOf } from './axes';
import { binned, type Sample } from './bins';
import {
  bottomAxis,
  drawing,
  expectedLine,
  leftAxis,
  leftMargin,
  linePath,
  round,
  type Chart,
  type Size,
  svg,
} from './frame';

export interface HistogramData {
  /** What is counted over sequences, e.g. "local coherence". */
  title: string;
  /** The x axis's title with its unit. */
  axis: string;
  sample: Sample;
  expected?: number | undefined;
  /** Standard error of the expected value, where that is an estimate. */
  error?: number | undefined;
  /** Another sample to compare with, drawn as an outline. */
  pinned?: Sample | undefined;
}

const top = 34;
const right = 12;
const bottom = 38;

/** The upper edge of a histogram as one path over the places of its edges. */
function outline(
  counts: readonly number[],
  x: readonly number[],
  y: (n: number) => number,
): string {
  const points: [number, number][] = [];
  counts.forEach((count, i) => {
    points.push([x[i] ?? 0, y(count)], [x[i + 1] ?? 0, y(count)]);
  });
  const [first, last] = [x[0] ?? 0, x.at(-1) ?? 0];
  return linePath([[first, y(0)], ...points, [last, y(0)]]);
}

/** Where the x axis begins and ends: with the bars, or on both sides of one value. */
function domainOf(edges: readonly number[], expected: number | undefined): [number, number] {
  const [first = 0, last = 1] = [edges[0], edges.at(-1)];
  if (first < last) return [first, last];
  const [low, high] = [Math.min(first, expected ?? first), Math.max(first, expected ?? first)];
  const margin = (high - low) / 4 || Math.abs(first) / 4 || 1;
  // Counts and shares do not go below 0.
  return [low >= 0 ? Math.max(0, low - margin) : low - margin, high + margin];
}

/** How many sequences have which value; the expected value as a dashed line. */
export function histogram(data: HistogramData, size: Size): Chart {
  const { title, axis, sample, expected, error, pinned } = data;
  const { edges, counts, pinnedCounts } = binned(sample, pinned, expected);
  const [from, to] = domainOf(edges, expected);
  const tallest = Math.max(1, ...counts, ...pinnedCounts);
  const y = linearAxis(0, tallest, [size.height - bottom, top], 3);
  const yTicks = y.ticks.filter(({ text }) => !text.includes('.'));
  const margins = { top, right, bottom, left: leftMargin(yTicks) };
  const x = scaleLinear([from, to], [margins.left, size.width - right]);
  const places = edges.map(x);
  // All of one value: a bar of its own at that value.
  if (edges[0] === edges.at(-1)) places.splice(0, 2, x(edges[0] ?? 0) - 4, x(edges[0] ?? 0) + 4);

  const within = error ? ` ±${error.toPrecision(1)}` : '';
  const told = expected === undefined ? '' : `expected ${formatMeasure(expected)}${within}`;
  const against = told && `, ${told}`;
  const label = `Histogram of ${title} over ${formatCount(sample.count)} sequences: mean ${formatMeasure(sample.mean)}${against}`;
  const bars = counts.flatMap((count, i) => {
    if (count === 0) return [];
    const left = round((places[i] ?? 0) + 0.5);
    const width = Math.max(1, round((places[i + 1] ?? 0) - 0.5) - left);
    const upper = round(y.place(count));
    const height = Math.max(1, round(y.place(0) - upper));
    return [svg('rect', { class: 'bar', x: left, y: upper, width, height })];
  });
  const pinnedPath =
    pinned && svg('path', { class: 'pinned', d: outline(pinnedCounts, places, y.place) });
  const table = {
    columns: [`${title}, from`, 'to', 'sequences', ...(pinned ? ['pinned'] : [])],
    rows: counts.map((count, i) => [
      edges[i] ?? 0,
      edges[i + 1] ?? 0,
      count,
      ...(pinned ? [pinnedCounts[i] ?? 0] : []),
    ]),
  };
  return {
    label,
    table,
    marks: { along: 'x', at: counts.map((_, i) => [places[i] ?? 0, places[i + 1] ?? 0]), table },
    drawing: drawing(
      size,
      label,
      leftAxis(size, margins, yTicks, 'sequences'),
      ...bars,
      ...(pinnedPath ? [pinnedPath] : []),
      bottomAxis(size, margins, ticksOf(x, Math.max(2, Math.floor(size.width / 70))), axis),
      ...(expected === undefined ? [] : [expectedLine(size, margins, x(expected), told)]),
    ),
  };
}
