// Two datasets side by side: pinned as A, and B as the form has it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { settled } from './support/page.js';
import { visit } from './support/visits.js';

const hashOf = (page) => new URL(page.url()).hash;
const field = (page, label) => page.getByLabel(label, { exact: true });
const panel = (page) => page.getByRole('region', { name: 'A, pinned, against B' });

/** The cells of the panel's row of that name. */
async function rowOf(page, name) {
  const row = panel(page).getByRole('row', { name });
  await row.waitFor();
  return row.getByRole('cell').allTextContents();
}

test('what is pinned stays while the form changes, and the differences are told', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern&noise_probability=0.1' });
  assert.equal(await panel(page).count(), 0);
  await page.getByRole('button', { name: 'Pin as A' }).click();
  await panel(page)
    .getByText(/^A and B are the same/)
    .waitFor();
  const rasters = page.getByRole('grid');
  assert.equal(await rasters.count(), 2);

  await field(page, 'Noise').fill('0.2');
  await field(page, 'Noise').press('Enter');
  await settled(page);
  assert.deepEqual(await rowOf(page, /^Noise/), ['0.1', '0.2']);
  const [a, b] = await rowOf(page, /^noise rate/);
  assert.match(a, /^0\.1\d* \(0\.1\)$/);
  assert.match(b, /^0\.2\d* \(0\.2\)$/);
  await panel(page)
    .getByText(/positions are noisy in both, 0 only in A, [\d,]+ only in B\.$/)
    .waitFor();

  const { x: leftOfA } = await rasters.first().boundingBox();
  const { x: leftOfB } = await rasters.last().boundingBox();
  assert.ok(leftOfA < leftOfB);
  await page.getByRole('button', { name: 'Unpin A' }).click();
  assert.equal(await rasters.count(), 1);
  await panel(page).waitFor({ state: 'hidden' });
  await close();
});

test('a link holds both sides, and swapping turns them round', async () => {
  const first = await visit({ hash: '#generator=pattern&seed=7&seq_length=64' });
  await first.page.getByRole('button', { name: 'Pin as A' }).click();
  await first.page.getByRole('radio', { name: 'random', exact: true }).click();
  await settled(first.page);
  const hash = hashOf(first.page);
  await first.close();

  const { page, close } = await visit({ hash });
  assert.deepEqual(await rowOf(page, 'Pattern probability'), ['0.3', '–']);
  await page.getByRole('button', { name: 'Swap A and B' }).click();
  await settled(page);
  assert.ok(await page.getByRole('radio', { name: 'pattern', exact: true }).isChecked());
  assert.deepEqual(await rowOf(page, 'Pattern probability'), ['–', '0.3']);
  assert.match(hashOf(page), /pin\.generator=random/);
  await close();
});

test('the rasters move as one, and each tells what the other has', async () => {
  const { page, close } = await visit({
    hash: '#generator=pattern&vocab_size=900&seq_length=64&noise_probability=1&pin.generator=pattern&pin.vocab_size=900&pin.seq_length=64&pin.noise_probability=0',
  });
  const a = page.getByRole('grid', { name: /^Sequences of A/ });
  const b = page.getByRole('grid', { name: /^Sequences, / });
  await a.waitFor();
  const tokenAt = async (grid) => {
    const id = await grid.getAttribute('aria-activedescendant');
    return (await page.locator(`[id="${id}"]`).textContent()).match(
      /^token (\d+); .*; (?:token (\d+)|the same token) beside it;/,
    );
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

test('marking lets the tokens that stay step back', async () => {
  const { page, close } = await visit({
    hash: '#generator=pattern&noise_probability=0.2&pin.generator=pattern&pin.noise_probability=0.2',
  });
  const picture = async () => {
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    return page
      .locator('canvas')
      .last()
      .evaluate((canvas) => canvas.toDataURL());
  };
  await panel(page)
    .getByText(/^A and B are the same/)
    .waitFor();
  const marked = await picture();
  await page.getByRole('radio', { name: 'unmarked' }).click();
  assert.notEqual(await picture(), marked);
  assert.match(hashOf(page), /view\.changes=unmarked/);
  await page.getByRole('radio', { name: 'marked', exact: true }).click();
  assert.equal(await picture(), marked);
  await close();
});

test('a preset shows a clean ablation, and the next one puts it away', async () => {
  const { page, close } = await visit();
  await field(page, 'Preset').selectOption('Noise 0.1 → 0.2');
  await settled(page);
  assert.deepEqual(await rowOf(page, /^Noise/), ['0.1', '0.2']);
  assert.equal(await field(page, 'Preset').inputValue(), 'Noise 0.1 → 0.2');
  await field(page, 'Preset').selectOption('Zipf');
  await panel(page).waitFor({ state: 'hidden' });
  await close();
});

test('a pinned side that the core refuses is told, and can be unpinned', async () => {
  const { page, close } = await visit({
    hash: '#generator=random&pin.generator=pattern&pin.vocab_size=-1',
  });
  await panel(page)
    .getByText(/vocab_size: got -1/)
    .waitFor();
  await page.getByRole('button', { name: 'Unpin A' }).click();
  await panel(page).waitFor({ state: 'hidden' });
  assert.equal(hashOf(page), '#generator=random');
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
