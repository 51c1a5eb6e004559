// The raster explains itself: under the pointer, by keyboard, and as text.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { createSynthgen } from 'synthgen';

import { until } from '../support/until.js';
import { phone, picture as pictureOf, settled } from './support/page.js';
import { visit } from './support/visits.js';

const config = { generator: 'pattern', vocab_size: 40, seq_length: 32, noise_probability: 0.1 };
const hash = `#${new URLSearchParams(config)}`;

let batch;

before(async () => {
  const synthgen = await createSynthgen();
  batch = synthgen.generator(config).generate({ count: 200, latents: true });
});

const token = (row, position) => batch.tokens[batch.offsets[row] + position];
const spanAt = (row, position) =>
  batch.latents[row].spans.findLast(
    ({ start, length }) => start <= position && position < start + length,
  );

/** A row and position of the first copy that a repetition span makes, itself and its source clean. */
function copiedCell() {
  for (const [row, { spans, noise }] of batch.latents.entries()) {
    for (const { kind, start, length, period } of spans) {
      const position = start + period;
      if (kind !== 'repetition' || length <= period) continue;
      if (!noise.includes(position) && !noise.includes(start))
        return { row, position, source: start, period };
    }
  }
  throw new Error('no repetition in the preview');
}

/** Waits for what loads after the first data: rulers and gestures. */
const navigable = (page) => page.locator('.ruler-top svg').waitFor();

/** The cell of the grid that a screen reader is at. */
async function activeCell(page) {
  const id = await page.getByRole('grid').getAttribute('aria-activedescendant');
  return page.locator(`[id="${id}"]`);
}

test('the pointer shows token, position, span and why', async () => {
  const { page, close } = await visit({ hash });
  const { row, position, source, period } = copiedCell();
  const box = await page.getByRole('grid').boundingBox();
  await page.mouse.move(
    box.x + ((position + 0.5) * box.width) / 32,
    box.y + ((row + 0.5) * box.height) / 200,
  );
  await page.getByText(`sequence ${row}, position ${position}`, { exact: true }).waitFor();
  await page.getByText(`token ${token(row, position)}`, { exact: true }).waitFor();
  await page.getByText(`copies position ${source}`, { exact: true }).waitFor();
  await page
    .getByText(new RegExp(`^repetition, period ${period}, positions ${source} to `))
    .waitFor();
  assert.equal(token(row, position), token(row, source));

  await page.mouse.move(5, 5);
  await page
    .getByText(`sequence ${row}, position ${position}`, { exact: true })
    .waitFor({ state: 'hidden' });
  await close();
});

test('noise says that it is noise', async () => {
  const { page, close } = await visit({ hash });
  const row = batch.latents.findIndex(({ noise }) => noise.length > 0);
  const [position] = batch.latents[row].noise;
  await page.getByRole('grid').focus();
  for (let i = 0; i < row; i += 1) await page.keyboard.press('ArrowDown');
  for (let i = 0; i < position; i += 1) await page.keyboard.press('ArrowRight');
  // What explains cells loads when the first one is pointed at.
  await until(async () =>
    assert.match(
      await (await activeCell(page)).textContent(),
      new RegExp(
        `^token ${token(row, position)}; noise: replaced by a fresh draw; ${spanAt(row, position).kind}`,
      ),
    ),
  );
  await close();
});

test('the grid can be walked by keyboard, and screen readers get each cell', async () => {
  const { page, close } = await visit({ hash });
  const grid = page.getByRole('grid');
  assert.equal(await grid.getAttribute('aria-rowcount'), '200');
  assert.equal(await grid.getAttribute('aria-colcount'), '32');
  await grid.focus();
  for (const [keys, row, position] of [
    [['ArrowRight', 'ArrowRight', 'ArrowDown'], 1, 2],
    [['End'], 1, 31],
    [['ArrowRight'], 1, 31],
    [['PageDown'], 11, 31],
    [['Home', 'ArrowUp'], 10, 0],
    [['Control+End'], 199, 31],
    [['Control+Home', 'ArrowUp'], 0, 0],
  ]) {
    for (const key of keys) await page.keyboard.press(key);
    const cell = await activeCell(page);
    assert.equal(await cell.getAttribute('role'), 'gridcell');
    assert.equal(await cell.getAttribute('aria-colindex'), String(position + 1), keys.join());
    const line = cell.locator('xpath=..');
    assert.equal(await line.getAttribute('role'), 'row');
    assert.equal(await line.getAttribute('aria-rowindex'), String(row + 1));
    assert.match(
      await cell.textContent(),
      new RegExp(`^token ${token(row, position)}; .*position ${position}$`),
    );
  }
  await close();
});

