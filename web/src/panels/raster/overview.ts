import '../../theme/overview.css';

import { element, setText, uniqueId } from '../../dom/element';
import { formatCount } from '../../model/format';
import { zoomByGestures } from './gestures';
import { drawLabels } from './labels';
import { paint } from './paint';
import { isCropped, rangeInView, Ruler, type Side } from './rulers';
import { rulerWidth, type Drawn, type Point, type Viewport } from './viewport';

/** The height of the strip in CSS pixels. */
const stripHeight = 28;
/** A pointer that moves less than this has clicked. */
const dragFrom = 4;

/** The columns and the rows that were drawn. */
function sidesOf({ preview, geometry, columns, size, scroll, ratio }: Drawn) {
  const { cellWidth, cellHeight } = geometry;
  const { from, offsets } = preview;
  const cells = offsets.length - 1;
  return {
    columns: {
      from: 0,
      cells: columns,
      cell: cellWidth / ratio,
      scrolled: scroll.left,
      view: size.width,
    },
    rows: { from, cells, cell: cellHeight / ratio, scrolled: scroll.top, view: size.height },
  };
}

/** `positions 0–580 of 65,536` */
function rangeWords(name: string, side: Side, total: number): string {
  const [first, last] = rangeInView(side).map((cell) => formatCount(side.from + cell));
  return `${name} ${first}–${last} of ${formatCount(total)}`;
}

/** Which part of the cells is in view, in words. */
export function viewInWords(columns: Side, rows: Side): string {
  const parts = [rangeWords('positions', columns, columns.cells)];
  if (isCropped(rows)) {
    const [first, last] = rangeInView(rows).map((row) => formatCount(rows.from + row));
    parts.push(`sequences ${first}–${last}`);
  }
  return parts.join(', ');
}

/**
 * What a raster gets after the first data: ids in its cells, gestures, and where one is: numbers along
 * its sides and, where not all of it is in view, a strip of the whole with a window that can be dragged.
 * The raster itself can be dragged as well.
 */
export class Overview {
  readonly #grid: HTMLElement;
  readonly #place: HTMLElement;
  readonly #top: Ruler;
  readonly #left: Ruler;
  readonly #canvas = element('canvas', { 'aria-hidden': 'true' });
  readonly #window = element('div', { class: 'overview-window' });
  readonly #words = element('p', { class: 'overview-words' });
  readonly #strip: HTMLElement;
  readonly #whole: HTMLElement;
  /** What the strip shows. */
  #painted: Uint32Array | undefined;
  #size = '';
  /** Where in the window it was taken, as shares of the strip. */
  #grip: { x: number; y: number } | undefined;

