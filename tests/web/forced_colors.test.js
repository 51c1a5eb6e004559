// The visitor's own few colours, as high-contrast themes have: nothing depends on shades alone.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { violations } from './support/axe.js';
import { until } from '../support/until.js';
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
