// Two datasets side by side: pinned as A, and B as the form has it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from '../support/until.js';
import { hashOf, picture, settled, shows } from './support/page.js';
import { visit } from './support/visits.js';

const field = (page, label) => page.getByLabel(label, { exact: true });
const panel = (page) => page.getByRole('region', { name: 'A (pinned) and B' });

/** Waits until the panel's row of that name passes: `check` gets the texts of its cells. */
async function rowPasses(page, name, check) {
  const cells = panel(page).getByRole('row', { name }).getByRole('cell');
  await until(async () => check(await cells.allTextContents()));
}

/** Waits until the panel's row of that name has these cells. */
const rowIs = (page, name, expected) =>
  rowPasses(page, name, (texts) => assert.deepEqual(texts, expected));

test('what is pinned stays while the form changes, and the differences are shown', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern&noise_probability=0.1' });
  assert.equal(await panel(page).count(), 0);
  await page.getByRole('button', { name: 'Pin as A' }).click();
  await page.getByText(/^A and B are the same/).waitFor();
  const rasters = page.getByRole('grid');
  await until(async () => assert.equal(await rasters.count(), 2));

  await field(page, 'Noise').fill('0.2');
  await field(page, 'Noise').press('Enter');
  await settled(page);
  await rowIs(page, /^Noise/, ['0.1', '0.2']);
  await rowPasses(page, /^noise rate/, ([a, b]) => {
    assert.match(a, /^0\.1\d* \(0\.1\)$/);
    assert.match(b, /^0\.2\d* \(0\.2\)$/);
  });
  await page.getByText(/positions are noisy in both, 0 only in A, [\d,]+ only in B\.$/).waitFor();

  const { x: leftOfA } = await rasters.first().boundingBox();
  const { x: leftOfB } = await rasters.last().boundingBox();
  assert.ok(leftOfA < leftOfB);
  await page.getByRole('button', { name: 'Unpin A' }).click();
  await until(async () => assert.equal(await rasters.count(), 1));
  await panel(page).waitFor({ state: 'hidden' });
  await close();
});

test('a link holds both sides, and they can be swapped', async () => {
  const first = await visit({ hash: '#generator=pattern&seed=7&seq_length=64' });
  await first.page.getByRole('button', { name: 'Pin as A' }).click();
  await first.page.getByRole('radio', { name: 'random', exact: true }).click();
  await settled(first.page);
  const hash = await hashOf(first.page);
  await first.close();

  const { page, close } = await visit({ hash });
  await rowIs(page, 'Pattern probability', ['0.3', '–']);
  await page.getByRole('button', { name: 'Swap A and B' }).click();
  await settled(page);
  assert.ok(await page.getByRole('radio', { name: 'pattern', exact: true }).isChecked());
  await rowIs(page, 'Pattern probability', ['–', '0.3']);
  assert.match(await hashOf(page), /pin\.generator=random/);
  await close();
});

test('the rasters move as one, and each shows what the other has', async () => {
  const { page, close } = await visit({
    hash: '#generator=pattern&vocab_size=900&seq_length=64&noise_probability=1&pin.generator=pattern&pin.vocab_size=900&pin.seq_length=64&pin.noise_probability=0',
  });
  const a = page.getByRole('grid', { name: /^Sequences of A/ });
  const b = page.getByRole('grid', { name: /^Sequences, / });
  await a.waitFor();
  const tokenAt = async (grid) => {
    const words = /^token (\d+); .*; (?:token (\d+)|the same token) in the other dataset;/;
    const id = await grid.getAttribute('aria-activedescendant');
    const cell = page.locator(`[id="${id}"]`).filter({ hasText: words });
    await cell.waitFor({ state: 'attached' }); // the words load when they are first needed
    return (await cell.textContent()).match(words);
  };
  await b.focus();
  await page.keyboard.press('ArrowRight');
  const [, ofB, besideB] = await tokenAt(b);
  await a.focus();
  await page.keyboard.press('ArrowRight');
  const [, ofA, besideA] = await tokenAt(a);
  assert.deepEqual([besideB, besideA], [ofA, ofB]);

  await b.focus();
  for (let i = 0; i < 8; i += 1) await page.keyboard.press('+');
  await page.keyboard.press('Control+End');
  await page.waitForFunction(() => {
    const [first, second] = [...document.querySelectorAll('[role=grid]')].map((g) => g.scrollTop);
    return first > 1000 && first === second;
  });
  await close();
});

