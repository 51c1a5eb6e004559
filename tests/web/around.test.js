// Ways around the page: shortcuts, skip links, the search for parameters, the gallery and the tour.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from '../support/until.js';
import { rested, settled, shows } from './support/page.js';
import { visit } from './support/visits.js';

const dialog = (page, name) => page.getByRole('dialog', { name });

/** Waits until the keys act: they come with the first complete data. */
async function ready(page) {
  await rested(page);
  await page.locator('.skip-links').waitFor({ state: 'attached' });
}

const nameOfFocus = (page) =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    return element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? '';
  });

test('the question mark lists the shortcuts, and each of them acts', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern' });
  await ready(page);
  await page.keyboard.press('?');
  const list = dialog(page, 'Keyboard shortcuts');
  await list.waitFor();
  for (const words of ['find a parameter', 'earlier sequences', 'later sequences', /pin/])
    assert.equal(await list.getByText(words).count(), 1, `${words}`);
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'hidden' });
  const from = page.getByLabel('from', { exact: true });
  await page.keyboard.press(']');
  await until(async () => assert.equal(await from.inputValue(), '200'));
  await page.keyboard.press('[');
  await until(async () => assert.equal(await from.inputValue(), '0'));
  await page.keyboard.press('p');
  await page.getByRole('region', { name: 'A (pinned) and B' }).waitFor();
  await page.keyboard.press('/');
  await dialog(page, 'Find a parameter').waitFor();
  await close();
});

test('shortcuts never act while something is typed, and can be switched off for good', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern' });
  await ready(page);
  const seed = page.getByLabel('Seed', { exact: true });
  await seed.focus();
  for (const key of ['?', '/', 'p', ']']) await page.keyboard.press(key);
  assert.equal(await seed.inputValue(), '42?/p]');
  await seed.fill('42');
  await page.getByRole('combobox', { name: 'Preset' }).focus();
  await page.keyboard.press('p');
  assert.equal(await page.locator('dialog[open]').count(), 0);
  assert.equal(await page.getByRole('region', { name: 'A (pinned) and B' }).count(), 0);

  await page.getByRole('button', { name: 'Shortcuts and tour' }).click();
  await page.getByRole('checkbox', { name: /^These keys act/ }).uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await ready(page);
  await page.keyboard.press('?');
  await page.keyboard.press('p');
  await settled(page);
  assert.equal(await page.locator('dialog[open]').count(), 0);
  assert.equal(await page.getByRole('region', { name: 'A (pinned) and B' }).count(), 0);
  await close();
});

test('from the top of the page the raster is three keys away', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern' });
  await ready(page);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('button', { name: 'Skip to the sequences' });
  assert.ok(await skip.evaluate((button) => button === document.activeElement));
  const box = await skip.boundingBox();
  assert.ok(box.x >= 0 && box.y >= 0 && box.height >= 24, JSON.stringify(box));
  await page.keyboard.press('Enter');
  assert.match(await nameOfFocus(page), /^Sequences, a row each/);
  await page.keyboard.press('ArrowRight');
  await page.getByText('sequence 0, position 1', { exact: true }).waitFor();
  for (const [name, selector] of [
    ['numbers', '.numbers'],
    ['charts', '.charts'],
    ['parameters', '#preset'],
  ]) {
    await page.getByRole('button', { name: `Skip to the ${name}` }).press('Enter');
    assert.ok(
      await page.evaluate((wanted) => document.activeElement.matches(wanted), selector),
      name,
    );
  }
  await close();
});

test('the help of a group of parameters is one stop of Tab, the arrows move within it', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern' });
  await ready(page);
  const group = page.getByRole('group', { name: 'Pattern', exact: true });
  const helps = group.getByRole('button', { name: /^About / });
  const stops = await helps.evaluateAll((buttons) => buttons.map(({ tabIndex }) => tabIndex));
  assert.ok(stops.length > 1);
  assert.deepEqual(stops, [0, ...stops.slice(1).map(() => -1)]);
  await helps.first().focus();
  await page.keyboard.press('ArrowDown');
  assert.ok(await helps.nth(1).evaluate((button) => button === document.activeElement));
  assert.equal(await helps.nth(1).getAttribute('tabindex'), '0');
  await page.keyboard.press('Home');
  assert.ok(await helps.first().evaluate((button) => button === document.activeElement));
  await close();
});

