// After the first visit the page needs no network, wherever it stands.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { settled } from './support/page.js';
import { repository } from './support/site.js';
import { browser, site, visit } from './support/visits.js';

/** Waits until the service worker has kept the site's files and answers for this page. */
const kept = (page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 20));
  });

test('after one visit everything works without a network, under the sub-path', async () => {
  const { page, close } = await visit();
  await kept(page);
  const from = site.requests.length;
  await page.context().setOffline(true);

  await page.reload();
  await settled(page);
  await page.getByRole('radio', { name: 'hierarchical' }).click();
  await settled(page);
  await page.getByRole('grid').waitFor();
  await page.getByRole('radio', { name: 'custom' }).click();
  await page.getByRole('textbox', { name: 'Generator code' }).waitFor();
  await settled(page);
  await page.goto(`${site.url}reference.html#seq_length`);
  await page.getByRole('heading', { name: 'Parameters' }).waitFor();
  await page.goto(`${site.url}guide/quick-start.html`);
  await page.getByRole('heading', { name: 'Quick start' }).waitFor();
  await page.goto(`${site.url}#generator=random&vocab_size=77`);
  await settled(page);
  assert.equal(
    await page.getByLabel('Vocabulary size', { exact: true }).inputValue(),
    '77',
    'a link opens offline',
  );
  assert.deepEqual(site.requests.slice(from), []);
  await close();
});

test('what is kept carries the version of its files and goes with it', async () => {
  const { page, close } = await visit();
  const stale = `synthgen ${site.url} of-old`;
  await page.evaluate((name) => caches.open(name), stale);
  await page.evaluate(() => caches.open('of another site'));
  await kept(page);
  const source = await readFile(join(repository, 'build/site/service_worker.js'), 'utf8');
  const version = /const version = "(\w+)"/.exec(source)[1];
  assert.deepEqual((await page.evaluate(() => caches.keys())).toSorted(), [
    'of another site',
    `synthgen ${site.url} ${version}`,
  ]);
  await close();
});

test('where files cannot be kept the page works as before', async () => {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    navigator.serviceWorker.register = () => Promise.reject(new Error('refused'));
  });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(site.url);
  await settled(page);
  await page.waitForTimeout(1200);
  await page.getByRole('radio', { name: 'random' }).click();
  await settled(page);
  assert.deepEqual(errors, []);
  await context.close();
});
