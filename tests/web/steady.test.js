// The page stays where it is while it opens, and leaves the data room in low windows.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from '../support/until.js';
import { desktop, phone, rested } from './support/page.js';
import { visit } from './support/visits.js';

/** For `init`: collects what moves on the page without the visitor's doing. */
function watchShifts() {
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, startTime } of list.getEntries())
      if (!hadRecentInput) globalThis.shifts.push({ value, at: startTime });
  }).observe({ type: 'layout-shift', buffered: true });
}

for (const [name, viewport] of Object.entries({
  desktop,
  'large desktop': { width: 1600, height: 1000 },
  phone,
})) {
  test(`on a ${name} nothing moves by more than 0.02 while the page opens`, async () => {
    const { page, close } = await visit({ viewport, init: watchShifts });
    await rested(page);
    // All of them, even if long pauses are between them.
    const shifts = await page.evaluate(() => globalThis.shifts);
    const sum = shifts.reduce((total, { value }) => total + value, 0);
    assert.ok(sum < 0.02, JSON.stringify(shifts));
    await close();
  });
}

/** How many pixels of the raster nothing covers, from its top to the window's end. */
const uncovered = (page) =>
  page.getByRole('grid').evaluate((grid) => {
    const { left, top, bottom } = grid.getBoundingClientRect();
    let count = 0;
    for (let y = Math.max(0, Math.ceil(top)); y < Math.min(bottom, innerHeight); y += 1) {
      const found = document.elementFromPoint(left + 20, y + 0.5);
      if (found === grid || grid.contains(found)) count += 1;
    }
    return count;
  });

test('at a zoom of 200 % the data has two thirds of the height, with the parameters open too', async () => {
  // 1280 × 800 at 200 %.
  const viewport = { width: 640, height: 400 };
  const { page, close } = await visit({ viewport, hash: '#generator=pattern' });
  await rested(page);
  const showRaster = () =>
    page.getByRole('grid').evaluate((grid) => grid.scrollIntoView({ block: 'start' }));
  await showRaster();
  await until(async () => {
    const pixels = await uncovered(page);
    assert.ok(pixels >= (viewport.height * 2) / 3, `${pixels} pixels`);
  });
  await page.getByRole('button', { name: 'Parameters', exact: true }).click();
  await page.getByLabel('Pattern probability', { exact: true }).waitFor();
  await showRaster();
  await until(async () => {
    const pixels = await uncovered(page);
    assert.ok(pixels >= (viewport.height * 2) / 3, `${pixels} pixels with the parameters open`);
  });
  await close();
});
