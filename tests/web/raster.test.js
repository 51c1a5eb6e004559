// The raster explains itself: under the pointer, by keyboard, and as text.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { createSynthgen } from 'synthgen';

import { settled } from './support/page.js';
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

const activeCell = (page) =>
  page.getByRole('grid').getByRole('gridcell').filter({ hasText: 'token' });

test('the pointer tells token, position, span and why', async () => {
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
  assert.match(
    await activeCell(page).textContent(),
    new RegExp(
      `^token ${token(row, position)}; noise: a fresh draw took this place; ${spanAt(row, position).kind}`,
    ),
  );
  await close();
});

test('the grid can be walked by keyboard, and tells a screen reader where it is', async () => {
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
    const cell = activeCell(page);
    assert.equal(await cell.getAttribute('aria-colindex'), String(position + 1), keys.join());
    assert.equal(await grid.getByRole('row').getAttribute('aria-rowindex'), String(row + 1));
    assert.match(
      await cell.textContent(),
      new RegExp(`^token ${token(row, position)}; .*position ${position}$`),
    );
    assert.equal(await grid.getAttribute('aria-activedescendant'), await cell.getAttribute('id'));
  }
  await close();
});

test('zoomed in, the cell under the keyboard stays in view', async () => {
  const { page, close } = await visit({ hash });
  for (let i = 0; i < 4; i += 1) await page.getByRole('button', { name: 'Zoom in' }).click();
  const grid = page.getByRole('grid');
  await grid.focus();
  for (const key of ['Control+End', 'End']) await page.keyboard.press(key);
  const scrolled = await grid.evaluate(({ scrollLeft, scrollTop }) => ({ scrollLeft, scrollTop }));
  assert.ok(scrolled.scrollLeft > 1000 && scrolled.scrollTop > 1000, JSON.stringify(scrolled));
  await page.getByText('sequence 199, position 31', { exact: true }).waitFor();
  await close();
});

test('the text view shows the very tokens', async () => {
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

test('the picture is of the data: other colours by token, other pixels for another seed', async () => {
  const { page, close } = await visit({ hash });
  const picture = async () => {
    await settled(page);
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    return page.locator('canvas').evaluate((canvas) => canvas.toDataURL());
  };
  const structure = await picture();
  await page.getByRole('radio', { name: 'token' }).click();
  const byToken = await picture();
  assert.notEqual(byToken, structure);
  await page.getByRole('radio', { name: 'structure' }).click();
  assert.equal(await picture(), structure);
  await page.getByLabel('Seed', { exact: true }).fill('43');
  const otherSeed = await picture();
  assert.notEqual(otherSeed, structure);
  await page.getByLabel('Seed', { exact: true }).fill('42');
  assert.equal(await picture(), structure);
  await close();
});
