import { scaleLinear } from 'd3-scale';

import { bottomAxis, drawing, round, type Chart, type Size } from './frame';
import { svg } from './svg';

export interface Bar {
  name: string;
  value: number;
  /** The value in words, at the bar's end. */
  text: string;
  /** Drawn as a dashed mark across the bar. */
  expected?: number | undefined;
  expectedText?: string | undefined;
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

const charWidth = 6.7;
const top = 6;
const bottom = 36;

/** The name, shortened where it would not fit beside the bars; the table has it whole. */
function fitted(name: string, width: number): string {
  const most = Math.max(1, Math.floor(width / charWidth));
  return name.length <= most ? name : `${name.slice(0, most - 1)}…`;
}

/** Horizontal bars from zero, in the order given, each with its name and value in text. */
export function bars({ label, axis, columns, bars: list, format }: BarsData, size: Size): Chart {
  const longestName = Math.max(...list.map((bar) => bar.name.length), 1);
  const longestText = Math.max(...list.map((bar) => bar.text.length), 1);
  const left = Math.min(size.width * 0.45, longestName * charWidth + 8);
  const right = longestText * charWidth + 6;
  const margins = { top, right, bottom, left };
  const largest = Math.max(
    ...list.map((bar) => Math.max(bar.value, bar.expected ?? 0)),
    Number.MIN_VALUE,
  );
  const x = scaleLinear([0, largest], [left, size.width - right]);
  const ticks = x.ticks(Math.max(2, Math.floor((size.width - left - right) / 60)));
  const step = (size.height - top - bottom) / Math.max(list.length, 1);
  const thickness = Math.min(18, step * 0.7);
  const rows = list.map((bar, i) => {
    const middle = top + step * (i + 0.5);
    const end = x(bar.value);
    const marks = [
      svg(
        'text',
        { class: 'bar-name', x: left - 6, y: round(middle + 4), 'text-anchor': 'end' },
        fitted(bar.name, left - 6),
      ),
      svg('rect', {
        class: `bar ${bar.className ?? ''}`.trim(),
        x: left,
        y: round(middle - thickness / 2),
        width: Math.max(1, round(end - left)),
        height: round(thickness),
      }),
      svg(
        'text',
        {
          class: 'bar-value',
          x: round(Math.max(end, x(bar.expected ?? 0)) + 5),
          y: round(middle + 4),
        },
        bar.text,
      ),
    ];
    if (bar.expected !== undefined) {
      const at = round(x(bar.expected));
      marks.push(
        svg(
          'g',
          { class: 'expected' },
          svg('line', {
            x1: at,
            x2: at,
            y1: round(middle - step / 2 + 1),
            y2: round(middle + step / 2 - 1),
          }),
        ),
      );
    }
    return svg('g', {}, ...marks);
  });
  const hasExpected = list.some((bar) => bar.expected !== undefined);
  return {
    label,
    drawing: drawing(
      size,
      label,
      ...rows,
      bottomAxis(
        size,
        margins,
        ticks.map((value) => ({ at: x(value), text: format(value) })),
        axis,
      ),
    ),
    table: {
      columns: [...columns, ...(hasExpected ? ['expected'] : [])],
      rows: list.map((bar) => [
        bar.name,
        bar.text,
        ...(hasExpected ? [bar.expectedText ?? '–'] : []),
      ]),
    },
  };
}
