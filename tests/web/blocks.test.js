// Templates, mixtures and split overrides as blocks, with their JSON as the other view.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from '../support/until.js';
import { violations } from './support/axe.js';
import { hashOf, settled } from './support/page.js';
import { visit } from './support/visits.js';

/** The value of a parameter in the link. */
async function valueOf(page, key) {
  const text = new URLSearchParams((await hashOf(page)).slice(1)).get(key);
  return text === null ? null : JSON.parse(text);
}

const valueIs = (page, key, expected) =>
  until(async () => assert.deepEqual(await valueOf(page, key), expected));

/** Shows a field's value as blocks or as JSON. */
async function as(page, label, view) {
  const choice = page.getByRole('radiogroup', { name: `Edit ${label} as` });
  await choice.getByRole('radio', { name: view }).check();
}

/** Opens a link with a field's value as blocks. */
async function withBlocks(config, label) {
  const texts = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const visited = await visit({ hash: `#${new URLSearchParams(texts)}` });
  await as(visited.page, label, 'blocks');
  return { ...visited, blocks: visited.page.getByRole('group', { name: `${label} as blocks` }) };
}

/** What is said to be wrong with the block at a place. */
const errorAt = (page, path) =>
  page.locator(`[data-path="${path}"] > .field-error:visible`).first().textContent();

