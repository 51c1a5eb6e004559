// The page shows the sequences that a split has, and no others.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { violations } from './support/axe.js';
import { numbersRow, phone, settled } from './support/page.js';
import { visit } from './support/visits.js';

const heading = (page, name) => page.getByRole('heading', { name, exact: true });
const from = (page) => page.getByRole('textbox', { name: 'from' });
const data = (page) => page.getByRole('region', { name: /sequences/i }).first();

test('a split of 7 sequences shows and measures 7, and has no other page', async () => {
  const { page, close } = await visit({ hash: '#generator=random&seq_length=64&num_train=7' });
  await heading(page, '7 sequences × 64 tokens').waitFor();
  const [measured] = await numbersRow(page, /^sequences/);
  assert.equal(measured, '7');
  assert.equal(await page.getByRole('grid').getAttribute('aria-rowcount'), '7');
  assert.ok(await page.getByRole('button', { name: 'Earlier sequences' }).isDisabled());
  assert.ok(await page.getByRole('button', { name: 'Later sequences' }).isDisabled());
  await close();
});

test('a part of a split is named as one, up to the last page', async () => {
  const { page, close } = await visit({ hash: '#generator=random&seq_length=64&num_train=450' });
  await heading(page, 'First 200 of 450 sequences × 64 tokens').waitFor();
  const later = page.getByRole('button', { name: 'Later sequences' });
  await later.click();
  await heading(page, 'Sequences 200 to 399 of 450 × 64 tokens').waitFor();
  await later.click();
  await heading(page, 'Sequences 400 to 449 of 450 × 64 tokens').waitFor();
  assert.ok(await later.isDisabled());
  await page.getByRole('button', { name: 'Earlier sequences' }).click();
  await heading(page, 'Sequences 200 to 399 of 450 × 64 tokens').waitFor();
  await close();
});

test('beyond the end of a split there is no data, and one step back to it', async () => {
  const { page, close } = await visit({
    hash: '#generator=random&seq_length=64&num_train=1000&view.from=5000',
  });
  await heading(page, 'No sequences').waitFor();
  await data(page).getByText('starts after its end, at sequence 5,000').waitFor();
  assert.equal(await page.getByRole('grid').count(), 0);
  assert.equal(await page.getByRole('region', { name: 'Numbers' }).count(), 0);
  assert.equal(await page.getByRole('region', { name: 'Token frequency' }).count(), 0);
  assert.deepEqual(await violations(page), []);
  await page.getByRole('button', { name: 'Go to the first sequence' }).click();
  await heading(page, 'First 200 of 1,000 sequences × 64 tokens').waitFor();
  assert.equal(await from(page).inputValue(), '0');
  await page.getByRole('region', { name: 'Numbers' }).waitFor();
  await close();
});

test('an empty split says so and leads to the number of its sequences', async () => {
  for (const viewport of [undefined, phone]) {
    const { page, close } = await visit({
      hash: '#generator=random&seq_length=64&view.split=test',
      ...(viewport && { viewport }),
    });
    await data(page).getByText('The test split has no sequences.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Go to the first sequence' }).count(), 0);
    await page.getByRole('button', { name: 'Change the number of sequences' }).click();
    const focused = await page.evaluate(() => document.activeElement.id);
    assert.match(focused, /^num_test/);
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('3');
    await page.keyboard.press('Enter');
    await heading(page, '3 sequences × 64 tokens').waitFor();
    await close();
  }
});

test('a pinned dataset that ends earlier is compared up to its end', async () => {
  const { page, close } = await visit({
    hash: '#generator=random&seq_length=64&num_train=450&view.from=200&pin.generator=random&pin.seq_length=64&pin.num_train=100',
  });
  await heading(page, 'Sequences 200 to 399 of 450 × 64 tokens').waitFor();
  await page.getByText('A has no sequences here: its split ends before this view.').waitFor();
  await from(page).fill('0');
  await page.keyboard.press('Enter');
  await settled(page);
  await page.getByText('of 12,800 tokens of B').waitFor();
  await close();
});

test('the test split is held against its own length, limits and expectations', async () => {
  const { page, close } = await visit({
    hash: `#generator=random&vocab_size=50&num_test=300&view.split=test&splits=${encodeURIComponent('{"test":{"seq_length":512,"vocab_size":100}}')}&seq_length=64`,
  });
  await heading(page, 'First 200 of 300 sequences × 512 tokens').waitFor();
  const [length, verdict, expected] = await numbersRow(page, 'mean length');
  assert.deepEqual([length, expected], ['512', '512']);
  assert.match(verdict, /●/);
  const [, coherent, coherence] = await numbersRow(page, 'local coherence');
  assert.equal(coherence, '0.01');
  assert.match(coherent, /●/);
  await page.getByText('Data validation passed').waitFor();
  await page.getByRole('radio', { name: 'train' }).click();
  await heading(page, 'First 200 of 50,000 sequences × 64 tokens').waitFor();
  assert.equal((await numbersRow(page, 'mean length'))[2], '64');
  await page.getByText('Data validation passed').waitFor();
  await close();
});
