// Every family that the core has works on the page, which knows none of them by name.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createSynthgen } from 'synthgen';

import { until } from '../support/until.js';
import { settled, shows } from './support/page.js';
import { visit } from './support/visits.js';

const synthgen = await createSynthgen();

test('the tab of each family shows its sequences and its own parameters', async (context) => {
  const { page, close } = await visit();
  for (const { name, summary } of synthgen.families()) {
    await context.test(name, async () => {
      await page.getByRole('radio', { name, exact: true }).click();
      await settled(page);
      await page.getByText(summary, { exact: true }).waitFor();
      await page.getByRole('heading', { name: /^First 200 of [\d,]+ sequences/ }).waitFor();
      assert.ok(await page.getByRole('grid').isVisible());
      assert.equal(await page.getByText(/The data below is from the last settings/).count(), 0);

      const shown = await page
        .getByRole('form', { name: 'Parameters' })
        .getByRole('code')
        .allTextContents();
      const used = synthgen
        .parameters()
        .filter(({ key, families }) => key !== 'generator' && families.includes(name));
      assert.deepEqual(shown.toSorted(), used.map(({ key }) => key).toSorted());
    });
  }
  await close();
});

test('each preset leads to data without complaint', async () => {
  const { page, close } = await visit();
  const preset = page.getByLabel('Preset');
  // They come after the first data.
  await preset.getByRole('option').nth(20).waitFor({ state: 'attached' });
  const names = await preset.getByRole('option').allTextContents();
  for (const name of names.slice(1)) {
    await preset.selectOption(name);
    await shows(page, 'Preset', name);
    await settled(page);
    // The last preset's data stands until that of this one is there.
    const complaints = page.getByText(/The data below is from the last settings/);
    await until(async () => assert.equal(await complaints.count(), 0, name));
  }
  await close();
});

test('a family switched away and back finds its values again', async () => {
  const { page, close } = await visit();
  const length = page.getByLabel('Pattern length', { exact: true });
  await length.fill('33');
  await page.getByRole('radio', { name: 'random', exact: true }).click();
  await length.waitFor({ state: 'hidden' });
  await page.getByRole('radio', { name: 'pattern', exact: true }).click();
  await shows(page, 'Pattern length', '33');
  await close();
});

test('changed parameters are marked, and reset one by one or all', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern' });
  const length = page.getByLabel('Pattern length', { exact: true });
  assert.equal(await page.getByRole('button', { name: /^Reset / }).count(), 1);
  await length.fill('33');
  await page.getByLabel('Noise', { exact: true }).fill('0.5');
  assert.equal(
    await length
      .getAttribute('aria-describedby')
      .then((id) => page.locator(`#${id}`).textContent()),
    'changed',
  );
  await page.getByRole('button', { name: 'Reset Pattern length' }).click();
  await shows(page, 'Pattern length', '10');
  await page.getByRole('button', { name: 'Reset all' }).click();
  await shows(page, 'Noise', '0');
  assert.equal(await page.getByRole('button', { name: /^Reset / }).count(), 1);
  await close();
});

test('help shows meaning and range on demand', async () => {
  const { page, close } = await visit();
  const button = page.getByRole('button', { name: 'About Pattern length' });
  assert.equal(await button.getAttribute('aria-expanded'), 'false');
  await button.click();
  await page.getByText('Allowed: an integer from 4 to 1048576.').waitFor();
  await button.click();
  await page.getByText('Allowed: an integer from 4 to 1048576.').waitFor({ state: 'hidden' });
  await close();
});
