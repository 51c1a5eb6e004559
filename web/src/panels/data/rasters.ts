import { areAligned, changedTokens } from '../../model/differences';
import { element } from '../../dom/element';
import type { Inspection } from '../../model/inspection';
import type { View } from '../../state/state';
import { columnsOf, Raster } from '../raster/raster';

/** One raster with its name above it, where there are two. */
function side(name: string, raster: Raster): { figure: HTMLElement; caption: HTMLElement } {
  const caption = element('figcaption', { hidden: true }, name);
  return { caption, figure: element('figure', {}, caption, raster.element) };
}

/** The raster of the settings in the form, and beside it the pinned ones': they move as one. */
export class Rasters {
  readonly element: HTMLElement;
  readonly zoomControls: HTMLElement;
  readonly #current: Raster;
  readonly #pinned: Raster;
  readonly #captions: HTMLElement[];
  readonly #pinnedFigure: HTMLElement;

  /** `visit` hears of every row that is told about. */
  constructor(visit: (row: number) => void) {
    this.#pinned = new Raster('Sequences of A, pinned, a row each', {
      tell: (cell) => this.#current.pointOut(cell),
      move: () => (this.#current.place = this.#pinned.place),
    });
    this.#current = new Raster('Sequences, a row each', {
      tell: (cell) => {
        if (cell) visit(cell.row);
        if (this.#pinnedFigure.isConnected) this.#pinned.pointOut(cell);
      },
      move: () => {
        if (this.#pinnedFigure.isConnected) this.#pinned.place = this.#current.place;
      },
    });
    const a = side('A, pinned', this.#pinned);
    const b = side('B, as in the form', this.#current);
    this.#captions = [a.caption, b.caption];
    this.#pinnedFigure = a.figure;
    this.zoomControls = this.#current.zoomControls.element;
    this.element = element('div', { class: 'rasters' }, b.figure);
  }

  show(
    current: Inspection,
    pinned: Inspection | undefined,
    { coloring, changes }: Pick<View, 'coloring' | 'changes'>,
  ): void {
    const beside = pinned && areAligned(pinned.preview, current.preview) ? pinned : undefined;
    const columns = Math.max(columnsOf(current), beside ? columnsOf(beside) : 1);
    const look = (own: Inspection, other: Inspection | undefined) => ({
      coloring,
      columns,
      beside: other,
      marked: other && changes === 'marked' ? changedTokens(own.preview, other.preview) : undefined,
    });
    this.element.classList.toggle('compared', pinned !== undefined);
    for (const caption of this.#captions) caption.hidden = !pinned;
    this.#current.show(current, look(current, beside));
    if (!pinned) {
      this.#pinnedFigure.remove();
      return;
    }
    const isNew = !this.#pinnedFigure.isConnected;
    if (isNew) this.element.prepend(this.#pinnedFigure);
    this.#pinned.show(pinned, look(pinned, beside && current));
    if (isNew) this.#pinned.place = this.#current.place;
  }

  /** Takes the colours from the theme anew. */
  recolor(): void {
    this.#current.recolor();
    this.#pinned.recolor();
  }
}
