import { areAligned, changedTokens } from '../../model/differences';
import { element } from '../../dom/element';
import type { Inspection } from '../../model/inspection';
import type { View } from '../../state/state';
import { columnsOf, Raster } from '../raster/raster';

type Address = Pick<View, 'zoom' | 'corner'>;

/** Zooming and scrolling are over after so long without either. */
const restMs = 250;

/** A raster under its name, which shows only if there are two. */
function side(name: string, raster: Raster): { figure: HTMLElement; caption: HTMLElement } {
  const caption = element('figcaption', { hidden: true }, name);
  return { caption, figure: element('figure', {}, caption, raster.element) };
}

/** The raster of the current settings and, next to it, that of the pinned ones; they scroll together. */
export class Rasters {
  readonly element: HTMLElement;
  readonly zoomControls: HTMLElement;
  readonly #current: Raster;
  readonly #pinned: Raster;
  readonly #captions: HTMLElement[];
  readonly #pinnedFigure: HTMLElement;

  #movedTimer: ReturnType<typeof setTimeout> | undefined;
  #address: Address | undefined;

  /** `visit` is called with each row that is pointed at, `moved` after zooming and scrolling. */
  constructor(visit: (row: number) => void, moved: (address: Address) => void) {
    this.#pinned = new Raster('Sequences of A, pinned, a row each', {
      point: (cell) => this.#current.showCell(cell),
      move: () => (this.#current.place = this.#pinned.place),
    });
    this.#current = new Raster('Sequences, a row each', {
      point: (cell) => {
        if (cell) visit(cell.row);
        if (this.#pinnedFigure.isConnected) this.#pinned.showCell(cell);
      },
      move: () => {
        if (this.#pinnedFigure.isConnected) this.#pinned.place = this.#current.place;
        clearTimeout(this.#movedTimer);
        this.#movedTimer = setTimeout(() => moved(this.#current.address), restMs);
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
    const other = pinned && areAligned(pinned.preview, current.preview) ? pinned : undefined;
    const columns = Math.max(columnsOf(current), other ? columnsOf(other) : 1);
    const look = (own: Inspection, compared: Inspection | undefined) => ({
      coloring,
      columns,
      other: compared,
      marked:
        compared && changes === 'marked'
          ? changedTokens(own.preview, compared.preview)
          : undefined,
    });
    this.element.classList.toggle('compared', pinned !== undefined);
    for (const caption of this.#captions) caption.hidden = !pinned;
    this.#current.show(current, look(current, other));
    if (this.#address) this.#current.address = this.#address;
    this.#address = undefined;
    if (!pinned) {
      this.#pinnedFigure.remove();
      return;
    }
    const isNew = !this.#pinnedFigure.isConnected;
    if (isNew) this.element.prepend(this.#pinnedFigure);
    this.#pinned.show(pinned, look(pinned, other && current));
    if (isNew) this.#pinned.place = this.#current.place;
  }

  /** Takes up what may wait until the visitor pauses. */
  rest(): void {
    this.#current.rest();
    if (this.#pinnedFigure.isConnected) this.#pinned.rest();
  }

  /** Goes to where a link or the history leads, at once or as soon as there is data. */
  set address(address: Address) {
    this.#address = address;
  }

  /** Redraws with the theme's current colours. */
  recolor(): void {
    this.#current.recolor();
    this.#pinned.recolor();
  }
}
