import { element, fill, uniqueId } from '../../dom';
import { formatCount } from '../../format';
import { explain, sequenceFacts, spanAt } from '../../preview/explain';
import { cellKinds, type CellKinds } from '../../preview/kinds';
import type { Coloring } from '../../state/state';
import type { Preview } from '../../worker/messages';
import { cellAt, cellBox, cellSize, type Cell, type Geometry } from './geometry';
import { paint, structureColors, tokenColors } from './paint';
import { Palette, tokenScale } from './palette';

const zooms = [1, 2, 4, 8, 16, 32];

function place(
  box: HTMLElement,
  ratio: number,
  { left, top, width, height }: ReturnType<typeof cellBox>,
): void {
  Object.assign(box.style, {
    left: `${left / ratio}px`,
    top: `${top / ratio}px`,
    width: `${width / ratio}px`,
    height: `${height / ratio}px`,
  });
}

/**
 * A row a sequence, a cell a token. The scrolling area is a grid of which only the current cell is
 * in the document: a screen reader walks it with the arrow keys, the canvas shows all of it.
 */
export class Raster {
  readonly element: HTMLElement;
  readonly zoomControls: HTMLElement;
  readonly #canvas = element('canvas', { 'aria-hidden': 'true' });
  readonly #sizer = element('div', { class: 'raster-sizer' });
  readonly #spanBox = element('div', { class: 'raster-span', hidden: true });
  readonly #cellBox = element('div', { class: 'raster-cell', hidden: true });
  readonly #tooltip = element('div', {
    class: 'raster-tooltip',
    'aria-hidden': 'true',
    hidden: true,
  });
  readonly #probe = element('i', { class: 'kind-probe' });
  readonly #row = element('div', { role: 'row', class: 'visually-hidden' });
  readonly #gridCells = [0, 1].map(() =>
    element('div', { role: 'gridcell', id: uniqueId('cell') }),
  );
  readonly #grid: HTMLElement;
  readonly #zoomOut: HTMLButtonElement;
  readonly #zoomIn: HTMLButtonElement;
  #preview: Preview | undefined;
  #kinds: CellKinds | undefined;
  #coloring: Coloring = 'structure';
  #colors: Uint32Array = new Uint32Array();
  #columns = 1;
  #zoom = 0;
  #cursor: Cell = { row: 0, column: 0 };
  #pixels: ImageData | undefined;
  #frame = 0;

  constructor() {
    this.#row.append(...this.#gridCells);
    this.#grid = element(
      'div',
      {
        class: 'raster-grid',
        role: 'grid',
        tabindex: 0,
        'aria-label': 'Sequences, a row each; arrow keys move from token to token',
        on: {
          scroll: () => this.#redraw(),
          pointermove: (event) => this.#point(event),
          pointerdown: (event) => this.#point(event),
          pointerleave: () => this.#leave(),
          keydown: (event) => this.#key(event),
          focus: () => this.#goTo(this.#cursor),
          blur: () => this.#leave(),
        },
      },
      this.#sizer,
      this.#row,
    );
    const zoomButton = (label: string, text: string, by: number) =>
      element(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': label,
          title: label,
          on: { click: () => this.#zoomBy(by) },
        },
        text,
      );
    this.#zoomOut = zoomButton('Zoom out', '−', -1);
    this.#zoomIn = zoomButton('Zoom in', '+', 1);
    this.zoomControls = element(
      'div',
      { class: 'zoom', role: 'group', 'aria-label': 'Zoom' },
      this.#zoomOut,
      this.#zoomIn,
    );
    this.element = element(
      'div',
      { class: 'raster' },
      this.#canvas,
      this.#grid,
      this.#spanBox,
      this.#cellBox,
      this.#tooltip,
      this.#probe,
    );
    new ResizeObserver(() => this.#layOut()).observe(this.#grid);
    this.#zoomBy(0);
  }

  show(preview: Preview, coloring: Coloring): void {
    const isOther = preview !== this.#preview;
    this.#preview = preview;
    this.#coloring = coloring;
    if (isOther) {
      const { offsets } = preview;
      this.#kinds = cellKinds(preview);
      this.#columns = offsets.reduce(
        (longest, end, i) => Math.max(longest, end - (offsets[i - 1] ?? 0)),
        1,
      );
      this.#grid.setAttribute('aria-rowcount', String(offsets.length - 1));
      this.#grid.setAttribute('aria-colcount', String(this.#columns));
      this.#leave();
    }
    this.recolor();
    this.#layOut();
  }

  /** Reads the theme anew. */
  recolor(): void {
    if (!this.#preview || !this.#kinds) return;
    const { tokens, config } = this.#preview;
    const palette = new Palette(this.#probe);
    this.#colors =
      this.#coloring === 'structure'
        ? structureColors(tokens, this.#kinds, (kind) => palette.shadesOf(kind))
        : tokenColors(tokens, Number(config['vocab_size']), tokenScale);
    this.#redraw();
  }

  get #ratio(): number {
    return window.devicePixelRatio || 1;
  }

  #geometry(): Geometry {
    const ratio = this.#ratio;
    const rows = (this.#preview?.offsets.length ?? 2) - 1;
    const view = { width: this.#grid.clientWidth * ratio, height: this.#grid.clientHeight * ratio };
    return {
      ...cellSize(view, rows, this.#columns, zooms[this.#zoom] ?? 1),
      scrollX: this.#grid.scrollLeft * ratio,
      scrollY: this.#grid.scrollTop * ratio,
    };
  }

  #layOut(): void {
    if (!this.#preview) return;
    const { cellWidth, cellHeight } = this.#geometry();
    const rows = this.#preview.offsets.length - 1;
    // A rounded-up sizer would make scroll bars that scroll nothing.
    this.#sizer.style.width = `${Math.floor((cellWidth * this.#columns) / this.#ratio)}px`;
    this.#sizer.style.height = `${Math.floor((cellHeight * rows) / this.#ratio)}px`;
    this.#redraw();
  }

  #redraw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    const width = Math.round(this.#grid.clientWidth * this.#ratio);
    const height = Math.round(this.#grid.clientHeight * this.#ratio);
    const context = this.#canvas.getContext('2d');
    if (!this.#preview || !context || width === 0 || height === 0) return;
    if (this.#pixels?.width !== width || this.#pixels.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
      Object.assign(this.#canvas.style, {
        width: `${width / this.#ratio}px`,
        height: `${height / this.#ratio}px`,
      });
      this.#pixels = context.createImageData(width, height);
    }
    const pixels = new Uint32Array(this.#pixels.data.buffer);
    paint(pixels, { width, height }, this.#geometry(), this.#colors, this.#preview.offsets);
    context.putImageData(this.#pixels, 0, 0);
  }

  #zoomBy(by: number): void {
    const before = this.#geometry();
    this.#zoom = Math.min(zooms.length - 1, Math.max(0, this.#zoom + by));
    this.#zoomOut.disabled = this.#zoom === 0;
    this.#zoomIn.disabled = this.#zoom === zooms.length - 1;
    this.#layOut();
    const after = this.#geometry();
    this.#grid.scrollLeft *= after.cellWidth / before.cellWidth;
    this.#grid.scrollTop *= after.cellHeight / before.cellHeight;
    this.#leave();
  }

  #lengthOf(row: number): number {
    const offsets = this.#preview?.offsets;
    return offsets ? (offsets[row + 1] ?? 0) - (offsets[row] ?? 0) : 0;
  }

  #point(event: PointerEvent): void {
    const bounds = this.#grid.getBoundingClientRect();
    const ratio = this.#ratio;
    const cell = cellAt(
      this.#geometry(),
      (event.clientX - bounds.left) * ratio,
      (event.clientY - bounds.top) * ratio,
    );
    if (cell.column >= this.#lengthOf(cell.row)) return this.#leave();
    this.#cursor = cell;
    this.#describe(cell);
  }

  #key(event: KeyboardEvent): void {
    const { row, column } = this.#cursor;
    const page = event.key.startsWith('Page') ? 10 : 1;
    const last = this.#lengthOf(row) - 1;
    const targets: Record<string, Cell> = {
      ArrowUp: { row: row - 1, column },
      ArrowDown: { row: row + 1, column },
      ArrowLeft: { row, column: column - 1 },
      ArrowRight: { row, column: column + 1 },
      PageUp: { row: row - page, column },
      PageDown: { row: row + page, column },
      Home: { row: event.ctrlKey ? 0 : row, column: 0 },
      End: { row: event.ctrlKey ? Infinity : row, column: last },
    };
    const target = targets[event.key];
    if (event.key === '+' || event.key === '-') this.#zoomBy(event.key === '+' ? 1 : -1);
    else if (event.key === 'Escape') this.#leave();
    else if (target) this.#goTo(target);
    else return;
    event.preventDefault();
  }

  /** Moves the cursor to the nearest cell that exists, into view, and tells about it. */
  #goTo({ row, column }: Cell): void {
    if (!this.#preview) return;
    const nearestRow = Math.max(0, Math.min(row, this.#preview.offsets.length - 2));
    const length = this.#lengthOf(nearestRow);
    if (length === 0) return;
    this.#cursor = { row: nearestRow, column: Math.max(0, Math.min(column, length - 1)) };
    const { left, top, width, height } = cellBox(this.#geometry(), this.#cursor);
    const ratio = this.#ratio;
    const outside = (from: number, size: number, view: number) =>
      Math.min(0, from) + Math.max(0, from + size - view);
    this.#grid.scrollLeft += outside(left / ratio, width / ratio, this.#grid.clientWidth);
    this.#grid.scrollTop += outside(top / ratio, height / ratio, this.#grid.clientHeight);
    this.#describe(this.#cursor);
  }

  #describe(cell: Cell): void {
    const preview = this.#preview;
    const latents = preview?.latents[cell.row];
    if (!preview || !latents) return;
    const token = preview.tokens[(preview.offsets[cell.row] ?? 0) + cell.column] ?? 0;
    const { span, why } = explain(latents, cell.column);
    const heading = `sequence ${formatCount(preview.from + cell.row)}, position ${cell.column}`;
    fill(
      this.#tooltip,
      element('p', {}, heading),
      element('p', { class: 'tooltip-token' }, `token ${token}`),
      element('p', {}, why),
      element('p', { class: 'tooltip-span' }, [span, ...sequenceFacts(latents)].join(' · ')),
    );
    this.#announce(cell, `token ${token}, ${why}; ${span}; ${heading}`);
    this.#outline(cell);
  }

  /** Two cells take turns, because a screen reader reads an active descendant when it changes. */
  #announce(cell: Cell, words: string): void {
    this.#gridCells.reverse();
    const [next, previous] = this.#gridCells;
    if (!next || !previous) return;
    next.textContent = words;
    next.setAttribute('aria-colindex', String(cell.column + 1));
    previous.textContent = '';
    previous.removeAttribute('aria-colindex');
    this.#row.setAttribute('aria-rowindex', String(cell.row + 1));
    this.#grid.setAttribute('aria-activedescendant', next.id);
  }

  #outline(cell: Cell): void {
    const geometry = this.#geometry();
    const ratio = this.#ratio;
    const latents = this.#preview?.latents[cell.row];
    const span = latents && spanAt(latents, cell.column);
    const box = cellBox(geometry, cell);
    place(this.#cellBox, ratio, box);
    this.#cellBox.hidden = false;
    this.#spanBox.hidden = span === undefined;
    if (span)
      place(
        this.#spanBox,
        ratio,
        cellBox(geometry, { row: cell.row, column: span.start }, span.length),
      );
    this.#tooltip.hidden = false;
    const { clientWidth, clientHeight } = this.#grid;
    const x = (box.left + box.width) / ratio;
    const y = (box.top + box.height) / ratio;
    const { offsetWidth, offsetHeight } = this.#tooltip;
    const left =
      x + 12 + offsetWidth <= clientWidth
        ? x + 12
        : Math.max(0, box.left / ratio - 12 - offsetWidth);
    const top =
      y + 12 + offsetHeight <= clientHeight
        ? y + 12
        : Math.max(-8, box.top / ratio - 12 - offsetHeight);
    this.#tooltip.style.translate = `${left}px ${top}px`;
  }

  #leave(): void {
    for (const shown of [this.#tooltip, this.#cellBox, this.#spanBox]) shown.hidden = true;
  }
}
