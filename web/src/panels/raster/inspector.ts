import { element, fill, uniqueId } from '../../dom';
import { formatCount } from '../../format';
import { explain, sequenceFacts, spanAt } from '../../preview/explain';
import type { Preview } from '../../worker/messages';
import { cellBox, type Box, type Cell, type Geometry } from './geometry';

/** Distance of the tooltip from its cell, in CSS pixels. */
const tooltipGap = 12;

function place(target: HTMLElement, { left, top, width, height }: Box): void {
  Object.assign(target.style, {
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    height: `${height}px`,
  });
}

/**
 * Tells about one cell: a tooltip beside it, outlines around it and its span, and for screen readers
 * the cell of the grid that stands for it.
 */
export class Inspector {
  /** What lies over the raster. */
  readonly overlays: HTMLElement[];
  /** The grid's one row. */
  readonly row: HTMLElement;
  readonly #grid: HTMLElement;
  readonly #span = element('div', { class: 'raster-span' });
  readonly #cell = element('div', { class: 'raster-cell' });
  readonly #tooltip = element('div', { class: 'raster-tooltip', 'aria-hidden': 'true' });
  readonly #gridCells = [0, 1].map(() =>
    element('div', { role: 'gridcell', id: uniqueId('cell') }),
  );

  constructor(grid: HTMLElement) {
    this.#grid = grid;
    this.row = element('div', { role: 'row', class: 'visually-hidden' }, ...this.#gridCells);
    this.overlays = [this.#span, this.#cell, this.#tooltip];
    this.hide();
  }

  hide(): void {
    for (const overlay of this.overlays) overlay.hidden = true;
  }

  show(preview: Preview, cell: Cell, geometry: Geometry, ratio: number): void {
    const latents = preview.latents[cell.row];
    if (!latents) return;
    const token = preview.tokens[(preview.offsets[cell.row] ?? 0) + cell.column] ?? 0;
    const { span, why } = explain(latents, cell.column, preview.config);
    const heading = `sequence ${formatCount(preview.from + cell.row)}, position ${cell.column}`;
    const facts = [span, ...sequenceFacts(latents)].filter(Boolean).join(' · ');
    fill(
      this.#tooltip,
      element('p', {}, heading),
      element('p', { class: 'tooltip-token' }, `token ${token}`),
      element('p', {}, why),
      element('p', { class: 'tooltip-span' }, facts),
    );
    this.#announce(cell, [`token ${token}`, why, facts, heading].filter(Boolean).join('; '));

    const toCss = { ...geometry, ratio };
    const box = cellBox(toCss, cell);
    place(this.#cell, box);
    this.#cell.hidden = false;
    const around = spanAt(latents, cell.column);
    this.#span.hidden = around === undefined;
    if (around)
      place(this.#span, cellBox(toCss, { row: cell.row, column: around.start }, around.length));
    this.#placeTooltip(box);
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
    this.row.setAttribute('aria-rowindex', String(cell.row + 1));
    this.#grid.setAttribute('aria-activedescendant', next.id);
  }

  /** Right below the cell where there is room, else on its other side. */
  #placeTooltip({ left, top, width, height }: Box): void {
    this.#tooltip.hidden = false;
    const { clientWidth, clientHeight } = this.#grid;
    const { offsetWidth, offsetHeight } = this.#tooltip;
    const beside = (from: number, size: number, own: number, view: number) => {
      const behind = from + size + tooltipGap;
      return behind + own <= view ? behind : Math.max(0, from - tooltipGap - own);
    };
    const x = beside(left, width, offsetWidth, clientWidth);
    const y = beside(top, height, offsetHeight, clientHeight);
    this.#tooltip.style.translate = `${x}px ${y}px`;
  }
}
