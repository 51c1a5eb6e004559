import { element } from '../../dom/element';
import type { Inspection } from '../../model/inspection';
import { formatCount } from '../../model/format';
import { earlierDistances } from '../../model/repeats';
import type { Preview } from '../../model/preview';
import type { Coloring } from '../../state/state';
import { cellSize, largestCell, largestZoom, type Geometry } from './geometry';
import { paint, repetitionColors, fade, structureColors, tokenColors } from './paint';
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

/** What was just drawn, where: size and scroll in CSS pixels. */
export interface Drawn {
  context: CanvasRenderingContext2D;
  preview: Preview;
  colors: Uint32Array;
  geometry: Geometry;
  columns: number;
  size: { width: number; height: number };
  scroll: { left: number; top: number };
  ratio: number;
}

/** A digit of a ruler is at most so wide, in CSS pixels. */
const digitWidth = 6.6;

/** Room for the numbers of sequences up to this one. */
export function rulerWidth(last: number): number {
  return Math.ceil(Math.max(3, formatCount(last).length) * digitWidth) + 8;
}

/**
 * The visible part of the raster: a canvas of the visible size under a scrolling element of the
 * size of all cells, so that any number of cells costs one screen of pixels.
 */
export class Viewport {
  readonly canvas = element('canvas', { 'aria-hidden': 'true' });
  /** As large as all cells, so that the scrolling element scrolls. */
  readonly sizer = element('div');
  /** Hears of each drawing, and may add to it. */
  drawn: (drawn: Drawn) => void = () => {};
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
  /** The theme's colours, read once: each reading makes the browser work out the page's styles. */
  #palette: Palette | undefined;
  /** The visible area and how far it is scrolled, in CSS pixels; asking the page forces a layout. */
  #size = { width: 0, height: 0 };
  #scroll = { left: 0, top: 0 };

  constructor(scroller: HTMLElement) {
    this.#scroller = scroller;
    scroller.append(this.sizer, this.#probe);
    scroller.addEventListener('scroll', () => {
      this.#readScroll();
      this.#redraw();
    });
    new ResizeObserver(() => {
      this.#readSize();
      this.#readScroll();
      this.#layOut();
    }).observe(scroller);
  }

  show(inspection: Inspection, { columns, coloring, marked }: RasterLook): void {
    this.#inspection = inspection;
    this.#columns = columns;
    this.#coloring = coloring;
    this.#marked = marked;
    this.#color();
    this.#layOut();
  }

  /** Redraws with the theme's current colours. */
  recolor(): void {
    this.#palette = undefined;
    this.#color();
    this.#redraw();
  }

  /** Device pixels in a CSS pixel. */
  get ratio(): number {
    return window.devicePixelRatio || 1;
  }

  /** Where its cells are now. */
  geometry(): Geometry {
    this.#readScroll(); // whoever asks may hear of a scroll before this does
    return this.#geometry();
  }

  #geometry(): Geometry {
    const { ratio } = this;
    return {
      ...cellSize(this.#view, this.#rows, this.#columns, this.#zoom, largestCell * ratio),
      scrollX: this.#scroll.left * ratio,
      scrollY: this.#scroll.top * ratio,
    };
  }

  get place(): Place {
    this.#readScroll();
    return { zoom: this.#zoom, ...this.#scroll };
  }

  set place({ zoom, left, top }: Place) {
    if (zoom !== this.#zoom) {
      this.#zoom = zoom;
      this.#layOut();
    }
    this.#scrollTo({ left, top });
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
    this.#scrollTo({ left, top });
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
    this.#scrollTo({
      left: keep(before.scrollX, x, after.cellWidth / before.cellWidth),
      top: keep(before.scrollY, y, after.cellHeight / before.cellHeight),
    });
  }

  #scrollTo(place: { left: number; top: number }): void {
    this.#scroller.scrollTo({ ...place, behavior: 'instant' });
    this.#readScroll();
  }

  #readSize(): void {
    this.#size = { width: this.#scroller.clientWidth, height: this.#scroller.clientHeight };
  }

  #readScroll(): void {
    this.#scroll = { left: this.#scroller.scrollLeft, top: this.#scroller.scrollTop };
  }

  get #rows(): number {
    return (this.#inspection?.preview.offsets.length ?? 2) - 1;
  }

  /** The visible area, in device pixels. */
  get #view(): { width: number; height: number } {
    if (this.#size.width === 0) this.#readSize(); // before the observer's first call
    const { width, height } = this.#size;
    return { width: width * this.ratio, height: height * this.ratio };
  }

  get #largestZoom(): number {
    return largestZoom(this.#view, this.#rows, this.#columns, largestCell * this.ratio);
  }

  #color(): void {
    if (!this.#inspection) return;
    this.#palette ??= new Palette(this.#probe);
    this.#colors = this.#colorsOf(this.#inspection, this.#palette);
    if (this.#marked) fade(this.#colors, this.#marked, this.#palette.surface);
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
    const { cellWidth, cellHeight } = this.#geometry();
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
    const [width, height] = [this.#view.width, this.#view.height].map(Math.round) as [
      number,
      number,
    ];
    const context = this.canvas.getContext('2d');
    if (!this.#inspection || !context || width === 0 || height === 0) return;
    const { preview } = this.#inspection;
    const geometry = this.#geometry();
    const image = this.#imageOf(context, width, height);
    const pixels = new Uint32Array(image.data.buffer);
    paint(pixels, { width, height }, geometry, this.#colors, preview.offsets);
    context.putImageData(image, 0, 0);
    this.drawn({
      context,
      preview,
      geometry,
      colors: this.#colors,
      columns: this.#columns,
      size: this.#size,
      scroll: this.#scroll,
      ratio: this.ratio,
    });
  }

  /** Draws again, as for somebody who has just begun to hear of it. */
  redraw(): void {
    this.#redraw();
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
