import { element } from '../../dom/element';
import { formatCount } from '../../model/format';
import type { Inspection } from '../../model/inspection';
import type { Preview } from '../../model/preview';
import type { Coloring, View } from '../../state/state';
import { AccessibleCells } from './accessible_cells';
import { cellAt, cellBox, type Cell } from './geometry';
import type { Inspector } from './inspector';
import type { Overview } from './overview';
import { rulerWidth, Viewport, type Place, type Point } from './viewport';
import { ZoomControls, zoomKeys } from './zoom';

/** How a raster shows its data. */
export interface RasterLook {
  coloring: Coloring;
  /** At least this many columns, so that rasters next to each other have cells of one size. */
  columns: number;
  /** The dataset that cells are compared with. */
  other?: Inspection | undefined;
  /** 1 for tokens in full colour, 0 for faded ones; all are in full colour without it. */
  marked?: Uint8Array | undefined;
}

interface Listeners {
  /** Called with each cell that is pointed at, and with undefined once none is. */
  point: (cell: Cell | undefined) => void;
  /** Called with a cell that was clicked, or by Enter. */
  choose: (cell: Cell) => void;
  /** Called when the raster was scrolled or zoomed. */
  move: () => void;
}

/** How far a span is outside of 0 … `view`: negative before it, positive after it. */
function outside(from: number, size: number, view: number): number {
  return Math.min(0, from) + Math.max(0, from + size - view);
}

/** A cell in words, without why its token is there. */
function briefText({ tokens, offsets, from }: Preview, { row, column }: Cell): string {
  const token = tokens[(offsets[row] ?? 0) + column];
  return `token ${token}; sequence ${formatCount(from + row)}, position ${column}`;
}

/** Tokens in the longest sequence; 1 where all are empty. */
export function columnsOf({ preview: { offsets } }: Inspection): number {
  let longest = 1;
  for (let row = 0; row + 1 < offsets.length; row += 1)
    longest = Math.max(longest, (offsets[row + 1] ?? 0) - (offsets[row] ?? 0));
  return longest;
}

/**
 * Sequences as rows of cells, one for each token. A canvas draws them; for screen readers the cells
 * around the current one are elements of a grid.
 */
export class Raster {
  readonly element: HTMLElement;
  readonly zoomControls = new ZoomControls((factor) => this.#zoomBy(factor));
  readonly #area: HTMLElement;
  readonly #grid: HTMLElement;
  readonly #viewport: Viewport;
  #inspector: Inspector | undefined;
  /** Words for cells with why their tokens are there; loaded when a cell is pointed at. */
  #explained: typeof import('./inspector') | undefined;
  #pointedAt: Cell | undefined;
  readonly #cells: AccessibleCells;
  readonly #listeners: Listeners;
  #inspection: Inspection | undefined;
  #other: Inspection | undefined;
  #cursor: Cell = { row: 0, column: 0 };
  #reserved = 0;
  #overview: Overview | undefined;

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
        // The cell that a finger tapped stays shown once it is lifted, until it taps elsewhere.
        pointerleave: ({ pointerType }) => {
          if (pointerType !== 'touch') this.#pointAt(undefined);
        },
        keydown: (event) => this.#key(event),
        focus: () => this.goTo(this.#cursor),
        blur: () => this.#pointAt(undefined),
        click: (event) => {
          // A finger's tap shows the cell.
          const { pointerType } = event as PointerEvent;
          if (pointerType !== 'touch' && this.#pointedAt) listeners.choose(this.#pointedAt);
        },
        scroll: () => listeners.move(),
      },
    });
    this.#viewport = new Viewport(this.#grid);
    this.#cells = new AccessibleCells(this.#grid);
    const { canvas } = this.#viewport;
    this.#area = element('div', { class: 'raster-area' }, canvas, this.#grid);
    this.element = element('div', { class: 'raster' }, this.#area);
  }

