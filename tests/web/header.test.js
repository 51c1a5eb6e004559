// The bar of the page: all families can be reached at every width, and it shows that there are more.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from '../support/until.js';
import { desktop, phone, settled } from './support/page.js';
import { visit } from './support/visits.js';

const families = (page) => page.getByRole('radiogroup', { name: 'Family' });

/** Which buttons for more families are shown, at the start and the end. */
const hints = (page) =>
  page
    .locator('.header .scroll-hint')
    .evaluateAll((buttons) => buttons.map((button) => button.checkVisibility()));

const hintsAre = (page, expected) =>
  until(async () => assert.deepEqual(await hints(page), expected));

/** Whether a family is fully in the part of the bar that is shown. */
const inSight = (page, name) =>
  families(page).evaluate((group, wanted) => {
    const bar = group.parentElement;
    const { left, right } = bar.getBoundingClientRect();
    const input = [...group.querySelectorAll('input')].find(({ value }) => value === wanted);
    const shown = input.parentElement.getBoundingClientRect();
    return shown.left >= left - 1 && shown.right <= right + 1;
  }, name);

/** Presses a button for more families until it is gone, each time after the row came to rest. */
async function pressWhileShown(page, button) {
  for (let i = 0; i < 10 && (await button.isVisible()); i += 1) {
    const scrolling = await families(page).evaluateHandle((group) => ({
      end: new Promise((resolve) =>
        group.parentElement.addEventListener('scrollend', () => resolve(), { once: true }),
      ),
    }));
    await button.click();
    await scrolling.evaluate(({ end }) => end);
  }
}

for (const [name, viewport] of Object.entries({ desktop, phone })) {
  test(`on a ${name} the list of families shows that it goes on, and a press shows the rest`, async () => {
    const { page, close } = await visit({ viewport, hash: '#generator=random' });
    await hintsAre(page, [false, true]);
    assert.equal(await inSight(page, 'custom'), false);
    const [before, after] = await page.locator('.header .scroll-hint').all();
    await pressWhileShown(page, after);
    await hintsAre(page, [true, false]);
    assert.equal(await inSight(page, 'custom'), true);
    await pressWhileShown(page, before);
    await hintsAre(page, [false, true]);
    await close();
  });

  test(`on a ${name} the keyboard scrolls the list of families along`, async () => {
    const { page, close } = await visit({ viewport, hash: '#generator=random' });
    await families(page).getByRole('radio', { name: 'random', exact: true }).focus();
    await page.keyboard.press('ArrowLeft');
    await settled(page);
    assert.ok(await families(page).getByRole('radio', { name: 'custom' }).isChecked());
    await until(async () => assert.equal(await inSight(page, 'custom'), true));
    await hintsAre(page, [true, false]);
    await close();
  });
}

test('where all families fit nothing says that there are more', async () => {
  const { page, close } = await visit({ viewport: { width: 2400, height: 900 } });
  await hintsAre(page, [false, false]);
  await close();
});

test('Escape closes the sheet from wherever the focus is', async () => {
  const { page, close } = await visit({ viewport: phone });
  const opener = page.getByRole('button', { name: 'Parameters', exact: true });
  const field = page.getByLabel('Sequence length', { exact: true });
  await opener.click();
  await field.waitFor();
  // In the raster the first one ends the pointing at a token.
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  assert.ok(await field.isVisible());
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'hidden' });
  assert.ok(await opener.evaluate((element) => element === document.activeElement));
  await close();
});
