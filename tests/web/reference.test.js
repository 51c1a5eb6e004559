// The reference page: everything that the core describes, on any screen, with or without scripts.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createSynthgen } from 'synthgen';
import { createServer } from 'vite';

import { violations } from './support/axe.js';
import { until } from '../support/until.js';
import { assertFits, desktop, hashOf, openPage, phone, settled } from './support/page.js';
import { repository, serveSite } from './support/site.js';
import { blankPage, browser, site, visit } from './support/visits.js';

const path = 'reference.html';
const synthgen = await createSynthgen();
const parameters = synthgen.parameters();
const families = [
  ...synthgen.families(),
  {
    name: 'custom',
    summary: 'Sequences from your own code: a class whose generateSequence returns token ids.',
    example: 'generateSequence() { return [1, 2, 3]; }',
  },
];

/** The texts of a `dl` by their names. */
async function factsOf(entry) {
  const pairs = await entry
    .locator('dl > div')
    .evaluateAll((found) =>
      found.map(({ children: [name, value] }) => [name.textContent, value.textContent]),
    );
  return Object.fromEntries(pairs);
}

test('every parameter of the core has one entry with its full description', async () => {
  const { page, close } = await visit({ path });
  const keys = await page.locator('#parameters h4').allTextContents();
  assert.deepEqual(keys.toSorted(), parameters.map(({ key }) => key).toSorted());
  for (const { key, label, help, allowed, unit, default: value, ...parameter } of parameters) {
    const entry = page.locator(`article#${key}`);
    const text = await entry.textContent();
    for (const part of [label, help]) assert.ok(text.includes(part), `${key}: ${part}`);
    const { Type, ...facts } = await factsOf(entry);
    const isAll = parameter.families.length === families.length;
    assert.ok(Type.length > 0);
    assert.deepEqual(facts, {
      Default: [value ?? ''].flat().join(', ') || 'none',
      Allowed: allowed,
      Unit: unit || 'none',
      Flag: `--${key.replaceAll('_', '-')}`,
      'JSON key': `"${key}"`,
      Families: isAll ? 'all' : parameter.families.join(', '),
    });
  }
  await close();
});

test('parameters are grouped as in the form', async () => {
  const { page, close } = await visit({ path });
  const groups = await page.locator('.group').evaluateAll((sections) =>
    sections.map((section) => ({
      group: section.querySelector('h3').textContent,
      keys: [...section.querySelectorAll('h4')].map(({ textContent }) => textContent),
    })),
  );
  for (const { group, keys } of groups) {
    const expected = parameters.filter((p) => p.group === group).map(({ key }) => key);
    assert.deepEqual(keys, expected);
  }
  assert.equal(groups.length, new Set(parameters.map(({ group }) => group)).size);
  await close();
});

test('every family has its summary, parameters and expected values', async () => {
  const { page, close } = await visit({ path });
  assert.equal(await page.locator('#families article').count(), families.length);
  for (const { name, summary, example } of families) {
    const article = page.getByRole('article', { name, exact: true });
    await article.getByText(summary, { exact: true }).waitFor();
    await article.getByText(example, { exact: true }).waitFor();
    const own = parameters
      .filter((p) => p.families.includes(name) && p.families.length < families.length)
      .map(({ key }) => key);
    const text = await article.textContent();
    if (own.length > 0) assert.ok(text.includes(`Own parameters: ${own.join(', ')}`), name);

    if (name === 'custom') {
      await article.getByText('Its code defines what to expect.').waitFor();
      continue;
    }
    const [config = '{}'] = await article.locator('pre').allTextContents();
    const truth = synthgen.generator({ generator: name, ...JSON.parse(config) }).truth();
    const table = article.getByRole('table');
    assert.equal(await table.getByRole('row').count(), 1 + truth.length);
    for (const { name: expectation, value, formula, unit } of truth) {
      const named = page.getByRole('rowheader', { name: expectation, exact: true });
      const row = table.getByRole('row').filter({ has: named });
      const [shown, ...rest] = await row.getByRole('cell').allTextContents();
      const [number] = shown.split(' ');
      assert.ok(Math.abs(Number(number) - value) <= 1e-3 * Math.abs(value), `${shown}: ${value}`);
      assert.equal(shown.slice(number.length).trim(), unit);
      assert.deepEqual(rest, [formula]);
    }
  }
  await close();
});

test('every measure has its definition', async () => {
  const { page, close } = await visit({ path });
  const rows = page.locator('#measures').getByRole('row');
  const measures = synthgen.measures();
  assert.equal(await rows.count(), 1 + measures.length);
  for (const { name, formula, unit, range, source } of measures) {
    const row = page.locator(`#measure-${name}`);
    assert.equal(await row.getByRole('rowheader').textContent(), name);
    const cells = await row.getByRole('cell').allTextContents();
    assert.deepEqual(cells, [formula, unit || 'none', range, source]);
  }
  await close();
});

