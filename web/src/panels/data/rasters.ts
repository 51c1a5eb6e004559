import { areAligned, changedTokens } from '../../model/differences';
import { element } from '../../dom/element';
import type { Inspection } from '../../model/inspection';
import type { Coloring, View } from '../../state/state';
import type { Cell } from '../raster/geometry';
import { columnsOf, Raster } from '../raster/raster';

type Address = Pick<View, 'zoom' | 'corner'>;

/** Zooming and scrolling are over after so long without either. */
const restMs = 250;

interface Listeners {
  /** Called with each row that is pointed at, and with undefined once none is. */
  visit: (row: number | undefined) => void;
  /** Called with a cell that was clicked. */
  choose: (cell: Cell) => void;
  /** Called after zooming and scrolling. */
  moved: (address: Address) => void;
}

/** Files have no structure to colour by. */
export function coloringOf({ preview }: Inspection, coloring: Coloring): Coloring {
  return preview.file && coloring === 'structure' ? 'token' : coloring;
}

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

  constructor({ visit, choose, moved }: Listeners) {
    this.#pinned = new Raster('Sequences of A, pinned, a row each', {
      point: (cell) => this.#current.showCell(cell),
      choose: () => {},
      move: () => (this.#current.place = this.#pinned.place),
    });
    this.#current = new Raster('Sequences, a row each', {
      point: (cell) => {
        visit(cell?.row);
        if (this.#pinnedFigure.isConnected) this.#pinned.showCell(cell);
      },
      choose,
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
    chosenIn: (inspection: Inspection) => Uint8Array | undefined,
  ): void {
    const other = pinned && areAligned(pinned.preview, current.preview) ? pinned : undefined;
    const columns = Math.max(columnsOf(current), other ? columnsOf(other) : 1);
    const look = (own: Inspection, compared: Inspection | undefined) => ({
      coloring: coloringOf(own, coloring),
      columns,
      other: compared,
      marked:
        chosenIn(own) ??
        (compared && changes === 'marked'
          ? changedTokens(own.preview, compared.preview)
          : undefined),
    });
    this.element.classList.toggle('compared', pinned !== undefined);
    const [a, b] = this.#captions;
    if (a && b) {
      a.textContent = `A, ${pinned?.preview.file ?? 'pinned'}`;
      b.textContent = `B, ${current.preview.file ?? 'as in the form'}`;
      a.hidden = b.hidden = !pinned;
    }
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

  /** Brings a cell of the current data into view, and shows it. */
  goTo(cell: Cell): void {
    this.#current.goTo(cell);
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
