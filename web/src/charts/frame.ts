import { svg, type SvgNode } from './svg';

export interface Size {
  width: number;
  height: number;
}

export interface Margins {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

/** One tick: where along the axis in pixels, and its text. */
export interface Tick {
  at: number;
  text: string;
}

/** A chart as its panel shows it: the drawing, one sentence on it, and the same data as a table. */
export interface Chart {
  drawing: SvgNode;
  label: string;
  table: { columns: string[]; rows: string[][] };
}

export function drawing({ width, height }: Size, label: string, ...children: SvgNode[]): SvgNode {
  return svg(
    'svg',
    {
      role: 'img',
      'aria-label': label,
      class: 'chart',
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
    },
    ...children,
  );
}

function text(className: string, x: number, y: number, anchor: string, content: string): SvgNode {
  return svg(
    'text',
    { class: className, x: round(x), y: round(y), 'text-anchor': anchor },
    content,
  );
}

/** Half a pixel is enough, and keeps the markup short. */
export function round(pixels: number): number {
  return Math.round(pixels * 2) / 2;
}

/** Ticks below the plot and the axis's title under them. */
export function bottomAxis(
  { width, height }: Size,
  margins: Margins,
  ticks: Tick[],
  title: string,
): SvgNode {
  const y = height - margins.bottom;
  const right = width - margins.right;
  return svg(
    'g',
    { class: 'axis' },
    svg('line', { class: 'baseline', x1: margins.left, x2: right, y1: y, y2: y }),
    ...ticks.map(({ at, text: label }) =>
      svg(
        'g',
        {},
        svg('line', { class: 'tick', x1: round(at), x2: round(at), y1: y, y2: y + 4 }),
        text(
          'tick-text',
          Math.min(Math.max(at, margins.left + 4), right - 4),
          y + 16,
          'middle',
          label,
        ),
      ),
    ),
    text('axis-title', (margins.left + right) / 2, height - 4, 'middle', title),
  );
}

/** Grid lines with their values left of the plot, and the axis's title above them. */
export function leftAxis({ width }: Size, margins: Margins, ticks: Tick[], title: string): SvgNode {
  return svg(
    'g',
    { class: 'axis' },
    ...ticks.map(({ at, text: label }) =>
      svg(
        'g',
        {},
        svg('line', {
          class: 'grid',
          x1: margins.left,
          x2: width - margins.right,
          y1: round(at),
          y2: round(at),
        }),
        text('tick-text', margins.left - 6, at + 4, 'end', label),
      ),
    ),
    text('axis-title', 0, 11, 'start', title),
  );
}

/** A dashed line at an expected value with its text beside the top, kept inside the plot. */
export function expectedLine(
  { width, height }: Size,
  margins: Margins,
  x: number,
  label: string,
): SvgNode {
  const leftward = x > (margins.left + width - margins.right) / 2;
  return svg(
    'g',
    { class: 'expected' },
    svg('line', { x1: round(x), x2: round(x), y1: margins.top - 8, y2: height - margins.bottom }),
    text(
      'expected-text',
      x + (leftward ? -5 : 5),
      margins.top + 1,
      leftward ? 'end' : 'start',
      label,
    ),
  );
}
