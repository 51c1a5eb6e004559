// The floor, what shortcuts get and the presets of papers, which come once the page rests.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { visit } from './support/visits.js';

const pattern = '#generator=pattern&vocab_size=64&seq_length=64&pattern_probability=0.6';

test('the floor is among the numbers and a chart has it by position, with oracle and unigram', async () => {
  const { page, close } = await visit({ hash: pattern });
  const row = page.locator('.numbers tr', { has: page.locator('th', { hasText: /^floor/ }) });
  await row.first().waitFor();
  const card = page.locator('.chart-card', { hasText: 'Bits at each position' });
  await card.waitFor();
  await card.locator('.chart-data summary').click();
  const columns = await card.locator('.chart-table th').allTextContents();
  assert.deepEqual(columns, ['position', 'bits', 'oracle', 'unigram']);
  const first = await card.locator('.chart-table tbody tr').first().locator('td').allTextContents();
  assert.equal(first[0], '0');
  assert.equal(first[1], '6', 'log2 64 for the first token');
  await close();
});

test('what shortcuts get is next to the floor of the labels', async () => {
  const { page, close } = await visit({
    hash: '#generator=recall&vocab_size=64&seq_length=64&num_kv_pairs=4&random_non_queries=false',
  });
  const part = page.locator('details.shortcuts');
  await part.waitFor();
  await part.locator('summary').click();
  const rowOf = (name) =>
    part.locator('tr', { has: page.locator('th', { hasText: name }) }).locator('td');
  assert.match(
    await rowOf(/^last value$/)
      .last()
      .textContent(),
    /^100\s%$/,
  );
  assert.equal(
    await rowOf(/^floor$/)
      .first()
      .textContent(),
    '0',
  );
  await close();
});

test('a config without an exact law shows the reason', async () => {
  const { page, close } = await visit({ hash: '#generator=hierarchical&vocab_size=64' });
  const part = page.locator('details.shortcuts');
  await part.waitFor();
  assert.match(await part.textContent(), /no exact law of the next token: /);
  await close();
});

test('the presets of the core can be chosen, and say where they come from', async () => {
  const { page, close } = await visit({});
  const papers = page.locator('#preset optgroup[label="Papers"] option');
  await papers.first().waitFor({ state: 'attached' });
  await page.locator('#preset').selectOption('icl-markov-3-fixed');
  const about = page.locator('.preset-about');
  await about.waitFor();
  await about.locator('summary').click();
  assert.match(await about.textContent(), /Edelman et al\./);
  assert.match(page.url(), /generator=markov/);
  assert.equal(await page.locator('#preset').inputValue(), 'icl-markov-3-fixed');
  await close();
});
