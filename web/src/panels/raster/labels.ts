import { luminance } from './palette';
import type { Drawn } from './viewport';

/** Cells at least this large, in CSS pixels, carry their token's id. */
const smallestCell = { width: 30, height: 14 };
const digitWidth = 7;

/** Black on light cells, white on dark ones. */
function inkOn(color: number): string {
  return luminance([color & 255, (color >>> 8) & 255, (color >>> 16) & 255]) > 140
    ? '#000'
    : '#fff';
}

/** Writes the ids into the visible cells, where they are large enough to hold them. */
export function drawLabels({ context, geometry, ratio, preview, colors }: Drawn): void {
  const { tokens, offsets } = preview;
  const { cellWidth, cellHeight, scrollX, scrollY } = geometry;
  const { width, height } = context.canvas;
  if (cellWidth < smallestCell.width * ratio || cellHeight < smallestCell.height * ratio) return;
  context.font = `${11 * ratio}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const lastRow = Math.min(offsets.length - 2, Math.floor((height + scrollY) / cellHeight));
  for (let row = Math.floor(scrollY / cellHeight); row <= lastRow; row += 1) {
    const first = offsets[row] ?? 0;
    const length = (offsets[row + 1] ?? 0) - first;
    const lastColumn = Math.min(length - 1, Math.floor((width + scrollX) / cellWidth));
    for (let column = Math.floor(scrollX / cellWidth); column <= lastColumn; column += 1) {
      const text = String(tokens[first + column]);
      if (text.length * digitWidth * ratio > cellWidth) continue;
      context.fillStyle = inkOn(colors[first + column] ?? 0);
      context.fillText(
        text,
        (column + 0.5) * cellWidth - scrollX,
        (row + 0.5) * cellHeight - scrollY,
      );
    }
  }
}
