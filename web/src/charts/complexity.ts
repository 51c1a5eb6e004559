import type { ComplexityCurve, Stage } from '../model/curriculum';
import { formatCount, formatMeasure, formatPercent } from '../model/format';
import { scaleLinear, linearAxis } from './axes';
import {
  bottomAxis,
  drawing,
  leftAxis,
  leftMargin,
  linePath,
  round,
  type Chart,
  type Size,
  svg,
  type SvgNode,
} from './frame';

export interface ComplexityData {
  curve: ComplexityCurve;
  sequences: number;
  stages: readonly Stage[];
  pinned?: ComplexityCurve | undefined;
}

const right = 12;
const bottom = 36;
const strip = 15;

/** Complexity at a rank, between the curve's points. */
function valueAt(curve: ComplexityCurve, rank: number): number | null {
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
  const pathOf = (points: ComplexityCurve) =>
    linePath(points.map(([rank, value]) => [x(rank), y.place(value)]));
  const from = (stage: Stage) => valueAt(curve, stage.min_complexity);
  const to = (stage: Stage) => valueAt(curve, stage.max_complexity);
  const ranges = stages.map(
    (stage) =>
      `${stage.name} takes those from ${formatPercent(stage.min_complexity)} to ${formatPercent(stage.max_complexity)}`,
  );
  const label = `Complexity of ${formatCount(sequences)} sequences in ascending order, from ${formatMeasure(curve[0]?.[1] ?? 0)} to ${formatMeasure(curve.at(-1)?.[1] ?? 0)}; ${ranges.join(', ')}`;
  const marks: SvgNode[] = stages.map((stage, i) => stageMarks(stage, i, stages.length, plot, x));
  const rows = curve.map(([rank, value]) => [rank, value]);
  return {
    label,
    marks: {
      along: 'x',
      at: curve.map(([rank]) => [x(rank), x(rank)]),
      table: { columns: ['rank', 'complexity'], rows },
    },
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
