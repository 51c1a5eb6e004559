import { formatCount, formatMeasure, formatPercent } from '../model/format';
import {
  bottomAxis,
  drawing,
  leftAxis,
  leftMargin,
  linePath,
  round,
  type Chart,
  type Size,
} from './frame';
import { scaleLinear } from './scale';
import { linearAxis } from './axes';
import { svg, type SvgNode } from './svg';

/** A stage of a curriculum: from which rank of complexity to which, 0 … 1 each. */
export interface Stage {
  name: string;
  min_complexity: number;
  max_complexity: number;
  max_length: number;
}

export interface ComplexityData {
  /** The share of the sequences that are at most that complex, and the complexity; ascending. */
  curve: readonly (readonly [rank: number, complexity: number])[];
  sequences: number;
  stages: readonly Stage[];
  pinned?: ComplexityData['curve'] | undefined;
}

const right = 12;
const bottom = 36;
const strip = 15;
const mostPoints = 200;

/** The curve of each sequence's complexity, ranked from 0 to 1. */
export function rankedCurve(values: readonly number[]): [number, number][] {
  const sorted = values.toSorted((a, b) => a - b);
  const last = Math.max(1, sorted.length - 1);
  const step = Math.max(1, Math.floor(sorted.length / mostPoints));
  return sorted
    .map((value, i): [number, number] => [i / last, value])
    .filter((_, i) => i % step === 0 || i === sorted.length - 1);
}

/** Complexity at a rank, between the curve's points. */
function valueAt(curve: ComplexityData['curve'], rank: number): number | null {
  const i = curve.findIndex(([at]) => at >= rank);
  const [after, before] = [curve[i], curve[i - 1]];
  if (!after) return curve.at(-1)?.[1] ?? null;
  if (!before || after[0] === before[0]) return after[1];
  const share = (rank - before[0]) / (after[0] - before[0]);
  return before[1] + share * (after[1] - before[1]);
}

/** A stage's strip above the plot, and its borders through it. */
function stageMarks(
  stage: Stage,
  i: number,
  count: number,
  plot: { top: number; end: number },
  x: Place,
) {
  const [from, to] = [round(x(stage.min_complexity)), round(x(stage.max_complexity))];
  const y = plot.top - strip * (count - i) - 4;
  const line = (at: number) => svg('line', { x1: at, x2: at, y1: y, y2: plot.end });
  return svg(
    'g',
    { class: 'stage' },
    svg('rect', { x: from, y, width: to - from, height: strip - 3, rx: 3 }),
    line(from),
    line(to),
    svg('text', { x: (from + to) / 2, y: y + strip - 5, 'text-anchor': 'middle' }, stage.name),
  );
}

type Place = (rank: number) => number;

/** Sequences in the order of their complexity, and which of them each stage of a curriculum takes. */
export function complexity(data: ComplexityData, size: Size): Chart {
  const { curve, sequences, stages, pinned } = data;
  const plot = { top: 22 + strip * stages.length, end: size.height - bottom };
  const values = [...curve, ...(pinned ?? [])].map(([, value]) => value);
  const y = linearAxis(Math.min(...values, 1), Math.max(...values, 0), [plot.end, plot.top], 3);
  const margins = { top: plot.top, right, bottom, left: leftMargin(y.ticks) };
  const x = scaleLinear([0, 1], [margins.left, size.width - right]);
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].map((rank) => ({ at: x(rank), text: String(rank) }));
  const pathOf = (points: ComplexityData['curve']) =>
    linePath(points.map(([rank, value]) => [x(rank), y.place(value)]));
  const from = (stage: Stage) => valueAt(curve, stage.min_complexity);
  const to = (stage: Stage) => valueAt(curve, stage.max_complexity);
  const told = stages.map(
    (stage) =>
      `${stage.name} takes those from ${formatPercent(stage.min_complexity)} to ${formatPercent(stage.max_complexity)}`,
  );
  const label = `Complexity of ${formatCount(sequences)} sequences in ascending order, from ${formatMeasure(curve[0]?.[1] ?? 0)} to ${formatMeasure(curve.at(-1)?.[1] ?? 0)}; ${told.join(', ')}`;
  const marks: SvgNode[] = stages.map((stage, i) => stageMarks(stage, i, stages.length, plot, x));
  return {
    label,
    drawing: drawing(
      size,
      label,
      leftAxis(size, margins, y.ticks, 'complexity, 0 to 1'),
      ...marks,
      svg('path', { class: 'line', d: pathOf(curve) }),
      ...(pinned ? [svg('path', { class: 'pinned', d: pathOf(pinned) })] : []),
      bottomAxis(size, margins, ticks, 'rank among the sequences'),
    ),
    table: {
      columns: ['stage', 'rank from', 'to', 'complexity from', 'to', 'longest'],
      rows: stages.map((stage) => [
        stage.name,
        stage.min_complexity,
        stage.max_complexity,
        from(stage),
        to(stage),
        stage.max_length,
      ]),
    },
  };
}
