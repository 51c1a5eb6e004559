// Where one is in a raster: rulers at every zoom, and an overview of what does not fit.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from '../support/until.js';
import { phone } from './support/page.js';
import { visit } from './support/visits.js';

const hashOf = (config) => `#${new URLSearchParams(config)}`;
const long = hashOf({ generator: 'pattern', vocab_size: 40, seq_length: 65536 });

const strip = (page) => page.getByRole('scrollbar', { name: 'Part in view' });
const words = (page) => page.locator('.overview-words');

/** The first and the last position in view, as the page says them. */
async function inView(page) {
  const text = await words(page).textContent();
  const [, first, last] = /^positions ([\d,]+)–([\d,]+) of 65,536/.exec(text) ?? [];
  assert.ok(last, text);
  return [first, last].map((number) => Number(number.replaceAll(',', '')));
}

/** The numbers along a side of the raster. */
async function numbersAlong(page, side) {
  const texts = await page.locator(`.ruler-${side} text`).allTextContents();
  return texts.map((text) => Number(text.replaceAll(',', '')));
}

test('a sequence too long for the view has an overview that says which part is shown', async () => {
  const { page, close } = await visit({ hash: long });
  await strip(page).waitFor();
  const [first, last] = await inView(page);
  const grid = page.getByRole('grid');
  const width = await grid.evaluate(({ clientWidth }) => clientWidth);
  assert.equal(first, 0);
  // A pixel for each token.
  assert.equal(last, width - 1);
  assert.equal(await strip(page).getAttribute('aria-valuetext'), await words(page).textContent());
  await close();
});

test('dragging the window moves the raster, and so do a click and the keys', async () => {
  const { page, close } = await visit({ hash: long });
  const box = await (await strip(page).waitFor(), strip(page).boundingBox());
  const y = box.y + box.height / 2;
  // A click centres the window there, then the mouse drags it on.
  await page.mouse.move(box.x + box.width * 0.25, y);
  await page.mouse.down();
  await until(async () => {
    const [first, last] = await inView(page);
    assert.ok(Math.abs((first + last) / 2 - 65536 / 4) < 100, `${first} to ${last}`);
  });
  await page.mouse.move(box.x + box.width * 0.5, y, { steps: 3 });
  await page.mouse.up();
  await until(async () => {
    const [first, last] = await inView(page);
    assert.ok(Math.abs((first + last) / 2 - 65536 / 2) < 100, `${first} to ${last}`);
  });
  await strip(page).focus();
  await page.keyboard.press('End');
  await until(async () => assert.equal((await inView(page))[1], 65535));
  await page.keyboard.press('Home');
  await until(async () => assert.equal((await inView(page))[0], 0));
  const [, last] = await inView(page);
  await page.keyboard.press('PageDown');
  await until(async () => assert.equal((await inView(page))[0], last + 1));
  await close();
});

test('the mouse drags the raster itself', async () => {
  const { page, close } = await visit({ hash: long });
  await strip(page).waitFor();
  const { x, y } = await page.getByRole('grid').boundingBox();
  await page.mouse.move(x + 400, y + 50);
  await page.mouse.down();
  await page.mouse.move(x + 100, y + 50, { steps: 4 });
  await page.mouse.up();
  await until(async () => assert.equal((await inView(page))[0], 300));
  await close();
});

test('a finger drags the window', async () => {
  const { page, close } = await visit({ hash: long, viewport: phone, hasTouch: true });
  await strip(page).waitFor();
  await strip(page).scrollIntoViewIfNeeded();
  const { x, y, width, height } = await strip(page).boundingBox();
  const session = await page.context().newCDPSession(page);
  const touch = (type, share) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: share === undefined ? [] : [{ x: x + width * share, y: y + height / 2 }],
    });
  await touch('touchStart', 0.1);
  for (const share of [0.3, 0.6, 0.75]) await touch('touchMove', share);
  await touch('touchEnd');
  await until(async () => {
    const [first, last] = await inView(page);
    assert.ok(Math.abs((first + last) / 2 - 0.75 * 65536) < 400, `${first} to ${last}`);
  });
  await close();
});

test('rulers number positions and sequences at every zoom, as the cells say', async () => {
  const config = { generator: 'pattern', vocab_size: 40, seq_length: 32, 'view.from': 1000 };
  const { page, close } = await visit({ hash: hashOf(config) });
  const spaced = async (side, first, last) => {
    const numbers = await numbersAlong(page, side);
    assert.ok(numbers.length >= 2, `${side}: ${numbers}`);
    assert.ok(numbers[0] >= first && numbers.at(-1) <= last, `${side}: ${numbers}`);
    return numbers;
  };
  await until(() => spaced('top', 0, 31));
  await spaced('left', 1000, 1199);
  assert.equal(await strip(page).count(), 0, 'all is in view');

  for (let i = 0; i < 6; i += 1) await page.getByRole('button', { name: 'Zoom in' }).click();
  await strip(page).waitFor();
  await until(async () => {
    // The cell under a number's mark is that position.
    const grid = await page.getByRole('grid').boundingBox();
    const numbers = await spaced('top', 0, 31);
    const mark = await page.locator('.ruler-top line').nth(1).boundingBox();
    await page.mouse.move(mark.x, grid.y + 20);
    const told = await page.getByText(/^sequence [\d,]+, position \d+$/).textContent();
    assert.match(told, new RegExp(`position ${numbers[1]}$`));
  });
  assert.match(
    await words(page).textContent(),
    /^positions \d+–\d+ of 32, sequences 1,0\d+–1,\d+$/,
  );
  await close();
});

test('the text says where it cuts a long sequence', async () => {
  const { page, close } = await visit({ hash: `${long}&view.look=text` });
  await page.getByText('1 of 2 sequences, positions 0–4,095 of 65,536').waitFor();
  await close();
});
