import { element, fill, uniqueId } from '../../dom/element';
import { formatCount } from '../../model/format';
import type { Cell } from './geometry';

/** How many rows and columns around the current cell are in the document. */
const reach = { rows: 2, columns: 6 };

/** Of what the grid consists. */
export interface GridSource {
  /** Index of the first row's sequence. */
  from: number;
  rows: number;
  /** Cells in a row. */
  lengthOf: (row: number) => number;
  /** What a cell says. */
  wordsOf: (cell: Cell) => string;
}

/**
 * The part of the grid around the current cell as rows and cells of the document, unseen: a screen
 * reader walks it with its own commands, and moves on with the arrow keys.
 */
export class Twin {
  readonly #grid: HTMLElement;
  readonly #body = element('div', { role: 'rowgroup', class: 'visually-hidden' });
  readonly #prefix = uniqueId('cell');

  constructor(grid: HTMLElement) {
    this.#grid = grid;
    // First, since behind the cells it would be something to scroll to.
    grid.prepend(this.#body);
  }

  /** Makes the cell and its neighbours the grid's content, and the cell its active one. */
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