  /**
   * `place` is the element around the raster's `grid`, whose cells `viewport` draws; `zoom` zooms by a
   * factor around a point.
   */
  constructor(
    place: HTMLElement,
    grid: HTMLElement,
    viewport: Viewport,
    zoom: (factor: number, point: Point) => void,
  ) {
    this.#place = place;
    this.#grid = grid;
    grid.id ||= uniqueId('raster');
    const ruler = (side: 'top' | 'left') =>
      new Ruler(element('div', { class: `ruler ruler-${side}`, 'aria-hidden': 'true' }), side);
    this.#top = ruler('top');
    this.#left = ruler('left');
    this.#strip = element(
      'div',
      {
        class: 'overview-strip',
        role: 'scrollbar',
        tabindex: 0,
        'aria-label': 'Part in view',
        'aria-controls': grid.id,
        'aria-orientation': 'horizontal',
        'aria-valuemin': 0,
        on: {
          pointerdown: (event) => this.#take(event),
          pointermove: (event) => this.#drag(event),
          pointerup: () => (this.#grip = undefined),
          pointercancel: () => (this.#grip = undefined),
          keydown: (event) => this.#key(event),
        },
      },
      this.#canvas,
      this.#window,
    );
    this.#whole = element('div', { class: 'overview' }, this.#strip, this.#words);
    place.append(this.#top.element, this.#left.element);
    dragToMove(grid);
    zoomByGestures(grid, zoom);
    viewport.drawn = (drawn) => {
      drawLabels(drawn);
      this.#show(drawn);
    };
  }

  #show(drawn: Drawn): void {
    const { columns, rows } = sidesOf(drawn);
    this.#top.show(columns, 18);
    this.#left.show(rows, rulerWidth(rows.from + rows.cells - 1));
    const isHidden = !isCropped(columns) && !isCropped(rows);
    if (isHidden === this.#whole.isConnected) {
      if (isHidden) this.#whole.remove();
      else this.#place.append(this.#whole);
    }
    if (isHidden) return;
    this.#paint(drawn, columns, rows);
    const share = ({ cells, cell }: Side, pixels: number) => Math.min(1, pixels / (cells * cell));
    const [left, width] = [share(columns, columns.scrolled), share(columns, columns.view)];
    const [top, height] = [share(rows, rows.scrolled), share(rows, rows.view)];
    const inset = [top, 1 - left - width, 1 - top - height, left];
    this.#window.style.inset = inset.map((part) => `${Math.max(0, part) * 100}%`).join(' ');
    const words = viewInWords(columns, rows);
    setText(this.#words, words);
    const [first] = rangeInView(columns);
    this.#strip.setAttribute('aria-valuenow', String(first));
    this.#strip.setAttribute('aria-valuemax', String(Math.max(first, columns.cells - 1)));
    this.#strip.setAttribute('aria-valuetext', words);
  }

  /** Paints all cells into the strip, if they or its size have changed. */
  #paint({ ratio, colors, preview }: Drawn, columns: Side, rows: Side): void {
    const width = Math.round(columns.view * ratio);
    const height = Math.round(stripHeight * ratio);
    const size = `${width} ${height} ${columns.cells} ${rows.cells}`;
    if (colors === this.#painted && size === this.#size) return;
    this.#painted = colors;
    this.#size = size;
    this.#canvas.width = width;
    this.#canvas.height = height;
    const context = this.#canvas.getContext('2d');
    if (!context || width === 0) return;
    const image = context.createImageData(width, height);
    const [cellWidth, cellHeight] = [width / columns.cells, height / Math.max(1, rows.cells)];
    const pixels = new Uint32Array(image.data.buffer);
    paint(
      pixels,
      { width, height },
      { cellWidth, cellHeight, scrollX: 0, scrollY: 0 },
      colors,
      preview.offsets,
    );
    context.putImageData(image, 0, 0);
  }

  #shareOf({ clientX, clientY }: PointerEvent): { x: number; y: number } {
    const { left, top, width, height } = this.#strip.getBoundingClientRect();
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  }

  /** Takes the window where it was touched; elsewhere its middle jumps there first. */
  #take(event: PointerEvent): void {
    if (event.button !== 0) return;
    const at = this.#shareOf(event);
    const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } =
      this.#grid;
    const [width, height] = [clientWidth / scrollWidth, clientHeight / scrollHeight];
    const grip = { x: at.x - scrollLeft / scrollWidth, y: at.y - scrollTop / scrollHeight };
    const isInside = grip.x >= 0 && grip.x <= width && grip.y >= 0 && grip.y <= height;
    this.#grip = isInside ? grip : { x: width / 2, y: height / 2 };
    this.#strip.setPointerCapture(event.pointerId);
    this.#drag(event);
  }

  #drag(event: PointerEvent): void {
    if (!this.#grip) return;
    const at = this.#shareOf(event);
    this.#grid.scrollTo({
      left: (at.x - this.#grip.x) * this.#grid.scrollWidth,
      top: (at.y - this.#grip.y) * this.#grid.scrollHeight,
      behavior: 'instant',
    });
  }

  #key(event: KeyboardEvent): void {
    const { clientWidth, clientHeight, scrollWidth } = this.#grid;
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-clientWidth / 10, 0],
      ArrowRight: [clientWidth / 10, 0],
      ArrowUp: [0, -clientHeight / 10],
      ArrowDown: [0, clientHeight / 10],
      PageUp: [-clientWidth, 0],
      PageDown: [clientWidth, 0],
      Home: [-scrollWidth, 0],
      End: [scrollWidth, 0],
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    this.#grid.scrollBy({ left: move[0], top: move[1], behavior: 'instant' });
  }
}

/** Lets the mouse drag what a scrolling element shows; fingers and pens scroll by themselves. */
function dragToMove(scroller: HTMLElement): void {
  let last: { x: number; y: number } | undefined;
  let wasDragged = false;
  const end = () => {
    last = undefined;
    scroller.classList.remove('dragged');
  };
  scroller.addEventListener('pointerdown', ({ pointerType, button, clientX, clientY }) => {
    wasDragged = false;
    if (pointerType !== 'mouse' || button !== 0) return;
    const { left, top } = scroller.getBoundingClientRect();
    const isOnBar =
      clientX - left >= scroller.clientWidth || clientY - top >= scroller.clientHeight;
    if (!isOnBar) last = { x: clientX, y: clientY };
  });
  scroller.addEventListener('pointermove', ({ buttons, pointerId, clientX, clientY }) => {
    if (!last) return;
    if ((buttons & 1) === 0) {
      end();
      return;
    }
    const [x, y] = [clientX - last.x, clientY - last.y];
    if (!wasDragged && Math.hypot(x, y) < dragFrom) return;
    if (!wasDragged) scroller.setPointerCapture(pointerId);
    wasDragged = true;
    scroller.classList.add('dragged');
    scroller.scrollBy({ left: -x, top: -y, behavior: 'instant' });
    last = { x: clientX, y: clientY };
  });
  scroller.addEventListener('pointerup', end);
  scroller.addEventListener('pointercancel', end);
  // The end of a drag is no click.
  scroller.addEventListener(
    'click',
    (event) => {
      if (wasDragged) event.stopImmediatePropagation();
    },
    true,
  );
}
