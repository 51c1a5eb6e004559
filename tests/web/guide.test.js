// The guide's pages as a visitor reads them. Their links are checked in tests/web/unit/guide too; here
// on the built site.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { createServer } from 'vite';

import { violations } from './support/axe.js';
import { assertFits, desktop, openPage, phone } from './support/page.js';
import { repository, serveSite } from './support/site.js';
import { browser, site, visit } from './support/visits.js';

/** The files below a folder that end so, without that ending. */
const below = (folder, ending) =>
  readdirSync(join(repository, folder), { recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .toSorted();

/** The names of the pages, in the alphabet's order. */
const guidePages = below('web/guide', '.md');

/** A function that does its work at its first call only. */
const once = (make) => {
  let made;
  return () => (made ??= make());
};

const pathOf = (name) => `guide/${name}.html`;

test('the site has exactly the pages of the guide', () => {
  assert.deepEqual(below('build/site/guide', '.html'), guidePages);
  const others = readdirSync(join(repository, 'build/site/guide'), { recursive: true });
  assert.equal(others.filter((name) => /\.\w+$/.test(name)).length, guidePages.length);
});

/** Views are alike, and tested by themselves: those of one page are live, the others stay pictures. */
async function visitWithPictures(settings) {
  const visited = await visit(settings);
  await visited.page.route('**/view.js', (route, request) =>
    request.frame().url().includes('families/pattern')
      ? route.continue()
      : route.fulfill({ contentType: 'text/javascript', body: '' }),
  );
  return visited;
}

/** What every page shows a visitor; each is opened once. */
const survey = once(async () => {
  const { page, close } = await visitWithPictures({ path: pathOf(guidePages[0]) });
  const found = [];
  for (const name of guidePages) {
    await page.goto(site.url + pathOf(name));
    const hrefs = await page.locator('a').evaluateAll((links) => links.map(({ href }) => href));
    const levels = await page
      .getByRole('heading')
      .evaluateAll((headings) => headings.map(({ tagName }) => Number(tagName[1])));
    const tooWide = [];
    for (const width of [320, 390, 641, 901, 1280, 2560]) {
      await page.setViewportSize({ width, height: 900 });
      await assertFits(page, `${name}, ${width}`).catch(({ message }) => tooWide.push(message));
    }
    found.push({ name, hrefs, levels, tooWide });
  }
  await close();
  return found;
});

test('no link of any page is dead, anchors included', async () => {
  const found = new Map();
  for (const { name, hrefs } of await survey()) for (const href of hrefs) found.set(href, name);
  const ids = new Map();
  for (const [href, from] of found) {
    const [url, id] = href.split('#');
    if (!ids.has(url)) {
      const response = await fetch(url);
      assert.equal(response.status, 200, `${href}, linked from ${from}`);
      const html = await response.text();
      ids.set(url, new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, anchor]) => anchor)));
    }
    // What follows # in a link to the playground is its state.
    if (url === site.url) continue;
    assert.ok(id === undefined || ids.get(url).has(id), `${href}, linked from ${from}`);
  }
  assert.ok(found.size > 60, `${found.size} links`);
});

/** Pages of families and declarations are alike: one device shows each scheme. */
const schemesOf = (name, device) => {
  if (!/^(families\/(?!index|pattern)|api\/(?!cpp))/.test(name)) return ['light', 'dark'];
  return [device === 'desktop' ? 'light' : 'dark'];
};

for (const [device, viewport] of Object.entries({ desktop, phone })) {
  test(`no axe violations, light and dark: ${device}`, async () => {
    const { page, close } = await visitWithPictures({ path: pathOf(guidePages[0]), viewport });
    for (const name of guidePages) {
      await page.goto(site.url + pathOf(name));
      for (const [i, colorScheme] of schemesOf(name, device).entries()) {
        await page.emulateMedia({ colorScheme });
        const found = await violations(page, { onlyColours: i > 0 });
        assert.deepEqual(found, [], `${name}, ${colorScheme}`);
      }
    }
    await close();
  });
}

test('no page is wider than the screen, from 320 to 2560 pixels', async () => {
  for (const { name, tooWide } of await survey()) assert.deepEqual(tooWide, [], name);
});

test('heading levels increase by single steps, and each page has one title', async () => {
  for (const { name, levels } of await survey()) {
    assert.equal(levels.filter((level) => level === 1).length, 1, name);
    levels.forEach((level, i) => assert.ok(level <= (levels[i - 1] ?? 0) + 1, `${name}: ${i}`));
  }
});

