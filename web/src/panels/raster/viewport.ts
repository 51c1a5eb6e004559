import { element } from '../../dom/element';
import type { Inspection } from '../../model/inspection';
import { earlierDistances } from '../../model/repeats';
import type { Coloring } from '../../state/state';
import { cellSize, largestCell, largestZoom, type Geometry } from './geometry';
import { drawLabels, paint, repetitionColors, fade, structureColors, tokenColors } from './paint';
import { Palette, tokenScale } from './palette';
import type { RasterLook } from './raster';

/** A point of the visible area, in CSS pixels. */
export interface Point {
  x: number;
  y: number;
}

/** The zoom, and the scroll position in CSS pixels. */
export interface Place {
  zoom: number;
  left: number;
  top: number;
}

/**
 * The visible part of the raster: a canvas of the visible size under a scrolling element of the
 * size of all cells, so that any number of cells costs one screen of pixels.
 */
export class Viewport {
  readonly canvas = element('canvas', { 'aria-hidden': 'true' });
  /** As large as all cells, so that the scrolling element scrolls. */
  readonly sizer = element('div');
  readonly #probe = element('i', { class: 'kind-probe' });
  readonly #scroller: HTMLElement;
  #inspection: Inspection | undefined;
  #coloring: Coloring = 'structure';
  #marked: Uint8Array | undefined;
  #colors: Uint32Array = new Uint32Array();
  #columns = 1;
  #zoom = 1;
  #pixels: ImageData | undefined;
  #frame = 0;

  constructor(scroller: HTMLElement) {
    this.#scroller = scroller;
    scroller.append(this.sizer, this.#probe);
    scroller.addEventListener('scroll', () => this.#redraw());
    new ResizeObserver(() => this.#layOut()).observe(scroller);
  }

  show(inspection: Inspection, { columns, coloring, marked }: RasterLook): void {
    this.#inspection = inspection;
    this.#columns = columns;
    this.#coloring = coloring;
    this.#marked = marked;
    this.recolor();
    this.#layOut();
  }

  /** Redraws with the theme's current colours. */
  recolor(): void {
    if (!this.#inspection) return;
    const palette = new Palette(this.#probe);
    const colors = this.#colorsOf(this.#inspection, palette);
    if (this.#marked) fade(colors, this.#marked, palette.surface);
    this.#colors = colors;
    this.#redraw();
  }

  /** Device pixels in a CSS pixel. */
  get ratio(): number {
    return window.devicePixelRatio || 1;
  }

  geometry(): Geometry {
    const { ratio } = this;
    const { scrollLeft, scrollTop } = this.#scroller;
    return {
      ...cellSize(this.#view, this.#rows, this.#columns, this.#zoom, largestCell * ratio),
      scrollX: scrollLeft * ratio,
      scrollY: scrollTop * ratio,
    };
  }

  get place(): Place {
    return { zoom: this.#zoom, left: this.#scroller.scrollLeft, top: this.#scroller.scrollTop };
  }

  set place({ zoom, left, top }: Place) {
    if (zoom !== this.#zoom) {
      this.#zoom = zoom;
      this.#layOut();
    }
    this.#scroller.scrollTo({ left, top, behavior: 'instant' });
  }

  /** The row and column at the top left corner, with the part of them that is out of sight. */
  get corner(): { row: number; column: number } {
    const { scrollX, scrollY, cellWidth, cellHeight } = this.geometry();
    return { row: scrollY / cellHeight, column: scrollX / cellWidth };
  }

  /** Zooms so that this row and column are at the top left corner. */
  goTo(zoom: number, { row, column }: { row: number; column: number }): void {
    this.#zoom = Math.min(zoom, this.#largestZoom);
    this.#layOut();
    const { cellWidth, cellHeight } = this.geometry();
    const [left, top] = [(column * cellWidth) / this.ratio, (row * cellHeight) / this.ratio];
    this.#scroller.scrollTo({ left, top, behavior: 'instant' });
  }

  get canZoomOut(): boolean {
    return this.#zoom > 1;
  }

  get canZoomIn(): boolean {
    return this.#zoom < this.#largestZoom;
  }

  /** Zooms in by a factor, out if it is below 1, and keeps what is under the point in place. */
  zoomBy(factor: number, { x, y }: Point): void {
    const before = this.geometry();
    // Steps in and out end where they began in spite of rounding.
    const zoom = this.#zoom * factor;
    this.#zoom = zoom < 1.001 ? 1 : Math.min(this.#largestZoom, zoom);
    this.#layOut();
    const after = this.geometry();
    const { ratio } = this;
    const keep = (scroll: number, point: number, growth: number) =>
      ((scroll + point * ratio) * growth) / ratio - point;
    this.#scroller.scrollTo({
      left: keep(before.scrollX, x, after.cellWidth / before.cellWidth),
      top: keep(before.scrollY, y, after.cellHeight / before.cellHeight),
      behavior: 'instant',
    });
  }

  get #rows(): number {
    return (this.#inspection?.preview.offsets.length ?? 2) - 1;
  }

  /** The visible area, in device pixels. */
  get #view(): { width: number; height: number } {
    const { clientWidth, clientHeight } = this.#scroller;
    return { width: clientWidth * this.ratio, height: clientHeight * this.ratio };
  }

  get #largestZoom(): number {
    return largestZoom(this.#view, this.#rows, this.#columns, largestCell * this.ratio);
  }

  #colorsOf({ preview }: Inspection, palette: Palette): Uint32Array {
    const { tokens, offsets, config } = preview;
    switch (this.#coloring) {
      case 'structure':
        return structureColors(preview, palette);
      case 'token':
        return tokenColors(tokens, Number(config['vocab_size']), tokenScale);
      case 'repetition': {
        const distances = earlierDistances(tokens, offsets);
        return repetitionColors(distances, palette.repetitionScale, palette.plain);
      }
    }
  }

  #layOut(): void {
    if (!this.#inspection) return;
    const { cellWidth, cellHeight } = this.geometry();
    // Rounded up, the sizer would make scroll bars that scroll nothing.
    this.sizer.style.width = `${Math.floor((cellWidth * this.#columns) / this.ratio)}px`;
    this.sizer.style.height = `${Math.floor((cellHeight * this.#rows) / this.ratio)}px`;
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

  /** The canvas's pixels; allocated again only when its size changes. */
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