test('marking dims the tokens that stay', async () => {
  const { page, close } = await visit({
    hash: '#generator=pattern&noise_probability=0.2&pin.generator=pattern&pin.noise_probability=0.2',
  });
  const canvas = page.locator('canvas').last();
  await page.getByText(/^A and B are the same/).waitFor();
  const marked = await picture(canvas);
  await page.getByRole('radio', { name: 'unmarked' }).click();
  assert.notEqual(await picture(canvas), marked);
  assert.match(await hashOf(page), /view\.changes=unmarked/);
  await page.getByRole('radio', { name: 'marked', exact: true }).click();
  assert.equal(await picture(canvas), marked);
  await close();
});

test('a preset shows a clean ablation, and the next one puts it away', async () => {
  const { page, close } = await visit();
  await field(page, 'Preset').selectOption('Noise 0.1 → 0.2');
  await settled(page);
  await rowIs(page, /^Noise/, ['0.1', '0.2']);
  await shows(page, 'Preset', 'Noise 0.1 → 0.2');
  await field(page, 'Preset').selectOption('Zipf');
  await panel(page).waitFor({ state: 'hidden' });
  await close();
});

test('a pinned side that the core refuses is reported, and can be unpinned', async () => {
  const { page, close } = await visit({
    hash: '#generator=random&pin.generator=pattern&pin.vocab_size=-1',
  });
  await page.getByText(/vocab_size: got -1/).waitFor();
  await page.getByRole('button', { name: 'Unpin A' }).click();
  await panel(page).waitFor({ state: 'hidden' });
  assert.equal(await hashOf(page), '#generator=random');
  await close();
});

test('code is not pinned', async () => {
  const { page, close } = await visit({ hash: '#generator=custom&vocab_size=40&seq_length=8' });
  assert.ok(await page.getByRole('button', { name: 'Pin as A' }).isDisabled());
  await close();
});

test('changed tokens are marked in the text too, until that is turned off', async () => {
  const { page, close } = await visit({
    hash: '#generator=random&vocab_size=900&seq_length=64&noise_probability=1&pin.generator=random&pin.vocab_size=900&pin.seq_length=64&view.look=text',
  });
  const text = page.getByRole('region', { name: 'Sequences as text' });
  const marked = text.getByRole('mark');
  await marked.first().waitFor();
  const words = (list) => list.flatMap((run) => run.trim().split(/\s+/));
  const changed = words(await marked.allTextContents());
  const [rows] = (await page.getByText(/^[\d,]+ of [\d,]+ sequences$/).textContent()).split(' ');
  // A noisy token is drawn anew: of 900 ids one happens to be the same.
  assert.ok(changed.length > 0.98 * Number(rows) * 64, `${changed.length} in ${rows} rows`);
  await page.getByRole('radio', { name: 'unmarked', exact: true }).check();
  await marked.first().waitFor({ state: 'detached' });
  await close();
});

test('how the tokens differ is in sight with the rasters', async () => {
  const { page, close } = await visit({
    hash: '#generator=pattern&noise_probability=0.2&pin.generator=pattern&pin.noise_probability=0.1',
  });
  const summary = page.getByText(/tokens of B \([\d.]+ %\) differ from A\./);
  await summary.waitFor();
  const { y, height } = await summary.boundingBox();
  assert.ok(y > 0 && y + height < 400, `at ${y}`);
  await close();
});

test('sequences of other lengths are not compared token by token', async () => {
  const { page, close } = await visit({
    hash: '#generator=random&seq_length=64&pin.generator=random&pin.seq_length=96',
  });
  await page
    .getByText(/^A and B cannot be compared token by token: .* \(96 and 64 tokens\)/)
    .waitFor();
  assert.ok(await page.getByRole('radio', { name: 'unmarked' }).isHidden());
  await field(page, 'Sequence length').fill('96');
  await page.getByText(/^[\d,]+ of [\d,]+ tokens of B|^A and B are the same/).waitFor();
  await close();
});
