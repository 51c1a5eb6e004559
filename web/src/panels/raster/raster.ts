import { element } from '../../dom/element';
import type { Inspection } from '../../model/inspection';
import type { Coloring } from '../../state/state';
import { Twin } from './accessible_cells';
import { cellAt, cellBox, type Cell } from './geometry';
import { cellText, Inspector } from './inspector';
import { Viewport, type Place, type Point } from './viewport';
import { zoomByGestures, ZoomControls, zoomKeys } from './zoom';

/** Data that stays for so long gets its place in the document. */
const settledMs = 150;

/** How a raster shows its data. */
export interface RasterLook {
  coloring: Coloring;
  /** At least so many columns, so that rasters side by side have cells of one size. */
  columns: number;
  /** The dataset beside it, with which cells are compared. */
  beside?: Inspection | undefined;
  /** 1 for the tokens to show in full colour, 0 for those to step back; all in full without it. */
  marked?: Uint8Array | undefined;
}

interface Listeners {
  /** Hears of every cell that is told about, and of none any more. */
  tell: (cell: Cell | undefined) => void;
  /** Hears that the raster was scrolled or zoomed. */
  move: () => void;
}

/** How far a point or size lies outside of 0 … `view`, with its sign. */
function outside(from: number, size: number, view: number): number {
  return Math.min(0, from) + Math.max(0, from + size - view);
}

/** Tokens in the longest sequence; 1 where all are empty. */
export function columnsOf({ preview: { offsets } }: Inspection): number {
  let longest = 1;
  for (let row = 0; row + 1 < offsets.length; row += 1)
    longest = Math.max(longest, (offsets[row + 1] ?? 0) - (offsets[row] ?? 0));
  return longest;
}

/**
 * A row a sequence, a cell a token. The scrolling area is a grid of which only the current cell's
 * neighbourhood is in the document: a screen reader walks it, the canvas shows all of it.
 */
export class Raster {
  readonly element: HTMLElement;
  readonly zoomControls = new ZoomControls((factor) => this.#zoomBy(factor));
  readonly #grid: HTMLElement;
  readonly #viewport: Viewport;
  readonly #inspector: Inspector;
  readonly #twin: Twin;
  readonly #listeners: Listeners;
  #inspection: Inspection | undefined;
  #beside: Inspection | undefined;
  #cursor: Cell = { row: 0, column: 0 };
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(label: string, listeners: Listeners) {
    this.#listeners = listeners;
    this.#grid = element('div', {
      class: 'raster-grid',
      role: 'grid',
      tabindex: 0,
      'aria-label': `${label}; arrow keys move from token to token`,
      on: {
        pointermove: (event) => this.#point(event),
        pointerdown: (event) => this.#point(event),
        // A finger that is lifted leaves what it tapped at told; tapping elsewhere ends it.
        pointerleave: ({ pointerType }) => {
          if (pointerType !== 'touch') this.#tellAbout(undefined);
        },
        keydown: (event) => this.#key(event),
        focus: () => this.#goTo(this.#cursor),
        blur: () => this.#tellAbout(undefined),
        scroll: () => listeners.move(),
      },
    });
    this.#viewport = new Viewport(this.#grid);
    this.#inspector = new Inspector(this.#grid);
    this.#twin = new Twin(this.#grid);
    zoomByGestures(this.#grid, (factor, point) => this.#zoomBy(factor, point));
    this.element = element(
      'div',
      { class: 'raster' },
      this.#viewport.canvas,
      this.#grid,
      ...this.#inspector.overlays,
    );
  }

  show(inspection: Inspection, look: RasterLook): void {
    if (inspection !== this.#inspection) this.#inspector.hide();
    this.#inspection = inspection;
    this.#beside = look.beside;
    this.#grid.setAttribute('aria-rowcount', String(inspection.preview.offsets.length - 1));
    this.#grid.setAttribute('aria-colcount', String(columnsOf(inspection)));
    this.#viewport.show(inspection, look);
    this.zoomControls.show(this.#viewport);
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#showTwin(), settledMs);
  }

  /** Takes the colours from the theme anew. */
  recolor(): void {
    this.#viewport.recolor();
  }

  /** Where it is scrolled and zoomed to. */
  get place(): Place {
    return this.#viewport.place;
  }

  set place(place: Place) {
    this.#viewport.place = place;
    this.zoomControls.show(this.#viewport);
  }

  /** Points out a cell that another raster tells about; none without one. */
  pointOut(cell: Cell | undefined): void {
    if (cell && this.#inspection && cell.column < this.#lengthOf(cell.row)) {
      const { ratio } = this.#viewport;
      const { preview } = this.#inspection;
      this.#inspector.show(preview, cell, this.#viewport.geometry(), ratio, this.#beside?.preview);
    } else this.#inspector.hide();
  }

  /** Zooms around the point, or around the middle; 0 shows everything. */
  #zoomBy(factor: number, point?: Point): void {
    const { clientWidth, clientHeight } = this.#grid;
    this.#viewport.zoomBy(factor, point ?? { x: clientWidth / 2, y: clientHeight / 2 });
    this.zoomControls.show(this.#viewport);
    this.#tellAbout(undefined);
    this.#listeners.move();
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
    this.#tellAbout(cell.column < this.#lengthOf(cell.row) ? cell : undefined);
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
    // With Ctrl these keys zoom the whole page.
    const zoom = event.ctrlKey || event.metaKey ? undefined : zoomKeys.get(event.key);
    if (target) this.#goTo(target);
    else if (zoom !== undefined) this.#zoomBy(zoom);
    else if (event.key === 'Escape') this.#tellAbout(undefined);
    else return;
    event.preventDefault();
  }

  /** Moves to the nearest cell that exists, brings it into view and tells about it. */
  #goTo(wanted: Cell): void {
    const cell = this.#nearest(wanted);
    if (!cell) return;
    const { ratio } = this.#viewport;
    const box = cellBox({ ...this.#viewport.geometry(), ratio }, cell);
    this.#grid.scrollLeft += outside(box.left, box.width, this.#grid.clientWidth);
    this.#grid.scrollTop += outside(box.top, box.height, this.#grid.clientHeight);
    this.#tellAbout(cell);
    this.#showTwin();
  }

  /** The nearest cell that exists, if the nearest row has any. */
  #nearest({ row, column }: Cell): Cell | undefined {
    const rows = (this.#inspection?.preview.offsets.length ?? 1) - 1;
    const nearestRow = Math.max(0, Math.min(row, rows - 1));
    const length = this.#lengthOf(nearestRow);
    if (length === 0) return undefined;
    return { row: nearestRow, column: Math.max(0, Math.min(column, length - 1)) };
  }

  #showTwin(): void {
    const preview = this.#inspection?.preview;
    const cell = this.#nearest(this.#cursor);
    if (!preview || !cell) return;
    const source = {
      from: preview.from,
      rows: preview.offsets.length - 1,
      lengthOf: (row: number) => this.#lengthOf(row),
      wordsOf: (shown: Cell) => cellText(preview, shown, this.#beside?.preview),
    };
    this.#twin.show(source, cell);
  }

  #tellAbout(cell: Cell | undefined): void {
    if (cell) this.#cursor = cell;
    this.pointOut(cell);
    this.#listeners.tell(cell);
  }
}
