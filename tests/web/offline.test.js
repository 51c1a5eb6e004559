// After the first visit the page needs no network, wherever it is served.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { until } from '../support/until.js';
import { openPage, rested, settled } from './support/page.js';
import { repository, serveSite } from './support/site.js';
import { browser, site, visit } from './support/visits.js';

/** Waits until the service worker has kept the site's files and answers for this page. */
const kept = (page) => page.waitForFunction(() => navigator.serviceWorker.controller !== null);

test('after one visit everything works without a network, under the sub-path', async () => {
  const { page, close } = await visit({ isKept: true });
  await kept(page);
  await rested(page);
  await page.context().setOffline(true);
  const from = site.requests.length;

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
  // The browser itself looks for a newer service worker, whatever the page's network is.
  const ofThePage = site.requests.slice(from).filter((path) => !path.endsWith('service_worker.js'));
  assert.deepEqual(ofThePage, []);
  await close();
});

test('the cache is named after the version of its files, and the old one is removed', async () => {
  // The page that needs no service worker, so that none is there before the old files are.
  const { page, close } = await visit({ path: 'reference.html', isKept: true });
  const stale = `synthgen ${site.url} of-old`;
  await page.evaluate((name) => caches.open(name), stale);
  await page.evaluate(() => caches.open('of another site'));
  await page.goto(site.url);
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
  const { page, close } = await visit({
    init: () => {
      navigator.serviceWorker.register = () => {
        globalThis.hasTried = true;
        return Promise.reject(new Error('refused'));
      };
    },
  });
  await page.waitForFunction(() => globalThis.hasTried);
  await page.getByRole('radio', { name: 'random' }).click();
  await settled(page);
  await close();
});

/** Waits until the page's service worker is installed or has failed: whether it is there. */
const isInstalled = (page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    const worker = registration?.installing;
    if (worker) {
      await new Promise((done) =>
        worker.addEventListener('statechange', () => worker.state !== 'installing' && done()),
      );
    }
    return Boolean(registration?.waiting ?? registration?.active);
  });

test('a file that is not the build’s is not kept, and so none of the site', async (context) => {
  for (const [isChanged, expected] of [
    [false, true],
    [true, false],
  ]) {
    const own = await serveSite({
      change: (path, body) =>
        isChanged && path === 'reference.html' ? Buffer.concat([body, Buffer.from(' ')]) : body,
    });
    context.after(() => own.close());
    const { page, close } = await openPage(browser, own, { mayComplain: isChanged, isKept: true });
    // The page itself does not ask for this one.
    await until(
      () => own.requests.some((path) => path.endsWith('/reference.html')),
      'it asks for files',
    );
    assert.equal(await isInstalled(page), expected);
    await close();
  }
});
