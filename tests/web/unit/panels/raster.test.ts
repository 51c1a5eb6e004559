import { describe, expect, test } from 'vitest';

import { cellAt, cellBox, cellSize, largestZoom } from '../../../../web/src/panels/raster/geometry';
import {
  farthestRepeat,
  paint,
  repetitionColors,
  fade,
  tokenColors,
} from '../../../../web/src/panels/raster/paint';
import { luminance, pixel, tokenScale } from '../../../../web/src/panels/raster/palette';

const view = { width: 800, height: 400 };
const bytesOf = (color: number) => [color & 255, (color >>> 8) & 255, (color >>> 16) & 255];

describe('cells', () => {
  test('fill the view, and are never lost below a pixel', () => {
    expect(cellSize(view, 200, 100, 1, 48)).toEqual({ cellWidth: 8, cellHeight: 2 });
    expect(cellSize(view, 1000, 5000, 1, 48)).toEqual({ cellWidth: 1, cellHeight: 1 });
  });

  test('grow with the zoom as far as they may, and do not shrink where they are larger', () => {
    expect(cellSize(view, 200, 100, 4, 48)).toEqual({ cellWidth: 32, cellHeight: 8 });
    expect(cellSize(view, 200, 100, 1000, 48)).toEqual({ cellWidth: 48, cellHeight: 48 });
    expect(cellSize(view, 2, 4, 8, 48)).toEqual({ cellWidth: 200, cellHeight: 200 });
  });

  test.each([
    [200, 100],
    [8, 16384],
    [200, 1],
    [1, 1],
  ])('reach their largest at the largest zoom: %i × %i', (rows, columns) => {
    const zoom = largestZoom(view, rows, columns, 48);
    const { cellWidth, cellHeight } = cellSize(view, rows, columns, zoom, 48);
    expect(Math.min(cellWidth, cellHeight)).toBeGreaterThanOrEqual(48);
    expect(zoom === 1 || Math.min(cellWidth, cellHeight) === 48).toBe(true);
  });

  test('are found under the middle of their box', () => {
    const geometry = { cellWidth: 3.5, cellHeight: 7.25, scrollX: 120, scrollY: 33 };
    const cell = { row: 6, column: 40 };
    const { left, top, width, height } = cellBox({ ...geometry, ratio: 2 }, cell);
    expect(cellAt(geometry, (left + width / 2) * 2, (top + height / 2) * 2)).toEqual(cell);
  });
});

describe('colours', () => {
  test('of ids grow evenly lighter from the first id to the last', () => {
    const ids = Uint32Array.from({ length: 11 }, (_, i) => i * 10);
    const lights = [...tokenColors(ids, 101, tokenScale)].map((color) => luminance(bytesOf(color)));
    for (let i = 1; i < lights.length; i += 1) {
      expect(lights[i]! - lights[i - 1]!).toBeGreaterThan(8);
      expect(lights[i]! - lights[i - 1]!).toBeLessThan(30);
    }
  });

  test('of repeats go from near to far, and first times have their own', () => {
    const scale = Uint32Array.from({ length: 11 }, (_, i) => i + 1);
    const distances = Uint32Array.of(0, 1, 2, 4, 32, farthestRepeat, farthestRepeat * 8);
    expect([...repetitionColors(distances, scale, 99)]).toEqual([99, 1, 2, 3, 6, 11, 11]);
  });

  test('of unmarked cells step back to the surface, those of marked ones stay', () => {
    const surface = [255, 255, 255];
    const colors = Uint32Array.of(pixel(0, 0, 0), pixel(10, 20, 30), 0);
    fade(colors, Uint8Array.of(0, 1, 0), surface);
    expect(luminance(bytesOf(colors[0]!))).toBeGreaterThan(200);
    expect(colors[1]).toBe(pixel(10, 20, 30));
    expect(colors[2]).toBe(0);
  });
});

test('every pixel has the colour of the cell under its middle, none beyond a sequence', () => {
  const colors = Uint32Array.of(1, 2, 3, 4, 5);
  const offsets = Uint32Array.of(0, 3, 5);
  const pixels = new Uint32Array(8 * 4).fill(77);
  const geometry = { cellWidth: 2, cellHeight: 2, scrollX: 0, scrollY: 0 };
  paint(pixels, { width: 8, height: 4 }, geometry, colors, offsets);
  const lines = [0, 1, 2, 3].map((y) => [...pixels.subarray(8 * y, 8 * y + 8)]);
  expect(lines).toEqual([
    [1, 1, 2, 2, 3, 3, 0, 0],
    [1, 1, 2, 2, 3, 3, 0, 0],
    [4, 4, 5, 5, 0, 0, 0, 0],
    [4, 4, 5, 5, 0, 0, 0, 0],
  ]);
});
