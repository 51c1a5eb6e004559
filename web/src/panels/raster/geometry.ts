/** Where the cells lie, in device pixels from the visible area's top left corner. */
export interface Geometry {
  cellWidth: number;
  cellHeight: number;
  scrollX: number;
  scrollY: number;
}

export interface Cell {
  row: number;
  column: number;
}

/** Nothing is larger than this when zoomed in, in CSS pixels: an id of six digits fits. */
export const largestCell = 48;

interface Extent {
  width: number;
  height: number;
}

/**
 * The cell's size for `rows` × `columns` cells: all of them in view, times the zoom, but never
 * under one device pixel, so that no cell is lost; what does not fit then scrolls. Zooming makes
 * no side larger than `largest` device pixels.
 */
export function cellSize(
  view: Extent,
  rows: number,
  columns: number,
  zoom: number,
  largest: number,
): { cellWidth: number; cellHeight: number } {
  const side = (space: number, count: number) => {
    const fitting = Math.max(1, space / Math.max(1, count));
    return Math.max(fitting, Math.min(largest, fitting * zoom));
  };
  return { cellWidth: side(view.width, columns), cellHeight: side(view.height, rows) };
}

/** The zoom at which both sides of a cell have reached `largest`; 1 where they have without any. */
export function largestZoom(view: Extent, rows: number, columns: number, largest: number): number {
  const { cellWidth, cellHeight } = cellSize(view, rows, columns, 1, largest);
  return Math.max(1, largest / Math.min(cellWidth, cellHeight));
}

/** The cell under a point of the visible area. */
export function cellAt(
  { cellWidth, cellHeight, scrollX, scrollY }: Geometry,
  x: number,
  y: number,
): Cell {
  return {
    row: Math.floor((y + scrollY) / cellHeight),
    column: Math.floor((x + scrollX) / cellWidth),
  };
}

/** A rectangle in CSS pixels of the visible area. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The rectangle of `length` cells from one on; `ratio` device pixels make a CSS pixel. */
export function cellBox(geometry: Geometry & { ratio: number }, cell: Cell, length = 1): Box {
  const { cellWidth, cellHeight, scrollX, scrollY, ratio } = geometry;
  return {
    left: (cell.column * cellWidth - scrollX) / ratio,
    top: (cell.row * cellHeight - scrollY) / ratio,
    width: (length * cellWidth) / ratio,
    height: cellHeight / ratio,
  };
}
