// Charts answer: values under the pointer and by keyboard, and what is behind them in the sequences.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { createSynthgen } from 'synthgen';

import { until } from '../support/until.js';
import { dataTable, phone, picture, rested } from './support/page.js';
import { visit } from './support/visits.js';

const config = { generator: 'pattern', vocab_size: 40, seq_length: 32, noise_probability: 0.1 };
const hash = `#${new URLSearchParams(config)}`;

let batch;
let report;

before(async () => {
  const synthgen = await createSynthgen();
  batch = synthgen.generator(config).generate({ count: 200, latents: true });
  report = synthgen.analyzeSequences(batch, { config, perSequence: true });
});

const figure = (page, title) => page.getByRole('group', { name: `${title}, values` });
const card = (page, title) => page.getByRole('region', { name: title, exact: true });
const finding = (page) => page.locator('.finding');
const found = (page) => finding(page).getByRole('status');
const tooltip = (page, title) => card(page, title).locator('.brush-tooltip');

/** Waits until so many device pixels of the raster are not faded. */
const raster = (page) => page.locator('.raster canvas').first();

/** What a chart says of the value under the pointer or keyboard: names and values. */
async function values(page, title) {
  const names = await tooltip(page, title).locator('dt').allTextContents();
  const numbers = await tooltip(page, title).locator('dd').allTextContents();
  return Object.fromEntries(names.map((name, i) => [name, numbers[i]]));
}

/** Points at a place of a chart, as a share of its width and height, until its values are shown. */
async function pointAt(page, title, [x, y]) {
  await figure(page, title).scrollIntoViewIfNeeded();
  const box = await figure(page, title).boundingBox();
  // What shows the values loads when the pointer comes.
  await until(async () => {
    await page.mouse.move(box.x + x * box.width, box.y + y * box.height - 1);
    await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
    assert.ok(await tooltip(page, title).isVisible());
  });
  return box;
}

/** The sequences whose value of a measure is in a range. */
const countWithin = (name, from, to, isLast) =>
  report.per_sequence[name].filter(
    (value) => value >= from && (value < to || (isLast && value === to)),
  ).length;

test('a bar shows its values under the pointer; a click shows its sequences in the raster', async () => {
  const { page, close } = await visit({ hash });
  await rested(page);
  const [, ...rows] = await dataTable(card(page, 'Entropy'));
  const plain = await picture(raster(page));
  await pointAt(page, 'Entropy', [0.6, 0.5]);
  const told = Object.values(await values(page, 'Entropy'));
  const row = rows.find(([from, to]) => from === told[0] && to === told[1]);
  assert.deepEqual(told, row);

  await page.mouse.down();
  await page.mouse.up();
  await found(page).waitFor();
  assert.match(
    await found(page).textContent(),
    new RegExp(`^entropy from ${told[0]} to ${told[1]}: `),
  );
  assert.match(await found(page).textContent(), new RegExp(`: ${told[2]} of 200 sequences$`));
  assert.notEqual(await picture(raster(page)), plain);
  await page.getByRole('button', { name: 'Show all' }).click();
  assert.equal(await picture(raster(page)), plain);
  await close();
});

test('by keyboard: arrows say each value, Shift takes a range, Enter finds it', async () => {
  const { page, close } = await visit({ hash });
  await rested(page);
  await figure(page, 'Entropy').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await until(() => tooltip(page, 'Entropy').isVisible());
  const said = card(page, 'Entropy').getByRole('status');
  const first = await said.textContent();
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await said.textContent(), first);
  await page.keyboard.press('Home');
  assert.equal(await said.textContent(), first);
  await page.keyboard.press('Shift+End');
  await page.keyboard.press('Enter');
  await until(async () => assert.match(await found(page).textContent(), /: 200 of 200 sequences$/));
  await page.keyboard.press('Escape');
  await tooltip(page, 'Entropy').waitFor({ state: 'hidden' });
  await close();
});

test('a drag over a histogram takes the sequences of a range', async () => {
  const { page, close } = await visit({ hash });
  await rested(page);
  const box = await pointAt(page, 'Entropy', [0.4, 0.5]);
  const from = Number(Object.values(await values(page, 'Entropy'))[0]);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.75 * box.width, box.y + 40, { steps: 3 });
  const to = Number(Object.values(await values(page, 'Entropy'))[1]);
  await page.mouse.up();
  await found(page).waitFor();
  const count = countWithin('entropy', from, to, false);
  assert.ok(count > 50, `${count} sequences from ${from} to ${to}`);
  await until(async () =>
    assert.match(await found(page).textContent(), new RegExp(`: ${count} of 200`)),
  );
  await close();
});

test('a tap shows a value and what is behind it', async () => {
  const { page, close } = await visit({ hash, viewport: phone, hasTouch: true });
  await rested(page);
  await figure(page, 'Entropy').scrollIntoViewIfNeeded();
  await until(async () => {
    await figure(page, 'Entropy').tap();
    assert.ok(await tooltip(page, 'Entropy').isVisible());
  });
  await until(async () => assert.ok(await finding(page).count()));
  await close();
});

