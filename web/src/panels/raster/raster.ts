import { element } from '../../dom';
import type { Inspection } from '../../preview/inspection';
import type { Coloring } from '../../state/state';
import { cellAt, cellBox, type Cell } from './geometry';
import { Inspector } from './inspector';
import { Viewport } from './viewport';

/** How far a point or size lies outside of 0 … `view`, with its sign. */
function outside(from: number, size: number, view: number): number {
  return Math.min(0, from) + Math.max(0, from + size - view);
}

/**
 * A row a sequence, a cell a token. The scrolling area is a grid of which only the current cell is
 * in the document: a screen reader walks it with the arrow keys, the canvas shows all of it.
 */
export class Raster {
  readonly element: HTMLElement;
  readonly zoomControls: HTMLElement;
  readonly #grid: HTMLElement;
  readonly #viewport: Viewport;
  readonly #inspector: Inspector;
  readonly #zoomOut = this.#zoomButton('Zoom out', '−', -1);
  readonly #zoomIn = this.#zoomButton('Zoom in', '+', 1);
  #inspection: Inspection | undefined;
  #cursor: Cell = { row: 0, column: 0 };

  constructor() {
    this.#grid = element('div', {
      class: 'raster-grid',
      role: 'grid',
      tabindex: 0,
      'aria-label': 'Sequences, a row each; arrow keys move from token to token',
      on: {
        pointermove: (event) => this.#point(event),
        pointerdown: (event) => this.#point(event),
        pointerleave: () => this.#inspector.hide(),
        keydown: (event) => this.#key(event),
        focus: () => this.#goTo(this.#cursor),
        blur: () => this.#inspector.hide(),
      },
    });
    this.#viewport = new Viewport(this.#grid);
    this.#inspector = new Inspector(this.#grid);
    this.#grid.append(this.#inspector.row);
    const zoom = { class: 'zoom', role: 'group', 'aria-label': 'Zoom' };
    this.zoomControls = element('div', zoom, this.#zoomOut, this.#zoomIn);
    this.#zoomOut.disabled = true;
    this.element = element(
      'div',
      { class: 'raster' },
      this.#viewport.canvas,
      this.#grid,
      ...this.#inspector.overlays,
    );
  }

  show(inspection: Inspection, coloring: Coloring): void {
    if (inspection !== this.#inspection) this.#inspector.hide();
    this.#inspection = inspection;
    const { offsets } = inspection.preview;
    const rows = offsets.length - 1;
    const columns = Math.max(1, ...Array.from({ length: rows }, (_, row) => this.#lengthOf(row)));
    this.#grid.setAttribute('aria-rowcount', String(rows));
    this.#grid.setAttribute('aria-colcount', String(columns));
    this.#viewport.show(inspection, columns, coloring);
  }

  /** Takes the colours from the theme anew. */
  recolor(): void {
    this.#viewport.recolor();
  }

  #zoomButton(label: string, text: string, steps: number): HTMLButtonElement {
    return element(
      'button',
      {
        type: 'button',
        class: 'icon-button',
        'aria-label': label,
        title: label,
        on: { click: () => this.#zoomBy(steps) },
      },
      text,
    );
  }

  #zoomBy(steps: number): void {
    const { canZoomOut, canZoomIn } = this.#viewport.zoomBy(steps);
    this.#zoomOut.disabled = !canZoomOut;
    this.#zoomIn.disabled = !canZoomIn;
    this.#inspector.hide();
  }

  #lengthOf(row: number): number {
    const offsets = this.#inspection?.preview.offsets;
    return offsets ? (offsets[row + 1] ?? 0) - (offsets[row] ?? 0) : 0;
  }

  #point(event: PointerEvent): void {
    const { left, top } = this.#grid.getBoundingClientRect();
    const { ratio } = this.#viewport;
    const x = (event.clientX - left) * ratio;
    const y = (event.clientY - top) * ratio;
    const cell = cellAt(this.#viewport.geometry(), x, y);
    if (cell.column >= this.#lengthOf(cell.row)) this.#inspector.hide();
    else this.#tellAbout(cell);
  }

  #key(event: KeyboardEvent): void {
    const { row, column } = this.#cursor;
    const targets: Record<string, Cell> = {
      ArrowUp: { row: row - 1, column },
      ArrowDown: { row: row + 1, column },
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      PageUp: { row: row - 10, column },
      PageDown: { row: row + 10, column },
      Home: { row: event.ctrlKey ? 0 : row, column: 0 },
      End: { row: event.ctrlKey ? Infinity : row, column: Infinity },
    };
    const target = targets[event.key];
    if (target) this.#goTo(target);
    else if (event.key === '+' || event.key === '-') this.#zoomBy(event.key === '+' ? 1 : -1);
    else if (event.key === 'Escape') this.#inspector.hide();
    else return;
    event.preventDefault();
  }

  /** Moves to the nearest cell that exists, brings it into view and tells about it. */
  #goTo({ row, column }: Cell): void {
    if (!this.#inspection) return;
    const nearestRow = Math.max(0, Math.min(row, this.#inspection.preview.offsets.length - 2));
    const length = this.#lengthOf(nearestRow);
    if (length === 0) return;
    const cell = { row: nearestRow, column: Math.max(0, Math.min(column, length - 1)) };
    const { ratio } = this.#viewport;
    const box = cellBox({ ...this.#viewport.geometry(), ratio }, cell);
    this.#grid.scrollLeft += outside(box.left, box.width, this.#grid.clientWidth);
    this.#grid.scrollTop += outside(box.top, box.height, this.#grid.clientHeight);
    this.#tellAbout(cell);
  }

  #tellAbout(cell: Cell): void {
    if (!this.#inspection) return;
    this.#cursor = cell;
    const { ratio } = this.#viewport;
    this.#inspector.show(this.#inspection.preview, cell, this.#viewport.geometry(), ratio);
  }
}
