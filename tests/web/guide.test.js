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

/** The names of the pages, in the alphabet's order. */
const guidePages = readdirSync(join(repository, 'web/guide'))
  .filter((name) => name.endsWith('.md'))
  .map((name) => name.slice(0, -'.md'.length));

const pathOf = (name) => `guide/${name}.html`;

test('the site has exactly the pages of the guide', () => {
  const built = readdirSync(join(repository, 'build/site/guide'));
  assert.deepEqual(built.toSorted(), guidePages.map((name) => `${name}.html`).toSorted());
});

test('no link of any page is dead, anchors included', async () => {
  const { page, close } = await visit({ path: pathOf(guidePages[0]) });
  const found = new Map();
  for (const name of guidePages) {
    await page.goto(site.url + pathOf(name));
    const hrefs = await page.locator('a').evaluateAll((links) => links.map(({ href }) => href));
    for (const href of hrefs) found.set(href, name);
  }
  const ids = new Map();
  for (const [href, from] of found) {
    const [url, id] = href.split('#');
    if (!ids.has(url)) {
      const response = await fetch(url);
      assert.equal(response.status, 200, `${href}, linked from ${from}`);
      const html = await response.text();
      ids.set(url, new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, anchor]) => anchor)));
    }
    assert.ok(id === undefined || ids.get(url).has(id), `${href}, linked from ${from}`);
  }
  assert.ok(found.size > 60, `${found.size} links`);
  await close();
});

for (const [device, viewport] of Object.entries({ desktop, phone })) {
  test(`no axe violations, light and dark: ${device}`, async () => {
    const { page, close } = await visit({ path: pathOf(guidePages[0]), viewport });
    for (const name of guidePages) {
      await page.goto(site.url + pathOf(name));
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await violations(page), [], `${name}, ${colorScheme}`);
      }
    }
    await close();
  });
}

test('no page is wider than the screen, from 320 to 2560 pixels', async () => {
  const { page, close } = await visit({ path: pathOf(guidePages[0]) });
  for (const name of guidePages) {
    await page.goto(site.url + pathOf(name));
    for (const width of [320, 390, 641, 901, 1280, 2560]) {
      await page.setViewportSize({ width, height: 900 });
      await assertFits(page, `${name}, ${width}`);
    }
  }
  await close();
});

test('heading levels increase by single steps, and each page has one title', async () => {
  const { page, close } = await visit({ path: pathOf(guidePages[0]) });
  for (const name of guidePages) {
    await page.goto(site.url + pathOf(name));
    const levels = await page
      .getByRole('heading')
      .evaluateAll((found) => found.map(({ tagName }) => Number(tagName[1])));
    assert.equal(levels.filter((level) => level === 1).length, 1, name);
    levels.forEach((level, i) => assert.ok(level <= (levels[i - 1] ?? 0) + 1, `${name}: ${i}`));
  }
  await close();
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
    assert.equal(await contents.locator('[aria-current=page]').textContent(), title);
    read.add(new URL(page.url()).pathname.match(/guide\/([\w-]+)\.html$/)[1]);
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

test('without JavaScript all content is shown, and only small files of the site are loaded', async (context) => {
  // A server of its own: the service worker of another visit may still be asking the other one.
  const own = await serveSite();
  context.after(() => own.close());
  const settings = { path: pathOf('analysis'), javaScriptEnabled: false };
  const { page, close } = await openPage(browser, own, settings);
  await page.getByRole('link', { name: 'Memory' }).first().click();
  await page.locator('#memory:target').waitFor();
  const asked = [...own.requests];
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
