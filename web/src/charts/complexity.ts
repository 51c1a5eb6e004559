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
  /** Whether the stages are being edited, which takes room for handles. */
  isEdited?: boolean;
  pinned?: ComplexityCurve | undefined;
}

const right = 12;
const bottom = 36;

/** Height of a stage's strip. */
const stripOf = (isEdited: boolean) => (isEdited ? 26 : 15);

/** Height above the plot, where the strips of so many stages are. */
const topOf = (count: number, isEdited: boolean) => 22 + stripOf(isEdited) * count;

/** Where the strip of stage i of so many begins, from the top of the drawing. */
export function stripTop(i: number, count: number, isEdited: boolean): number {
  return topOf(count, isEdited) - stripOf(isEdited) * (count - i) - 4;
}

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
function stageMarks(stage: Stage, y: number, height: number, end: number, x: Place) {
  const [from, to] = [round(x(stage.min_complexity)), round(x(stage.max_complexity))];
  const line = (at: number) => svg('line', { x1: at, x2: at, y1: y, y2: end });
  return svg(
    'g',
    { class: 'stage' },
    svg('rect', { x: from, y, width: to - from, height: height - 3, rx: 3 }),
    line(from),
    line(to),
    svg(
      'text',
      { x: (from + to) / 2, y: y + height / 2 + 2.5, 'text-anchor': 'middle' },
      stage.name,
    ),
  );
}

type Place = (rank: number) => number;

/** Sequences in the order of their complexity, and which of them each stage of a curriculum takes. */
export function complexity(data: ComplexityData, size: Size): Chart {
  const { curve, sequences, stages, isEdited = false, pinned } = data;
  const plot = { top: topOf(stages.length, isEdited), end: size.height - bottom };
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
  const marks: SvgNode[] = stages.map((stage, i) => {
    const top = stripTop(i, stages.length, isEdited);
    return stageMarks(stage, top, stripOf(isEdited), plot.end, x);
  });
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