test('a sequence in the raster marks its place in each distribution', async () => {
  // Large enough for the raster and the chart.
  const { page, close } = await visit({ hash, viewport: { width: 1900, height: 1400 } });
  await rested(page);
  const coherences = report.per_sequence.global_coherence;
  const mark = card(page, 'Global coherence').locator('.brush-row');
  const grid = await page.getByRole('grid').boundingBox();
  const places = [];
  for (const value of [Math.min(...coherences), Math.max(...coherences)]) {
    const row = coherences.indexOf(value);
    await until(async () => {
      await page.mouse.move(5, 5);
      await page.mouse.move(grid.x + 10, grid.y + ((row + 0.5) * grid.height) / 200);
      assert.ok(await mark.isVisible());
    });
    places.push((await mark.boundingBox()).x);
  }
  const chart = await figure(page, 'Global coherence').boundingBox();
  assert.ok(places[0] < places[1], places.join());
  assert.ok(places[0] > chart.x && places[1] < chart.x + chart.width);
  await page.mouse.move(5, 5);
  await mark.waitFor({ state: 'hidden' });
  await close();
});

test('a legend entry shows its kind alone, and all again', async () => {
  const { page, close } = await visit({ hash });
  const plain = await picture(raster(page));
  const entry = page.getByRole('list', { name: 'Colours' }).getByRole('button', { name: 'noise' });
  await entry.click();
  const noise = batch.latents.reduce((sum, latents) => sum + latents.noise.length, 0);
  await until(async () =>
    assert.match(await found(page).textContent(), new RegExp(`^noise: ${noise} tokens`)),
  );
  assert.equal(await entry.getAttribute('aria-pressed'), 'true');
  assert.notEqual(await picture(raster(page)), plain);
  // It holds for other data as well, and the entry keeps the focus.
  await page.getByRole('button', { name: 'Later sequences' }).click();
  await until(async () =>
    assert.doesNotMatch(await found(page).textContent(), new RegExp(`^noise: ${noise} tokens`)),
  );
  await page.getByRole('button', { name: 'Earlier sequences' }).click();
  await entry.press('Enter');
  await finding(page).waitFor({ state: 'hidden' });
  assert.equal(await entry.getAttribute('aria-pressed'), 'false');
  assert.equal(await picture(raster(page)), plain);
  await close();
});

test('an n-gram is found in the sequences, place after place', async () => {
  const { page, close } = await visit({ hash });
  await rested(page);
  await pointAt(page, 'Most common n-grams', [0.5, 0.1]);
  await page.mouse.down();
  await page.mouse.up();
  const [{ pattern, count }] = report.pattern_detection;
  await until(async () =>
    assert.equal(await found(page).textContent(), `3-gram ${pattern.join(' ')}: ${count} places`),
  );
  const firsts = [];
  for (let row = 0; row < 200; row += 1) {
    for (let i = 0; i + 3 <= 32; i += 1) {
      if (pattern.every((id, k) => batch.tokens[row * 32 + i + k] === id)) firsts.push([row, i]);
    }
  }
  for (const [row, position] of [firsts[0], firsts[1]]) {
    await page.getByRole('button', { name: 'Next place' }).click();
    await page.getByText(`sequence ${row}, position ${position}`, { exact: true }).waitFor();
  }
  await page.getByRole('button', { name: 'Previous place' }).click();
  const [row, position] = firsts[0];
  await page.getByText(`sequence ${row}, position ${position}`, { exact: true }).waitFor();
  await close();
});

test('a token is found by a click on it in the raster, or Enter', async () => {
  const { page, close } = await visit({ hash });
  const box = await page.getByRole('grid').boundingBox();
  await page.mouse.click(box.x + (5.5 * box.width) / 32, box.y + (0.5 * box.height) / 200);
  const token = batch.tokens[5];
  const count = batch.tokens.filter((id) => id === token).length;
  await until(async () =>
    assert.equal(await found(page).textContent(), `token ${token}: ${count} places`),
  );
  await page.keyboard.press('Enter');
  await finding(page).waitFor({ state: 'hidden' });
  await close();
});

test('every chart shows values by keyboard', async () => {
  const { page, close } = await visit({ hash: `${hash}&length_variation=0.3` });
  await rested(page);
  const figures = page.locator('.chart-figure:visible');
  const count = await figures.count();
  assert.ok(count >= 9, `${count} charts`);
  for (let i = 0; i < count; i += 1) {
    await figures.nth(i).focus();
    await until(async () => {
      await page.keyboard.press('End');
      await page.keyboard.press('ArrowLeft');
      assert.ok(await figures.nth(i).locator('.brush-tooltip').isVisible());
      assert.notEqual(await figures.nth(i).getByRole('status').textContent(), '');
    });
  }
  await close();
});