test('the name of each parameter links to an address that scrolls to it', async () => {
  const { page, close } = await visit({ path });
  for (const { key } of parameters) {
    await page.locator(`article#${key} h4 a`).click();
    await until(async () => {
      assert.equal(await hashOf(page), `#${key}`);
      const { y } = await page.locator(`article#${key}`).boundingBox();
      const header = await page.getByRole('banner').boundingBox();
      assert.ok(y >= header.y + header.height && y < desktop.height, `${key} at ${y}`);
    });
  }
  await close();
});

for (const { name } of families) {
  test(`the link of ${name} opens the playground on it, with data`, async () => {
    const { page, close } = await visit({ path });
    await page.getByRole('link', { name: `Open ${name} in the playground` }).click();
    await settled(page);
    assert.ok(await page.getByRole('radio', { name, exact: true }).isChecked());
    await page.getByRole('heading', { name: /^First 200 of [\d,]+ sequences/ }).waitFor();
    assert.equal(await page.locator('.notice').count(), 0);
    await close();
  });
}

test("the playground's header links there and back, its help to the parameter", async () => {
  const { page, close } = await visit();
  await page.getByRole('banner').getByRole('link', { name: 'Reference' }).click();
  await page.getByRole('heading', { name: 'Reference', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Playground', exact: true }).click();
  await settled(page);
  await page.getByRole('button', { name: 'About Pattern length' }).click();
  await page.getByRole('link', { name: 'Pattern length in the reference' }).click();
  await page.locator('#pattern_length:target').waitFor();
  await close();
});

test('the theme chosen in the playground applies there too', async () => {
  const { page, close } = await visit({ colorScheme: 'light' });
  await page.getByRole('button', { name: 'Dark colours' }).click();
  const background = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const dark = await background();
  await page.getByRole('banner').getByRole('link', { name: 'Reference' }).click();
  await page.getByRole('heading', { name: 'Reference', level: 1 }).waitFor();
  assert.equal(await background(), dark);
  await close();
});

for (const [device, viewport] of Object.entries({ desktop, phone })) {
  test(`no axe violations, light and dark: ${device}`, async () => {
    const { page, close } = await visit({ path, hash: '#seed', viewport });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const onlyColours = colorScheme === 'dark';
      assert.deepEqual(await violations(page, { onlyColours }), [], colorScheme);
    }
    await close();
  });
}

test('nothing is wider than the screen, from 320 to 2560 pixels', async () => {
  const { page, close } = await visit({ path });
  for (const width of [320, 390, 640, 641, 768, 900, 901, 1280, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    await assertFits(page, width);
  }
  await close();
});

test('without JavaScript all content is shown in the style of the site', async () => {
  const { page, close } = await visit({ path, javaScriptEnabled: false, colorScheme: 'dark' });
  assert.equal(await page.locator('#parameters article').count(), parameters.length);
  await page.getByRole('link', { name: 'seed', exact: true }).first().click();
  await page.locator('#seed:target').waitFor();
  const card = page.locator('#seed');
  assert.equal(await card.evaluate((found) => getComputedStyle(found).borderRadius), '12px');
  await close();
});

test('it has no inline script or style and loads only small files of the site', async (context) => {
  // A server of its own: the service worker of another visit may still be asking the other one.
  const own = await serveSite();
  context.after(() => own.close());
  const response = await fetch(own.url + path);
  const html = await response.text();
  assert.match(html, /Content-Security-Policy/);
  assert.doesNotMatch(html, /<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=/);
  const from = own.requests.length;
  const { close } = await openPage(browser, own, { path });
  const asked = own.requests.slice(from);
  assert.ok(
    asked.every((file) => file.startsWith('/some/where/') && !/\.wasm$|index-/.test(file)),
    asked.join(),
  );
  // The page, its theme, its styles, the icon, and the field of the search.
  assert.ok(asked.length <= 7, asked.join());
  await close();
});

test('heading levels increase by single steps', async () => {
  const page = await blankPage();
  await page.goto(site.url + path);
  const levels = await page
    .getByRole('heading')
    .evaluateAll((found) => found.map(({ tagName }) => Number(tagName[1])));
  levels.forEach((level, index) => assert.ok(level <= (levels[index - 1] ?? 0) + 1, `${index}`));
  await page.context().close();
});

test('the dev server serves it', async () => {
  const server = await createServer({
    root: `${repository}/web`,
    logLevel: 'silent',
    optimizeDeps: { noDiscovery: true },
    server: { port: 0, host: '127.0.0.1', watch: null },
  });
  await server.listen();
  const { port } = server.httpServer.address();
  const html = await fetch(`http://127.0.0.1:${port}/reference.html`).then((got) => got.text());
  await server.close();
  for (const { key } of parameters) assert.ok(html.includes(`<article id="${key}"`), key);
});
