/** An SVG element as plain data: charts are functions to this, tests read it without a browser. */
export interface SvgNode {
  tag: string;
  attributes: Record<string, string | number>;
  children: (SvgNode | string)[];
}

export function svg(
  tag: string,
  attributes: Record<string, string | number> = {},
  ...children: (SvgNode | string)[]
): SvgNode {
  return { tag, attributes, children };
}

/** The node as an element of the document. */
export function toElement(node: SvgNode): SVGElement {
  const made = document.createElementNS('http://www.w3.org/2000/svg', node.tag);
  for (const [name, value] of Object.entries(node.attributes))
    made.setAttribute(name, String(value));
  made.append(
    ...node.children.map((child) => (typeof child === 'string' ? child : toElement(child))),
  );
  return made;
}

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

/** A cell of a chart's table: numbers stay numbers, null is a value that is not known. */
export type Cell = string | number | null;

export interface ChartTable {
  columns: string[];
  rows: Cell[][];
}

/** Where in the drawing each row of a table is, as from and to along a side. */
export interface ChartMarks {
  along: 'x' | 'y';
  at: readonly (readonly [number, number])[];
  table: ChartTable;
}

/** A chart as its panel shows it: the drawing, one sentence on it, and the same data as a table. */
export interface Chart {
  drawing: SvgNode;
  label: string;
  table: ChartTable;
  marks: ChartMarks;
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

/** A line through points; a point that is null leaves a gap. */
export function linePath(points: readonly ([number, number] | null)[]): string {
  let isDown = false;
  return points
    .map((point) => {
      const command = isDown ? 'L' : 'M';
      isDown = point !== null;
      return point && `${command}${round(point[0])},${round(point[1])}`;
    })
    .filter(Boolean)
    .join('');
}

const digitWidth = 6.4;

/** Room left of a plot for the texts of these ticks. */
export function leftMargin(ticks: readonly Tick[]): number {
  const longest = Math.max(1, ...ticks.map((tick) => tick.text.length));
  return Math.ceil(longest * digitWidth) + 10;
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
  const fits = ({ at, text: label }: Tick) => {
    const half = (label.length * digitWidth) / 2;
    return Math.min(Math.max(at, half - 2), width - half + 2);
  };
  return svg(
    'g',
    { class: 'axis' },
    svg('line', { class: 'baseline', x1: margins.left, x2: right, y1: y, y2: y }),
    ...ticks.map((tick) =>
      svg(
        'g',
        {},
        svg('line', { class: 'tick', x1: round(tick.at), x2: round(tick.at), y1: y, y2: y + 4 }),
        text('tick-text', fits(tick), y + 16, 'middle', tick.text),
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

/** A dashed line at an expected value with its text next to the top, inside the plot. */
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

/** An expected course as a dashed path, with its text at the plot's top right; dotted without one. */
export function expectedPath(
  { width }: Size,
  margins: Margins,
  path: string,
  label: string,
): SvgNode {
  return svg(
    'g',
    { class: label ? 'expected' : 'expected dotted' },
    svg('path', { d: path }),
    label && text('expected-text', width - margins.right, 11, 'end', label),
  );
}
