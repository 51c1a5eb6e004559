// What a first visit costs, and what it leaves for later.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

import { openHost } from './support/host.js';
import { settled } from './support/page.js';
import { repository } from './support/site.js';
import { blankPage, browser, site, visit } from './support/visits.js';

/** The files of the site that `open` asks for, each once: later workers start from what the first one loaded. */
async function loadedBy(open) {
  const before = site.requests.length;
  await open();
  const folder = new URL(site.url).pathname;
  const asked = site.requests.slice(before).filter((path) => path.startsWith(folder));
  return [...new Set(asked)].map((path) => path.slice(folder.length) || 'index.html');
}

/** Asserts how many bytes files have together by the program itself: node's zlib takes up to 2 % more. */
function assertSmall(files, budgetBytes) {
  const sizes = files.map((file) => {
    const bytes = execFileSync('gzip', ['-9nc', join(repository, 'build/site', file)]);
    return { file, size: bytes.length };
  });
  const sum = sizes.reduce((total, { size }) => total + size, 0);
  const list = sizes.map(({ file, size }) => `${size} ${file}`).join('\n');
  assert.ok(sum <= budgetBytes, `${sum} bytes by gzip -9:\n${list}`);
}

/** The live modules among files; the whole module comes later, for the floor. */
const modules = (files) =>
  files.flatMap((file) => file.match(/(live|tasks)-[^/]*\.wasm$/)?.[1] ?? []);

const withData = (page) => page.getByRole('row', { name: 'average entropy' }).first().waitFor();

test('until the page is usable it loads at most 168 kB, compressed', async () => {
  const files = await loadedBy(async () => {
    // What the service worker fetches once the page is usable does not count.
    const { close } = await visit();
    await close();
  });
  assertSmall(files, 168_000);
});

test('a view with its rulers loads at most 159 kB, compressed, in a frame and as an element', async (context) => {
  const framed = await loadedBy(async () => {
    const page = await blankPage();
    await page.goto(`${site.url}embed.html#generator=pattern`);
    await withData(page);
    await page.context().close();
  });
  assertSmall(framed, 159_000);
  const element = await loadedBy(async () => {
    const { origin } = new URL(site.url);
    const { page } = await openHost(browser, context, {
      policy: `script-src ${origin} 'wasm-unsafe-eval'; connect-src ${origin}; worker-src blob:`,
      body: `<script type="module" src="${site.url}view.js"></script>
        <synthgen-view config='{"generator":"pattern"}'></synthgen-view>`,
    });
    await withData(page);
  });
  assertSmall(element, 159_000);
});

test('a research task loads the larger module once, which shows it and then everything else', async () => {
  const before = site.requests.length;
  const files = await loadedBy(async () => {
    const { page, close } = await visit();
    const choose = async (name) => {
      await page.getByRole('radio', { name, exact: true }).click();
      await settled(page);
      await page.getByRole('heading', { name: /^First 200 of [\d,]+ sequences/ }).waitFor();
      assert.equal(
        await page.getByText(/The data below is from the last settings/).count(),
        0,
        name,
      );
    };
    for (const name of ['hmm', 'pattern', 'recall', 'random']) await choose(name);
    await close();
  });
  assert.deepEqual(modules(files), ['live', 'tasks']);
  const asked = site.requests.slice(before).filter((path) => /tasks-[^/]*\.wasm$/.test(path));
  assert.equal(asked.length, 1);
});

test('a link to a research task loads only the larger module, in the playground and in a view', async () => {
  const playground = await loadedBy(async () => {
    const { close } = await visit({ hash: '#generator=markov' });
    await close();
  });
  assert.deepEqual(modules(playground), ['tasks']);
  const framed = await loadedBy(async () => {
    const page = await blankPage();
    await page.goto(`${site.url}embed.html#generator=hmm&vocab_size=3`);
    await withData(page);
    await page.context().close();
  });
  assert.deepEqual(modules(framed), ['tasks']);
});
