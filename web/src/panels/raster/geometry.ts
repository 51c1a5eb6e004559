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

/**
 * The cell's size for `rows` × `columns` cells: all of them in view, times the zoom, but never
 * under one device pixel, so that no cell is lost; what does not fit then scrolls.
 */
export function cellSize(
  view: { width: number; height: number },
  rows: number,
  columns: number,
  zoom: number,
): { cellWidth: number; cellHeight: number } {
  return {
    cellWidth: Math.max(1, (view.width / Math.max(1, columns)) * zoom),
    cellHeight: Math.max(1, (view.height / Math.max(1, rows)) * zoom),
  };
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