  show(inspection: Inspection, look: RasterLook): void {
    if (inspection !== this.#inspection) this.#inspector?.hide();
    this.#inspection = inspection;
    this.#other = look.other;
    this.#grid.setAttribute('aria-rowcount', String(inspection.preview.offsets.length - 1));
    this.#grid.setAttribute('aria-colcount', String(columnsOf(inspection)));
    const { from, offsets } = inspection.preview;
    this.#reserve(rulerWidth(from + offsets.length - 2));
    this.#viewport.show(inspection, look);
    this.zoomControls.show(this.#viewport);
  }

  /** Keeps room for the numbers of sequences. */
  #reserve(width: number): void {
    if (width === this.#reserved) return;
    this.#reserved = width;
    this.element.style.setProperty('--ruler', `${width}px`);
  }

  /** Takes up what may wait until the visitor pauses. */
  rest(): void {
    this.showCells();
    void this.#loadOverview();
  }

  /** Loads rulers and the overview of long sequences once. */
  async #loadOverview(): Promise<void> {
    if (this.#overview) return;
    const loaded = await import('./overview').catch(() => undefined);
    if (!loaded || this.#overview) return;
    this.#overview = new loaded.Overview(
      this.element,
      this.#grid,
      this.#viewport,
      (factor, point) => this.#zoomBy(factor, point),
    );
    this.#viewport.redraw();
  }

  /** Redraws with the theme's current colours. */
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

  /** Shows a cell that is pointed at, here or in the other raster; hides it without one. */
  showCell(cell: Cell | undefined): void {
    this.#pointedAt = cell;
    if (cell && !this.#inspector) void this.#explain();
    if (cell && this.#inspector && this.#inspection && cell.column < this.#lengthOf(cell.row)) {
      const { ratio } = this.#viewport;
      const { preview } = this.#inspection;
      this.#inspector.show(preview, cell, this.#viewport.geometry(), ratio, this.#other?.preview);
    } else this.#inspector?.hide();
  }

  /** Zoom and corner as a link has them. */
  get address(): Pick<View, 'zoom' | 'corner'> {
    const { row, column } = this.#viewport.corner;
    const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
    return {
      zoom: rounded(this.place.zoom, 3),
      corner: [row, column].map((value) => rounded(value, 1)).join(),
    };
  }

  set address({ zoom, corner }: Pick<View, 'zoom' | 'corner'>) {
    const [row = 0, column = 0] = corner.split(',').map(Number);
    this.#viewport.goTo(zoom, { row, column });
    this.zoomControls.show(this.#viewport);
  }

  /** Zooms around the point, or around the middle; a factor of 0 shows everything. */
  #zoomBy(factor: number, point?: Point): void {
    const { clientWidth, clientHeight } = this.#grid;
    this.#viewport.zoomBy(factor, point ?? { x: clientWidth / 2, y: clientHeight / 2 });
    this.zoomControls.show(this.#viewport);
    this.#pointAt(undefined);
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
    this.#pointAt(cell.column < this.#lengthOf(cell.row) ? cell : undefined);
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
    if (target) this.goTo(target);
    else if (zoom !== undefined) this.#zoomBy(zoom);
    else if (event.key === 'Escape' && this.#pointedAt) this.#pointAt(undefined);
    else if (event.key === 'Enter' && this.#pointedAt) this.#listeners.choose(this.#pointedAt);
    else return;
    event.preventDefault();
  }

  /** Moves the cursor to the nearest cell that exists and scrolls it into view. */
  goTo(wanted: Cell): void {
    const cell = this.#nearest(wanted);
    if (!cell) return;
    const { ratio } = this.#viewport;
    const box = cellBox({ ...this.#viewport.geometry(), ratio }, cell);
    this.#grid.scrollLeft += outside(box.left, box.width, this.#grid.clientWidth);
    this.#grid.scrollTop += outside(box.top, box.height, this.#grid.clientHeight);
    this.#pointAt(cell);
    this.showCells();
  }

  /** The nearest cell that exists, if the nearest row has any. */
  #nearest({ row, column }: Cell): Cell | undefined {
    const rows = (this.#inspection?.preview.offsets.length ?? 1) - 1;
    const nearestRow = Math.max(0, Math.min(row, rows - 1));
    const length = this.#lengthOf(nearestRow);
    if (length === 0) return undefined;
    return { row: nearestRow, column: Math.max(0, Math.min(column, length - 1)) };
  }

  /** Gives screen readers the cells around the cursor; costs too much for every step of a slider. */
  showCells(): void {
    const preview = this.#inspection?.preview;
    const cell = this.#nearest(this.#cursor);
    if (!preview || !cell) return;
    const source = {
      from: preview.from,
      rows: preview.offsets.length - 1,
      lengthOf: (row: number) => this.#lengthOf(row),
      wordsOf: (shown: Cell) =>
        (this.#explained?.cellText ?? briefText)(preview, shown, this.#other?.preview),
    };
    this.#cells.show(source, cell);
  }

  /** Loads what explains cells, then shows it of the cell that is pointed at. */
  async #explain(): Promise<void> {
    const explained = await import('./inspector').catch(() => undefined);
    if (!explained || this.#inspector) return;
    this.#explained = explained;
    this.#inspector = new explained.Inspector(this.#grid);
    this.#area.append(...this.#inspector.overlays);
    this.showCell(this.#pointedAt);
    this.showCells();
  }

  #pointAt(cell: Cell | undefined): void {
    if (cell) this.#cursor = cell;
    this.showCell(cell);
    this.#listeners.point(cell);
  }
}