test('the cells around the current one are in the document, each with its own words', async () => {
  const { page, close } = await visit({ hash });
  const grid = page.getByRole('grid');
  await grid.focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight'])
    await page.keyboard.press(key);
  for (const row of [1, 3, 5]) {
    const line = grid.getByRole('row', { name: `sequence ${row}`, exact: true });
    assert.equal(await line.getAttribute('aria-rowindex'), String(row + 1));
    const [first] = await line.getByRole('gridcell').allTextContents();
    assert.match(first, new RegExp(`^token ${token(row, 0)}; `));
  }
  await close();
});

test('Ctrl and the wheel zoom at the pointer, and fit brings everything back', async () => {
  const { page, close } = await visit({ hash });
  await navigable(page);
  const grid = page.getByRole('grid');
  const { x, y, width, height } = await grid.boundingBox();
  const told = page.getByText(/^sequence \d+, position \d+$/);
  const middle = { x: x + (24.5 / 32) * width, y: y + (100.5 / 200) * height };
  await page.mouse.move(middle.x, middle.y);
  const pointedAt = await told.textContent();
  await page.keyboard.down('Control');
  for (let i = 0; i < 5; i += 1) await page.mouse.wheel(0, -100);
  await page.keyboard.up('Control');
  // Every zoom hides the tooltip: it comes back only after the last one.
  await page.waitForFunction(() => {
    const { scrollTop, scrollHeight, clientHeight } = document.querySelector('[role=grid]');
    return scrollTop > 0 && scrollHeight / clientHeight > 0.99 * 2 ** 2.5;
  });
  await page.mouse.move(middle.x + 1, middle.y);
  await told.waitFor();
  assert.equal(await told.textContent(), pointedAt);
  const fit = page.getByRole('button', { name: 'Zoom to fit' });
  await fit.click();
  await until(async () => {
    assert.ok(await fit.isDisabled());
    const overflow = await grid.evaluate(
      ({ scrollHeight, clientHeight }) => scrollHeight - clientHeight,
    );
    assert.equal(overflow, 0);
  });
  await close();
});

test('two fingers that spread zoom in, one finger still scrolls', async () => {
  const { page, close } = await visit({ hash, viewport: phone, hasTouch: true });
  await navigable(page);
  const grid = page.getByRole('grid');
  const { x, y, width, height } = await grid.boundingBox();
  const session = await page.context().newCDPSession(page);
  const touch = (type, ...distances) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: distances.map((distance, id) => ({
        id,
        x: x + width / 2 + distance,
        y: y + height / 2,
      })),
    });
  await touch('touchStart', 0);
  await touch('touchEnd');
  // What was tapped stays shown when the finger is lifted.
  await page.getByText(/^sequence \d+, position 16$/).waitFor();
  await touch('touchStart', -20, 20);
  for (const distance of [40, 80, 120]) await touch('touchMove', -distance, distance);
  await touch('touchEnd');
  await until(async () => {
    const { growth, share } = await grid.evaluate(({ scrollTop, scrollHeight, clientHeight }) => ({
      growth: scrollHeight / clientHeight,
      share: (scrollTop + clientHeight / 2) / scrollHeight,
    }));
    assert.ok(Math.abs(growth - 6) < 0.1, `grown ${growth} times`);
    assert.ok(Math.abs(share - 0.5) < 0.02, `the middle is now at ${share}`);
  });
  assert.equal(
    await grid.evaluate((element) => getComputedStyle(element).touchAction),
    'pan-x pan-y',
  );
  await close();
});

