// Undo and redo are the browser's back and forward, an entry for each committed change.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from '../support/until.js';
import { goBack, goForward, hashOf, settled, shows } from './support/page.js';
import { visit } from './support/visits.js';

const field = (page, label) => page.getByLabel(label, { exact: true });
const button = (page, name) => page.getByRole('button', { name, exact: true });
const entries = (page) => page.evaluate(() => history.length);

/** Stops the clock by which the page measures pauses between steps: however slow, they follow at once. */
const stopClock = (page) =>
  page.evaluate(() => {
    const now = performance.now();
    performance.now = () => now;
  });

test('undo and redo step through what was committed', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern' });
  assert.ok(await button(page, 'Undo').isDisabled());
  assert.ok(await button(page, 'Redo').isDisabled());
  await field(page, 'Noise').fill('0.2');
  await field(page, 'Noise').press('Tab');
  await page.getByRole('checkbox', { name: 'reversal' }).click();

  await button(page, 'Undo').click();
  await page.getByRole('checkbox', { name: 'reversal', checked: true }).waitFor();
  assert.equal(await field(page, 'Noise').inputValue(), '0.2');
  await button(page, 'Undo').click();
  await shows(page, 'Noise', '0');
  assert.ok(await button(page, 'Undo').isDisabled());
  await goForward(page);
  await shows(page, 'Noise', '0.2');
  await button(page, 'Redo').click();
  await page.getByRole('checkbox', { name: 'reversal', checked: false }).waitFor();
  assert.ok(await button(page, 'Redo').isDisabled());

  await goBack(page);
  await page.getByRole('checkbox', { name: 'reversal', checked: true }).waitFor();
  assert.ok(await button(page, 'Redo').isEnabled());
  await page.getByRole('checkbox', { name: 'alternation' }).click();
  assert.ok(await button(page, 'Redo').isDisabled(), 'a new change ends what could be redone');
  await close();
});

test('the keys undo and redo, but in a text field they are the field’s own', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern' });
  await page.getByRole('radio', { name: 'random', exact: true }).click();
  await page.keyboard.press('Control+z');
  await page.getByRole('radio', { name: 'pattern', exact: true, checked: true }).waitFor();
  await page.keyboard.press('Control+Shift+Z');
  await page.getByRole('radio', { name: 'random', exact: true, checked: true }).waitFor();
  await field(page, 'Seed').focus();
  await page.keyboard.press('Control+z');
  await settled(page);
  assert.ok(await page.getByRole('radio', { name: 'random', exact: true }).isChecked());
  await close();
});

test('many steps of a slider by keyboard make one entry', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern' });
  const atFirst = await entries(page);
  await stopClock(page);
  await page.getByRole('slider', { name: 'Noise, slider' }).focus();
  for (let i = 0; i < 9; i += 1) await page.keyboard.press('ArrowRight');
  await shows(page, 'Noise', '0.09');
  assert.equal(await entries(page), atFirst + 1);
  await until(async () => assert.match(await hashOf(page), /noise_probability=0\.09$/));
  await page.getByRole('slider', { name: 'Pattern probability, slider' }).focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await entries(page), atFirst + 2);
  await button(page, 'Undo').click();
  await shows(page, 'Pattern probability', '0.3');
  await button(page, 'Undo').click();
  await shows(page, 'Noise', '0');
  await close();
});

test('after a reload what was done can still be undone and redone', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern' });
  for (const seed of ['1', '2']) {
    await field(page, 'Seed').fill(seed);
    await field(page, 'Seed').press('Enter');
    await page.getByRole('heading', { level: 1 }).click();
  }
  await button(page, 'Undo').click();
  await shows(page, 'Seed', '1');
  await page.reload();
  await settled(page);
  await button(page, 'Redo').click();
  await shows(page, 'Seed', '2');
  await button(page, 'Undo').click();
  await shows(page, 'Seed', '1');
  await button(page, 'Undo').click();
  await shows(page, 'Seed', '42');
  await close();
});
