// The numbers panel: statistics, quality and structure next to what is expected, and validation.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { goBack, hashOf, numbersRow, shows } from './support/page.js';
import { visit } from './support/visits.js';

test('the quality metrics are next to the statistics', async () => {
  const { page, close } = await visit({ hash: '#generator=random&vocab_size=64&seq_length=300' });
  assert.equal((await numbersRow(page, 'sequences'))[0], '200');
  assert.equal((await numbersRow(page, 'sequence diversity'))[0], '1');
  assert.equal((await numbersRow(page, 'token diversity'))[0], '64');
  const [entropy] = await numbersRow(page, 'average entropy');
  assert.ok(entropy > 5.7 && entropy < 6, entropy);
  const [measured, , expected] = await numbersRow(page, 'token entropy');
  // That of the law at first, then that of a sample of the same size.
  assert.ok(Math.abs(parseFloat(expected) - 6) < 0.001, expected);
  assert.ok(Math.abs(measured - 6) < 0.01, measured);
  await close();
});

test('what the structure saves is given in bits', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern&pattern_probability=1' });
  const saving = page.getByText(
    /^Predicting a token takes [\d.]+ bits from token frequencies alone/,
  );
  const [, counts, oracle, saved] = (await saving.textContent()).match(
    /takes ([\d.]+) bits .* and ([\d.]+) bits if .*: ([\d.]+) bits less\.$/,
  );
  assert.ok(Math.abs(counts - oracle - saved) < 0.01);
  assert.ok(Number(saved) > 3);
  await close();
});

test('the data in view is validated', async () => {
  const { page, close } = await visit({ hash: '#generator=conditional&length_variation=0.4' });
  await page.getByText('Data validation passed').waitFor();
  await close();
});

test('the change that advice proposes is made by its button, and undone', async () => {
  const hash = '#generator=pattern&pattern_probability=0.01';
  const { page, close } = await visit({ hash });
  const advice = page.getByRole('list', { name: 'Advice' }).getByText(/^few patterns\./);
  await advice.waitFor();
  const before = await page.getByLabel('Pattern length', { exact: true }).inputValue();
  await page.getByRole('button', { name: 'Set pattern_length 16' }).click();
  await shows(page, 'Pattern length', '16');
  assert.match(await hashOf(page), /[#&]pattern_length=16(&|$)/);
  await goBack(page);
  await shows(page, 'Pattern length', before);
  await close();
});