test('links lead from the playground through every page and back', async () => {
  const { page, close } = await visit();
  await page.getByRole('banner').getByRole('link', { name: 'Guide' }).click();
  await page.waitForURL(/\/guide\//);
  const contents = page.getByRole('navigation', { name: 'Guide' });
  const next = page.locator('a[rel=next]');
  const read = new Set();
  for (;;) {
    const title = await page.getByRole('heading', { level: 1 }).textContent();
    assert.equal(
      await contents.locator('[aria-current=page]').textContent(),
      title.replace(/:.*/, ''),
    );
    read.add(new URL(page.url()).pathname.match(/guide\/([\w/-]+)\.html$/)[1]);
    if ((await next.count()) === 0) break;
    const url = await next.evaluate(({ href }) => href);
    await next.click();
    await page.waitForURL(url);
  }
  assert.deepEqual([...read].toSorted(), guidePages.toSorted());
  await page.getByRole('link', { name: 'Reference', exact: true }).click();
  await page.getByRole('heading', { name: 'Reference', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Guide', exact: true }).click();
  await page.getByRole('heading', { name: 'Quick start', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Playground', exact: true }).click();
  await page.getByRole('grid').waitFor();
  await close();
});

test('views in a page are live, with the parameters that the text speaks of', async () => {
  const { page, close } = await visit({ path: pathOf('families/pattern') });
  const view = page.locator('synthgen-view').first();
  await view.getByRole('row', { name: 'average entropy' }).waitFor();
  for (const name of ['Pattern probability', 'Pattern length', 'Noise']) {
    assert.ok(await view.getByRole('slider', { name }).isVisible(), name);
  }
  assert.ok(await view.getByRole('img', { name: /6 sequences of pattern/ }).isHidden());
  await close();
});

test('the search leads to places of the guide and the reference, by keyboard and without a network', async () => {
  const { page, close } = await visit({ isKept: true });
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.goto(`${site.url}guide/families/pattern.html`);
  const loaded = () =>
    page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const isSearch = (name) => /search\.json|engine-/.test(name);
  assert.ok(!(await loaded()).some(isSearch), 'nothing is loaded for a search that nobody asks');
  await page.context().setOffline(true);

  const search = page.getByRole('search');
  await page.keyboard.press('/');
  await page.keyboard.type('noise probab');
  const hit = search.getByRole('link', { name: /^noise_probability Reference: parameters/ });
  await hit.waitFor();
  assert.match(await search.getByRole('status').textContent(), /^\d+ places for “noise probab”$/);
  assert.deepEqual(await violations(page), []);
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(), await search.getByRole('link').first().textContent());
  await page.keyboard.press('ArrowUp');
  await page.keyboard.type('xyzzy');
  await search.getByText('Nothing found for “noise probabxyzzy”').waitFor();
  await page.keyboard.press('Escape');
  assert.ok(await search.getByRole('status').isHidden());
  await search.getByRole('searchbox').fill('noise probab');
  await hit.click();
  await page.waitForURL(`${site.url}reference.html#noise_probability`);

  await page.getByRole('searchbox').fill('multi-query recal');
  await search.getByRole('link').first().waitFor();
  await page.getByRole('searchbox').press('Enter');
  await page.waitForURL(`${site.url}guide/families/mqar.html`);
  await close();
});

test('without JavaScript all content is shown, and only small files of the site are loaded', async (context) => {
  // A server of its own: the service worker of another visit may still be asking the other one.
  const own = await serveSite();
  context.after(() => own.close());
  const settings = { path: pathOf('analysis'), javaScriptEnabled: false };
  const { page, close } = await openPage(browser, own, settings);
  await page.getByRole('link', { name: 'Memory' }).first().click();
  await page.locator('#memory:target').waitFor();
  const asked = [...own.requests];
  await page.goto(own.url + pathOf('families/pattern'));
  const view = page.locator('synthgen-view').first();
  await view.getByRole('img', { name: /6 sequences of pattern/ }).waitFor();
  await view.getByRole('link', { name: 'Open in the playground' }).waitFor();
  assert.ok(asked.length <= 6 && !asked.some((file) => /\.wasm$|index-/.test(file)), asked.join());
  const html = await fetch(site.url + pathOf('analysis')).then((response) => response.text());
  assert.match(html, /Content-Security-Policy/);
  assert.doesNotMatch(html, /<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=/);
  await close();
});

test('the dev server serves it', async () => {
  const server = await createServer({
    root: `${repository}/web`,
    logLevel: 'silent',
    optimizeDeps: { noDiscovery: true },
    server: { port: 0, host: '127.0.0.1', watch: null },
  });
  await server.listen();
  const url = `http://127.0.0.1:${server.httpServer.address().port}/guide/`;
  const html = await fetch(`${url}formats.html`).then((response) => response.text());
  assert.match(html, /<h1 id="formats-and-trainers">/);
  const style = html.match(/href="([^"]*guide\.css)"/)[1];
  assert.equal((await fetch(new URL(style, url))).status, 200);
  const missing = await fetch(`${url}nothing.html`).then((response) => response.text());
  assert.doesNotMatch(missing, /synthgen guide/);
  await server.close();
});
