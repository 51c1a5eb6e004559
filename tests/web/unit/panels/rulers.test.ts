import { describe, expect, test } from 'vitest';

import { isCropped, rangeInView, rulerTicks } from '../../../../web/src/panels/raster/rulers';

const side = { from: 0, cells: 65_536, cell: 1, scrolled: 0, view: 581 };

describe('the range in view', () => {
  test('begins with the first cell and ends with the last that shows', () => {
    expect(rangeInView(side)).toEqual([0, 580]);
    expect(rangeInView({ ...side, scrolled: 1000 })).toEqual([1000, 1580]);
    expect(rangeInView({ ...side, scrolled: 65_536 - 581 })).toEqual([64_955, 65_535]);
  });

  test('counts cells that show in part, and none beyond the last', () => {
    expect(rangeInView({ from: 0, cells: 10, cell: 40, scrolled: 20, view: 100 })).toEqual([0, 2]);
    expect(rangeInView({ from: 0, cells: 3, cell: 40, scrolled: 0, view: 500 })).toEqual([0, 2]);
  });
});

test('cells are cropped if they are larger than the view', () => {
  expect(isCropped(side)).toBe(true);
  expect(isCropped({ ...side, cells: 581 })).toBe(false);
});

test.each([
  [side],
  [{ ...side, from: 9_000, scrolled: 12_345 }],
  [{ from: 1_000_000, cells: 200, cell: 2.5, scrolled: 0, view: 500 }],
  [{ from: 0, cells: 32, cell: 48, scrolled: 700, view: 600 }],
  [{ from: 7, cells: 1, cell: 400, scrolled: 0, view: 400 }],
])('numbers are whole, apart from one another, and at the middle of their cells: %o', (shown) => {
  const list = rulerTicks(shown, 50);
  expect(list.length).toBeGreaterThan(0);
  for (const [i, { number, at }] of list.entries()) {
    expect(Number.isInteger(number)).toBe(true);
    expect(at).toBeCloseTo((number - shown.from + 0.5) * shown.cell - shown.scrolled);
    if (i > 0) expect(at - list[i - 1]!.at).toBeGreaterThanOrEqual(25);
  }
});
