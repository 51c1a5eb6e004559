import { element } from '../../dom';
import type { Inspection } from '../../preview/inspection';
import type { Coloring } from '../../state/state';
import { cellSize, type Geometry } from './geometry';
import { drawLabels } from './labels';
import { paint, structureColors, tokenColors } from './paint';
import { Palette, tokenScale } from './palette';

const zooms = [1, 2, 4, 8, 16, 32];

/**
 * The visible part of the raster: a canvas of the area's size behind a scrolling element of the
 * cells' size, so that any number of cells costs one screenful of pixels.
 */
export class Viewport {
  readonly canvas = element('canvas', { 'aria-hidden': 'true' });
  /** Gives the scrolling element something to scroll. */
  readonly sizer = element('div');
  readonly #probe = element('i', { class: 'kind-probe' });
  readonly #scroller: HTMLElement;
  #inspection: Inspection | undefined;
  #coloring: Coloring = 'structure';
  #colors: Uint32Array = new Uint32Array();
  #columns = 1;
  #zoom = 0;
  #pixels: ImageData | undefined;
  #frame = 0;

  constructor(scroller: HTMLElement) {
    this.#scroller = scroller;
    scroller.append(this.sizer, this.#probe);
    scroller.addEventListener('scroll', () => this.#redraw());
    new ResizeObserver(() => this.#layOut()).observe(scroller);
  }

  show(inspection: Inspection, columns: number, coloring: Coloring): void {
    this.#inspection = inspection;
    this.#columns = columns;
    this.#coloring = coloring;
    this.recolor();
    this.#layOut();
  }

  /** Takes the colours from the theme anew. */
  recolor(): void {
    if (!this.#inspection) return;
    const { kinds, preview } = this.#inspection;
    this.#colors =
      this.#coloring === 'structure'
        ? structureColors(preview.tokens, kinds, new Palette(this.#probe))
        : tokenColors(preview.tokens, Number(preview.config['vocab_size']), tokenScale);
    this.#redraw();
  }

  /** Device pixels in a CSS pixel. */
  get ratio(): number {
    return window.devicePixelRatio || 1;
  }

  geometry(): Geometry {
    const { ratio } = this;
    const { clientWidth, clientHeight, scrollLeft, scrollTop } = this.#scroller;
    const rows = (this.#inspection?.preview.offsets.length ?? 2) - 1;
    const view = { width: clientWidth * ratio, height: clientHeight * ratio };
    return {
      ...cellSize(view, rows, this.#columns, zooms[this.#zoom] ?? 1),
      scrollX: scrollLeft * ratio,
      scrollY: scrollTop * ratio,
    };
  }

  /** Steps in or out; tells which steps are left. */
  zoomBy(steps: number): { canZoomOut: boolean; canZoomIn: boolean } {
    const last = zooms.length - 1;
    const before = this.geometry();
    this.#zoom = Math.min(last, Math.max(0, this.#zoom + steps));
    this.#layOut();
    const after = this.geometry();
    this.#scroller.scrollLeft *= after.cellWidth / before.cellWidth;
    this.#scroller.scrollTop *= after.cellHeight / before.cellHeight;
    return { canZoomOut: this.#zoom > 0, canZoomIn: this.#zoom < last };
  }

  #layOut(): void {
    if (!this.#inspection) return;
    const { cellWidth, cellHeight } = this.geometry();
    const rows = this.#inspection.preview.offsets.length - 1;
    // Rounded up, the sizer would make scroll bars that scroll nothing.
    this.sizer.style.width = `${Math.floor((cellWidth * this.#columns) / this.ratio)}px`;
    this.sizer.style.height = `${Math.floor((cellHeight * rows) / this.ratio)}px`;
    this.#redraw();
  }

  #redraw(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    const { ratio } = this;
    const width = Math.round(this.#scroller.clientWidth * ratio);
    const height = Math.round(this.#scroller.clientHeight * ratio);
    const context = this.canvas.getContext('2d');
    if (!this.#inspection || !context || width === 0 || height === 0) return;
    const { preview } = this.#inspection;
    const geometry = this.geometry();
    const image = this.#imageOf(context, width, height);
    const pixels = new Uint32Array(image.data.buffer);
    paint(pixels, { width, height }, geometry, this.#colors, preview.offsets);
    context.putImageData(image, 0, 0);
    drawLabels(context, { width, height }, geometry, ratio, preview, this.#colors);
  }

  /** The canvas's pixels, made anew only when its size changes. */
  #imageOf(context: CanvasRenderingContext2D, width: number, height: number): ImageData {
    if (this.#pixels?.width === width && this.#pixels.height === height) return this.#pixels;
    this.canvas.width = width;
    this.canvas.height = height;
    this.canvas.style.width = `${width / this.ratio}px`;
    this.canvas.style.height = `${height / this.ratio}px`;
    this.#pixels = context.createImageData(width, height);
    return this.#pixels;
  }
}
