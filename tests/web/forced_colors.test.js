// The visitor's own few colours, as high-contrast themes have: nothing depends on shades alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { violations } from './support/axe.js';
import { until } from '../support/until.js';
import { rested } from './support/page.js';
import { visit } from './support/visits.js';

const open = (hash) => visit({ hash, forcedColors: 'active' });

const styleOf = (locator, name) =>
  locator.evaluate((found, property) => getComputedStyle(found)[property], name);

test('what is chosen and what has the focus is outlined', async () => {
  const { page, close } = await open('#generator=pattern');
  const label = (name) =>
    page.locator('label', { has: page.getByRole('radio', { name, exact: true }) });
  const outline = (name) => styleOf(label(name).locator('span'), 'outlineStyle');
  assert.equal(await outline('pattern'), 'solid');
  assert.equal(await outline('random'), 'none');
  await page.getByRole('radio', { name: 'pattern', exact: true }).focus();
  await page.keyboard.press('ArrowLeft');
  await until(async () => assert.equal(await outline('random'), 'dashed'));
  assert.deepEqual(await violations(page), []);
  await close();
});

test('data, expectations and what is pinned are drawn in colours that differ', async () => {
  const { page, close } = await open(
    '#generator=pattern&noise_probability=0.2&pin.generator=pattern&view.look=both',
  );
  const chart = page.getByRole('region', { name: 'Equal tokens at lag' });
  await chart.locator('.pinned').first().waitFor();
  const strokes = await Promise.all(
    ['.line', '.pinned', '.expected path'].map((part) =>
      styleOf(chart.locator(part).first(), 'stroke'),
    ),
  );
  const card = await styleOf(chart, 'backgroundColor');
  assert.equal(new Set([...strokes, card]).size, 4, [...strokes, card].join(', '));
  const raster = page.getByRole('grid', { name: /^Sequences, / });
  const { width, height } = await raster.boundingBox();
  assert.ok(width > 100 && height > 100);
  assert.deepEqual(await violations(page), []);
  await close();
});

/** The colours of a raster's canvas, the commonest first. */
const colorsOf = (page) =>
  page.locator('.raster canvas').evaluate((canvas) => {
    const { width, height } = canvas;
    // A copy, since the page's own canvas is not made to be read.
    const copy = Object.assign(document.createElement('canvas'), { width, height });
    const context = copy.getContext('2d', { willReadFrequently: true });
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(0, 0, width, height);
    const counts = new Map();
    for (let i = 0; i < data.length; i += 4) {
      const color = data.slice(i, i + 3).join();
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
    return [...counts]
      .toSorted(([, a], [, b]) => b - a)
      .map(([color]) => color.split(',').map(Number));
  });

test('the raster has the colours that its legend has', async () => {
  const { page, close } = await open('#generator=pattern&pattern_probability=0.8&vocab_size=50');
  const swatch = (kind) =>
    styleOf(page.locator(`.legend .kind-${kind} .swatch`), 'backgroundColor');
  await until(async () => assert.ok((await colorsOf(page)).length > 4));
  const colors = await colorsOf(page);
  for (const kind of ['repetition', 'alternation', 'progression', 'reversal']) {
    const wanted = (await swatch(kind))
      .match(/[\d.]+/g)
      .slice(0, 3)
      .map(Number);
    const isNear = (color) => color.every((value, i) => Math.abs(value - wanted[i]) <= 2);
    assert.ok(colors.some(isNear), `${kind}: ${wanted}`);
  }
  await close();
});

test('on paper are the data, their legend, numbers and charts, and no form', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern&vocab_size=50' });
  await rested(page);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 700, height: 1000 });
  for (const shown of ['.raster canvas', '.legend', '.numbers', '.chart-card'])
    assert.ok(await page.locator(shown).first().isVisible(), shown);
  for (const hidden of ['.settings', '.header-actions', '.zoom', '.data-pin'])
    assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
  const canvas = await page.locator('.raster canvas').boundingBox();
  const card = await page.locator('.data').boundingBox();
  assert.ok(canvas.width > 500 && canvas.x + canvas.width <= card.x + card.width);
  assert.ok(canvas.y + canvas.height <= card.y + card.height);
  await close();
});