test('a parameter is found by its name or purpose, by keyboard and by pointer', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern' });
  await ready(page);
  await page.keyboard.press('/');
  const find = dialog(page, 'Find a parameter');
  await page.keyboard.type('noise');
  const first = find.getByRole('option').first();
  assert.match(await first.textContent(), /noise_probability/);
  assert.equal(await first.getAttribute('aria-selected'), 'true');
  await page.keyboard.press('Enter');
  await find.waitFor({ state: 'hidden' });
  assert.equal(await nameOfFocus(page), 'Noise');

  await page.getByRole('button', { name: 'Find a parameter' }).click();
  await page.keyboard.type('seed');
  await find.getByRole('option', { name: /seed/ }).first().click();
  assert.equal(await nameOfFocus(page), 'Seed');
  await close();
});

test('the gallery shows a picture of every preset, and a press takes its settings', async () => {
  const { page, close } = await visit({ hash: '#generator=random' });
  await ready(page);
  await page.getByRole('option', { name: 'mess3', exact: true }).waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Browse presets' }).click();
  const gallery = dialog(page, 'Presets');
  const cards = gallery.locator('.gallery-card');
  const options = await page.locator('#preset option').count();
  assert.equal(await cards.count(), options - 1);
  // The core cannot draw what the visitor's code makes.
  assert.equal(await cards.locator('svg').count(), options - 2);
  assert.ok((await gallery.getByRole('heading', { name: /^Papers: / }).count()) > 2);
  const colours = await gallery
    .getByRole('button', { name: 'Long mirrors' })
    .locator('rect')
    .evaluateAll((all) => new Set(all.map((part) => getComputedStyle(part).fill)).size);
  assert.ok(colours > 1, `${colours}`);
  await gallery.getByRole('button', { name: 'Long mirrors' }).click();
  await gallery.waitFor({ state: 'hidden' });
  await shows(page, 'Pattern length', '64');
  assert.ok(await page.getByRole('radio', { name: 'pattern', exact: true }).isChecked());
  await close();
});

test('a first visit gets a tour of four steps, which never comes again', async () => {
  const isFirst = () => {
    if (sessionStorage.getItem('visited')) return;
    localStorage.removeItem('synthgen-tour');
    sessionStorage.setItem('visited', 'yes');
  };
  const { page, close } = await visit({ init: isFirst });
  const first = dialog(page, 'Choose a family');
  await first.waitFor();
  await first.getByText('1 of 4').waitFor();
  assert.equal(await page.locator('.tour-target').count(), 1);
  for (const title of ['Change a parameter', 'See the structure', 'Check and take it']) {
    await page.keyboard.press('Enter');
    await dialog(page, title).waitFor();
  }
  await page.getByRole('button', { name: 'Done' }).click();
  await dialog(page, 'Check and take it').waitFor({ state: 'hidden' });
  assert.equal(await page.locator('.tour-target').count(), 0);
  await page.reload();
  await ready(page);
  assert.equal(await page.locator('dialog[open]').count(), 0);
  await page.getByRole('button', { name: 'Shortcuts and tour' }).click();
  await page.getByRole('button', { name: 'Take the tour' }).click();
  await dialog(page, 'Choose a family').waitFor();
  await page.keyboard.press('Escape');
  await dialog(page, 'Choose a family').waitFor({ state: 'hidden' });
  await close();
});

test('who follows a link gets no tour', async () => {
  const { page, close } = await visit({
    hash: '#generator=random',
    init: () => localStorage.removeItem('synthgen-tour'),
  });
  await ready(page);
  await page.getByRole('button', { name: 'Shortcuts and tour' }).click();
  await dialog(page, 'Keyboard shortcuts').waitFor();
  assert.equal(await page.locator('.tour[open]').count(), 0);
  await close();
});
