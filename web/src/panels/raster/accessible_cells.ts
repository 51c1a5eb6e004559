import { element, fill, uniqueId } from '../../dom/element';
import { formatCount } from '../../model/format';
import type { Cell } from './geometry';

/** How many rows and columns around the current cell are elements of the document. */
const reach = { rows: 2, columns: 6 };

/** What the grid consists of. */
export interface GridSource {
  /** Index of the first row's sequence. */
  from: number;
  rows: number;
  /** Cells in a row. */
  lengthOf: (row: number) => number;
  /** A cell in words. */
  wordsOf: (cell: Cell) => string;
}

/**
 * The cells around the current one as invisible elements of the grid: screen readers read them, and
 * the arrow keys move on.
 */
export class AccessibleCells {
  readonly #grid: HTMLElement;
  readonly #body = element('div', { role: 'rowgroup', class: 'visually-hidden' });
  readonly #prefix = uniqueId('cell');

  constructor(grid: HTMLElement) {
    this.#grid = grid;
    // Before the cells: after them it would extend the scrolling area.
    grid.prepend(this.#body);
  }

  /** Makes a cell and its neighbours the grid's content, and the cell the active one. */
  show(source: GridSource, { row, column }: Cell): void {
    const firstRow = Math.max(0, row - reach.rows);
    const rowCount = Math.min(source.rows, row + reach.rows + 1) - firstRow;
    fill(
      this.#body,
      ...Array.from({ length: rowCount }, (_, i) => this.#row(source, firstRow + i, column)),
    );
    this.#grid.setAttribute('aria-activedescendant', this.#idOf({ row, column }));
  }

  #idOf({ row, column }: Cell): string {
    return `${this.#prefix}-${row}-${column}`;
  }

  #row(source: GridSource, row: number, column: number): HTMLElement {
    const first = Math.max(0, column - reach.columns);
    const end = Math.min(source.lengthOf(row), column + reach.columns + 1);
    const cells = Array.from({ length: Math.max(0, end - first) }, (_, i) => {
      const cell = { row, column: first + i };
      return element(
        'div',
        { role: 'gridcell', id: this.#idOf(cell), 'aria-colindex': cell.column + 1 },
        source.wordsOf(cell),
      );
    });
    return element(
      'div',
      {
        role: 'row',
        'aria-rowindex': row + 1,
        'aria-label': `sequence ${formatCount(source.from + row)}`,
      },
      ...(cells.length > 0 ? cells : [element('div', { role: 'gridcell' }, 'empty')]),
    );
  }
}
