import { element } from '../../dom/element';
import { iconButton } from '../../dom/icon_button';

/** How much a button or a key zooms. */
const zoomStep = 1.5;

/** The factor that each key zooms by; 0 shows everything. */
export const zoomKeys = new Map([
  ['+', zoomStep],
  ['=', zoomStep],
  ['-', 1 / zoomStep],
  ['0', 0],
]);

/** Buttons that zoom out, to everything, and in. */
export class ZoomControls {
  readonly element: HTMLElement;
  readonly #out: HTMLButtonElement;
  readonly #fit: HTMLButtonElement;
  readonly #in: HTMLButtonElement;

  constructor(zoomBy: (factor: number) => void) {
    const button = (label: string, sign: string, factor: number) =>
      iconButton(label, sign, () => zoomBy(factor));
    this.#out = button('Zoom out', '−', 1 / zoomStep);
    this.#fit = button('Zoom to fit', '⤢', 0);
    this.#in = button('Zoom in', '+', zoomStep);
    const attributes = { class: 'zoom', role: 'group', 'aria-label': 'Zoom' };
    this.element = element('div', attributes, this.#out, this.#fit, this.#in);
  }

  show({ canZoomIn, canZoomOut }: { canZoomIn: boolean; canZoomOut: boolean }): void {
    this.#out.disabled = !canZoomOut;
    this.#fit.disabled = !canZoomOut;
    this.#in.disabled = !canZoomIn;
  }
}