test('zoomed in, the cell under the keyboard stays in view', async () => {
  const { page, close } = await visit({ hash });
  for (let i = 0; i < 8; i += 1) await page.getByRole('button', { name: 'Zoom in' }).click();
  const grid = page.getByRole('grid');
  await grid.focus();
  for (const key of ['Control+End', 'End']) await page.keyboard.press(key);
  await until(async () => {
    const { left, top } = await grid.evaluate(({ scrollLeft, scrollTop }) => ({
      left: scrollLeft,
      top: scrollTop,
    }));
    assert.ok(left > 900 && top > 1000, `scrolled to ${left}, ${top}`);
  });
  await page.getByText('sequence 199, position 31', { exact: true }).waitFor();
  await close();
});

test('the text view shows the same tokens', async () => {
  const { page, close } = await visit({ hash: `${hash}&view.look=text` });
  const first = page
    .getByRole('region', { name: 'Sequences as text' })
    .getByRole('listitem')
    .first();
  const [, ...tokens] = (await first.textContent()).match(/\d+/g);
  const expected = batch.tokens.slice(0, batch.offsets[1]);
  assert.deepEqual(tokens.map(Number), [...expected]);
  await close();
});

test('raster and text are side by side, and the text follows the raster', async () => {
  const { page, close } = await visit({
    hash: `${hash}&view.look=both`,
    viewport: { width: 1440, height: 900 },
  });
  const grid = await page.getByRole('grid').boundingBox();
  const text = page.getByRole('region', { name: 'Sequences as text' });
  const { x } = await text.boundingBox();
  assert.ok(x >= grid.x + grid.width, `text at ${x}, raster up to ${grid.x + grid.width}`);
  await page.getByRole('grid').focus();
  for (let i = 0; i < 4; i += 1) await page.keyboard.press('PageDown');
  const line = text.getByRole('listitem').nth(40);
  const isInSight = () =>
    line.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      const view = element.closest('[role=region]').getBoundingClientRect();
      return top >= view.top - 1 && bottom <= view.bottom + 1;
    });
  await until(isInSight, 'the sequence was in sight');
  await close();
});

test('the text can be copied as the lines of the file', async () => {
  const { page, close } = await visit({
    hash: `${hash}&view.look=text`,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  // The button says so for a moment only: the page itself looks for it.
  await page.evaluate(() => {
    new MutationObserver(() => {
      const buttons = [...document.querySelectorAll('button')];
      if (buttons.some(({ textContent }) => textContent === 'Copied')) globalThis.hasCopied = true;
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await page.getByRole('button', { name: 'Copy as JSONL' }).click();
  await page.waitForFunction(() => globalThis.hasCopied);
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).trim().split('\n');
  lines.forEach((line, row) => {
    const expected = batch.tokens.slice(batch.offsets[row], batch.offsets[row + 1]);
    assert.deepEqual(JSON.parse(line), { input_ids: [...expected] });
  });
  assert.ok(lines.length > 100, `${lines.length} lines`);
  await close();
});

test('the picture is of the data: other colours by token, other pixels for another seed', async () => {
  const { page, close } = await visit({ hash });
  const picture = async () => {
    await settled(page);
    return pictureOf(page.locator('canvas'));
  };
  const structure = await picture();
  await page.getByRole('radio', { name: 'token' }).click();
  const byToken = await picture();
  assert.notEqual(byToken, structure);
  await page.getByRole('radio', { name: 'repetition' }).click();
  const byRepetition = await picture();
  assert.notEqual(byRepetition, structure);
  assert.notEqual(byRepetition, byToken);
  await page.getByText('first time in its sequence').waitFor();
  await page.getByRole('radio', { name: 'structure' }).click();
  assert.equal(await picture(), structure);
  await page.getByLabel('Seed', { exact: true }).fill('43');
  const otherSeed = await picture();
  assert.notEqual(otherSeed, structure);
  await page.getByLabel('Seed', { exact: true }).fill('42');
  assert.equal(await picture(), structure);
  await close();
});
