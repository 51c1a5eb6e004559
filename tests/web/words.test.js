// The page says what its rows, axes and numbers are.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { rested } from './support/page.js';
import { visit } from './support/visits.js';

test('the raster’s rows and columns are explained, and which sequences they are', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern&num_train=10000' });
  await page
    .getByRole('heading', { name: /^First 200 of 10,000 sequences × \d+ tokens$/ })
    .waitFor();
  const about = page.getByText(/^Each row is a sequence, each column a position\.$/);
  assert.ok(await about.isVisible());
  await page.getByRole('radio', { name: 'text', exact: true }).click();
  await about.waitFor({ state: 'hidden' });
  await close();
});

test('the numbers tell what a detector finds from what is true, and costs from floors', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern&vocab_size=1000' });
  await rested(page);
  for (const name of [
    'pattern ratio (detector)',
    'pattern share (truth)',
    'cost if the structure is known',
    'floor of any model',
  ])
    await page.getByRole('rowheader', { name }).first().waitFor();
  await close();
});