test('the elements of a template are added, moved, replaced and removed by buttons and keys', async () => {
  const { page, blocks, close } = await withBlocks(
    { generator: 'template', templates: [[1, 'RANDOM', { repeat: 2, of: ['PATTERN'] }]] },
    'Templates',
  );
  const is = (expected) => valueIs(page, 'templates', expected);
  const button = (name) => blocks.getByRole('button', { name, exact: true });
  await button('Move templates[0][0] down').click();
  await is([['RANDOM', 1, { repeat: 2, of: ['PATTERN'] }]]);
  const kind = (path) => blocks.getByLabel(`Kind of ${path}`, { exact: true });
  await kind('templates[0][2]').focus();
  await page.keyboard.press('Alt+ArrowUp');
  await is([['RANDOM', { repeat: 2, of: ['PATTERN'] }, 1]]);
  await button('Add token of a range to templates[0][1].of').click();
  await is([['RANDOM', { repeat: 2, of: ['PATTERN', { range: [0, 1] }] }, 1]]);
  await kind('templates[0][0]').selectOption('named token');
  await is([[{ name: 'a', of: 'RANDOM' }, { repeat: 2, of: ['PATTERN', { range: [0, 1] }] }, 1]]);
  await button('Add named token again to templates[0]').click();
  await kind('templates[0][2]').focus();
  await page.keyboard.press('Alt+Delete');
  const four = { repeat: 4, of: ['PATTERN', { range: [0, 1] }] };
  await blocks.getByLabel('times of templates[0][1]').fill('4');
  await blocks.getByLabel('times of templates[0][1]').press('Tab');
  await is([[{ name: 'a', of: 'RANDOM' }, four, { ref: 'a' }]]);
  await settled(page);
  assert.equal(await blocks.locator('.field-error:visible').count(), 0);

  // What the core refuses is said at its block.
  await blocks.getByLabel('name of templates[0][2]').fill('b');
  await page.locator('[data-path="templates[0][2].ref"] > .field-error:visible').waitFor();
  assert.match(
    await errorAt(page, 'templates[0][2].ref'),
    /^got "b"; allowed: a name that was given earlier/,
  );
  assert.equal(
    await blocks.getByLabel('name of templates[0][2]').getAttribute('aria-invalid'),
    'true',
  );
  await page.getByRole('button', { name: 'Templates', exact: true }).click();
  assert.ok(
    await blocks
      .getByLabel('name of templates[0][2]')
      .evaluate((input) => input === document.activeElement),
  );
  assert.deepEqual(await violations(page), []);

  // The JSON shows the same, and what is written there becomes blocks.
  await as(page, 'Templates', 'JSON');
  const area = page.getByLabel('Templates', { exact: true });
  assert.deepEqual(JSON.parse(await area.inputValue()), [
    [{ name: 'a', of: 'RANDOM' }, four, { ref: 'b' }],
  ]);
  await area.fill('[{"weight": 3, "elements": [7, "NONE"]}]');
  await as(page, 'Templates', 'blocks');
  assert.equal(await blocks.getByLabel('weight of templates[0]').inputValue(), '3');
  assert.match(await errorAt(page, 'templates[0].elements[1]'), /^got "NONE"; allowed: an id/);
  await button('Remove templates[0].elements[1]').click();
  await is([{ weight: 3, elements: [7] }]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await blocks.getByLabel('JSON of templates[0].elements[1]').waitFor();
  await close();
});

test('components and overrides of splits are edited by the controls of their parameters', async () => {
  const { page, blocks, close } = await withBlocks(
    { generator: 'mixture', components: [{ weight: 2, config: { generator: 'pattern' } }] },
    'Components',
  );
  const is = (expected) => valueIs(page, 'components', expected);
  await blocks.getByRole('button', { name: 'Add component to components' }).click();
  const second = { weight: 1, config: { generator: 'random' } };
  await is([{ weight: 2, config: { generator: 'pattern' } }, second]);
  await blocks.getByLabel('weight of components[1]').fill('0.5');
  await blocks.getByLabel('Add a parameter').nth(1).selectOption('Noise');
  await blocks.getByLabel('Noise', { exact: true }).fill('0.25');
  await blocks.getByLabel('Noise', { exact: true }).press('Tab');
  const noisy = { weight: 0.5, config: { generator: 'random', noise_probability: 0.25 } };
  await is([{ weight: 2, config: { generator: 'pattern' } }, noisy]);
  await blocks.getByLabel('Noise', { exact: true }).fill('3');
  const error = page.locator('[data-path="components[1].config.noise_probability"] > .field-error');
  await error.getByText(/^got 3; allowed: a number from 0 to 1/).waitFor();
  await blocks.getByLabel('Noise', { exact: true }).fill('0.25');
  await error.waitFor({ state: 'hidden' });
  await blocks.getByRole('button', { name: 'Move components[1] up', exact: true }).click();
  await is([noisy, { weight: 2, config: { generator: 'pattern' } }]);

  await as(page, 'Split overrides', 'blocks');
  const splits = page.getByRole('group', { name: 'Split overrides as blocks' });
  await splits.getByRole('button', { name: 'Insert an example' }).click();
  await valueIs(page, 'splits', { test: { seq_length: 1024 } });
  await splits.getByLabel('Sequence length', { exact: true }).fill('48');
  await splits.getByLabel('Sequence length', { exact: true }).press('Tab');
  await splits.getByRole('button', { name: 'Add val' }).click();
  await splits.getByLabel('Add a parameter').first().selectOption('Noise');
  await splits.getByRole('button', { name: 'Remove splits.test' }).click();
  await valueIs(page, 'splits', { val: { noise_probability: 0 } });
  assert.deepEqual(await violations(page), []);
  await close();
});

test('a link with an error opens in blocks, and the error is said at its block', async () => {
  const { page, blocks, close } = await withBlocks(
    { generator: 'template', templates: [[1, { repeat: 2, of: ['NONE'] }]] },
    'Templates',
  );
  await page.locator('[data-path="templates[0][1].of[0]"] > .field-error:visible').waitFor();
  assert.match(await errorAt(page, 'templates[0][1].of[0]'), /^got "NONE"; allowed: an id/);
  await blocks.getByLabel('Kind of templates[0][1].of[0]').selectOption('pattern token');
  await page.getByRole('grid').waitFor();
  await valueIs(page, 'templates', [[1, { repeat: 2, of: ['PATTERN'] }]]);
  await close();
});
