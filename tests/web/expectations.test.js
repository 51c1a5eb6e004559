// Every number has its expected value for a sample of the same size, with the error.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from '../support/until.js';
import { numbersRow, rested } from './support/page.js';
import { visit } from './support/visits.js';

/** Numbers that the settings give, which need no expected value. */
const given = ['sequences'];

test('what has no closed form is filled in with its error, and then no row is without', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern&vocab_size=64&seq_length=64' });
  const rows = page.locator('.numbers tbody').locator('tr:has(td)');
  await until(async () => {
    const [, , expected] = await numbersRow(page, 'sequence diversity');
    assert.match(expected, /^1/);
  });
  const texts = await rows.evaluateAll((list) =>
    list
      .filter((row) => row.closest('.numbers-table')?.parentElement?.matches('.numbers'))
      .map(({ cells }) => [...cells].map(({ textContent }) => textContent)),
  );
  assert.ok(texts.length > 8);
  const without = texts.filter(([, , , expected]) => expected === '–').map(([name]) => name.trim());
  assert.deepEqual(
    without.filter((name) => !given.includes(name) && !name.startsWith('floor')),
    [],
  );
  const [, , ids] = await numbersRow(page, 'ids used');
  assert.match(ids, /^6[34]/);
  const [, , diversity] = await numbersRow(page, 'average entropy');
  assert.match(diversity, /^\d\.\d+ ±0\.\d+$/);
  await close();
});

test('the entropy of few tokens is compared with that of as few, not with the law', async () => {
  const hash = '#generator=random&vocab_size=2147483647&seq_length=64';
  const { page, close } = await visit({ hash });
  await until(async () => {
    const [measured, verdict, expected] = await numbersRow(page, 'token entropy');
    // 12,800 tokens that all differ; the law has 31 bits.
    assert.ok(Math.abs(measured - Math.log2(12_800)) < 0.01, measured);
    assert.ok(Math.abs(parseFloat(expected) - measured) < 0.01, expected);
    assert.match(verdict, /●/);
  });
  await close();
});

test('charts have what was simulated where there is no closed form', async () => {
  const { page, close } = await visit({
    hash: '#generator=hierarchical&vocab_size=64&seq_length=64',
  });
  await rested(page);
  const card = page.getByRole('region', { name: 'Mutual information at distance' });
  await until(async () => assert.ok(await card.locator('.expected').count()));
  await until(async () => assert.match(await card.textContent(), /expected \(dashed\)/));
  await close();
});
