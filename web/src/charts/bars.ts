import { scaleLinear, type LinearScale } from './axes';
import {
  bottomAxis,
  drawing,
  round,
  type Cell,
  type Chart,
  type Margins,
  type Size,
  type Tick,
  svg,
  type SvgNode,
} from './frame';

export interface Bar {
  name: string;
  value: number;
  /** The value in words, at the bar's end. */
  text: string;
  /** Drawn as a dashed mark across the bar. */
  expected?: number | undefined;
  /** Standard error of the expected value, where that is an estimate. */
  error?: number | undefined;
  /** The value that this one is compared with, drawn as a hollow bar. */
  pinned?: number | undefined;
  /** CSS class with the fill; the accent colour without. */
  className?: string;
}

export interface BarsData {
  label: string;
  axis: string;
  columns: [string, string];
  bars: Bar[];
  /** Text of a tick. */
  format: (value: number) => string;
}

const charWidth = 7.3;
const top = 6;
const bottom = 36;

/** The name, shortened if it would not fit next to the bars; the table has the whole name. */
function fitted(name: string, width: number): string {
  const most = Math.max(1, Math.floor(width / charWidth));
  return name.length <= most ? name : `${name.slice(0, most - 1)}…`;
}

function marginsFor(list: readonly Bar[], width: number): Margins {
  const longestName = Math.max(...list.map((bar) => bar.name.length), 1);
  const longestText = Math.max(...list.map((bar) => bar.text.length), 1);
  const left = Math.min(width * 0.45, longestName * charWidth + 8);
  return { top, right: longestText * charWidth + 6, bottom, left };
}

function rowOf(bar: Bar, left: number, middle: number, step: number, x: (v: number) => number) {
  const thickness = Math.min(18, step * 0.7);
  const end = x(bar.value);
  const furthest = Math.max(end, x(bar.expected ?? 0), x(bar.pinned ?? 0));
  const box = (className: string, value: number) =>
    svg('rect', {
      class: className,
      x: left,
      y: round(middle - thickness / 2),
      width: Math.max(1, round(x(value) - left)),
      height: round(thickness),
    });
  const label = (className: string, at: number, anchor: string, text: string) =>
    svg('text', { class: className, x: at, y: round(middle + 4), 'text-anchor': anchor }, text);
  const marks: SvgNode[] = [
    label('bar-name', left - 6, 'end', fitted(bar.name, left - 6)),
    box(`bar ${bar.className ?? ''}`.trim(), bar.value),
    label('bar-value', round(furthest + 5), 'start', bar.text),
  ];
  if (bar.pinned !== undefined) marks.push(box('pinned', bar.pinned));
  if (bar.expected !== undefined) {
    const at = round(x(bar.expected));
    const [y1, y2] = [round(middle - step / 2 + 1), round(middle + step / 2 - 1)];
    marks.push(svg('g', { class: 'expected' }, svg('line', { x1: at, x2: at, y1, y2 })));
  }
  return svg('g', {}, ...marks);
}

function ticksOf(x: LinearScale, format: BarsData['format']): Tick[] {
  const [from, to] = x.range();
  const values = x.ticks(Math.max(2, Math.floor((to - from) / 60)));
  return values.map((value) => ({ at: x(value), text: format(value) }));
}

/** Horizontal bars from zero, in the order given, each with its name and value in text. */
export function bars({ label, axis, columns, bars: list, format }: BarsData, size: Size): Chart {
  const margins = marginsFor(list, size.width);
  const values = list.flatMap((bar) => [bar.value, bar.expected ?? 0, bar.pinned ?? 0]);
  const largest = Math.max(...values, Number.MIN_VALUE);
  const x = scaleLinear([0, largest], [margins.left, size.width - margins.right]);
  const step = (size.height - top - bottom) / Math.max(list.length, 1);
  const rows = list.map((bar, i) => rowOf(bar, margins.left, top + step * (i + 0.5), step, x));
  const optional = (['expected', 'error', 'pinned'] as const).filter((name) =>
    list.some((bar) => bar[name] !== undefined),
  );
  const table = {
    columns: [...columns, ...optional],
    rows: list.map((bar): Cell[] => [
      bar.name,
      bar.value,
      ...optional.map((name) => bar[name] ?? null),
    ]),
  };
  return {
    label,
    table,
    marks: { along: 'y', at: list.map((_, i) => [top + step * i, top + step * (i + 1)]), table },
    drawing: drawing(size, label, ...rows, bottomAxis(size, margins, ticksOf(x, format), axis)),
  };
}
