import { ticks } from '../../charts/axes';
import { svg, toElement } from '../../charts/frame';
import { formatCount } from '../../model/format';

/** Least distance between two numbers along the top and along the left side, in CSS pixels. */
const spacing = { top: 56, left: 22 };

/** A side of the raster: cells before it that are out of sight, and the size of one in CSS pixels. */
export interface Side {
  /** Number of the first cell of all. */
  from: number;
  cells: number;
  /** Size of a cell, how far the cells are scrolled, and how much of them is in view. */
  cell: number;
  scrolled: number;
  view: number;
}

/** The first and the last cell that is in view, at least partly, counted from 0. */
export function rangeInView({ cells, cell, scrolled, view }: Side): [number, number] {
  // Half a pixel of a cell is no cell in view.
  const first = Math.floor((scrolled + 0.5) / cell);
  const last = Math.ceil((scrolled + view - 0.5) / cell) - 1;
  const most = Math.max(0, cells - 1);
  return [Math.min(most, Math.max(0, first)), Math.min(most, Math.max(0, last))];
}

/** Whether some cells are out of sight. */
export function isCropped({ cells, cell, view }: Side): boolean {
  return cells * cell > view + 1;
}

/** Numbers of cells in view, round ones, and where the middle of each cell is. */
export function rulerTicks(side: Side, least: number): { number: number; at: number }[] {
  const [first, last] = rangeInView(side);
  const { from, cell, scrolled, view } = side;
  const most = Math.max(1, Math.min(view, (last - first + 1) * cell) / least);
  return ticks(from + first, from + last, most)
    .filter((number) => Number.isInteger(number))
    .map((number) => ({ number, at: (number - from + 0.5) * cell - scrolled }))
    .filter(({ at }) => at >= 0 && at <= view);
}

/** Positions along the top of a raster, or sequence numbers along its left side. */
export class Ruler {
  readonly element: HTMLElement;
  readonly #side: 'top' | 'left';
  #shown = '';

  constructor(element: HTMLElement, side: 'top' | 'left') {
    this.element = element;
    this.#side = side;
  }

  /** Touches the page only if the numbers or their places differ from those shown. */
  show(side: Side, thickness: number): void {
    const isTop = this.#side === 'top';
    const list = rulerTicks(side, spacing[this.#side]);
    const key = list.map(({ number, at }) => `${number}@${Math.round(at)}`).join() + thickness;
    if (key === this.#shown) return;
    this.#shown = key;
    const size = isTop
      ? { width: side.view, height: thickness }
      : { width: thickness, height: side.view };
    const marks = list.map(({ number, at }) => {
      const text = formatCount(number);
      // The first and the last number stay inside.
      const half = text.length * 3.2;
      const middle = Math.min(Math.max(at, half), side.view - half);
      const end = thickness - 3;
      return svg(
        'g',
        {},
        svg(
          'line',
          isTop
            ? { x1: at, x2: at, y1: end, y2: end + 3 }
            : { y1: at, y2: at, x1: end, x2: end + 3 },
        ),
        svg(
          'text',
          isTop
            ? { x: middle, y: end - 3, 'text-anchor': 'middle' }
            : { x: end - 3, y: Math.min(Math.max(at + 4, 9), side.view), 'text-anchor': 'end' },
          text,
        ),
      );
    });
    this.element.replaceChildren(toElement(svg('svg', size, ...marks)));
  }
}
