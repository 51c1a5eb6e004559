// What a visitor sees while the page starts, and when it cannot.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openPage } from './support/page.js';
import { serveSite } from './support/site.js';
import { blankPage, browser, site, visit } from './support/visits.js';

test('while the core loads the page says so', async () => {
  const page = await blankPage();
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(site.url);
  await page.getByText('Starting…').waitFor();
  release();
  await page.getByRole('grid').waitFor();
  await page.context().close();
});

test('without the core the page says what it needs and what went wrong', async () => {
  const page = await blankPage();
  await page.route('**/*.wasm', (route) => route.fulfill({ status: 404, body: 'gone' }));
  await page.goto(site.url);
  const alert = page.getByRole('alert');
  await alert.getByText('synthgen could not start').waitFor();
  assert.match(await alert.textContent(), /WebAssembly/);
  await page.context().close();
});

test('without JavaScript the page says that it needs it', async () => {
  const page = await blankPage({ javaScriptEnabled: false });
  await page.goto(site.url);
  await page.getByText(/needs JavaScript and WebAssembly/).waitFor();
  await page.context().close();
});

test('everything comes from the site itself, under its sub-path, in few requests', async (context) => {
  // Neither what the service worker of a visit that is kept asks later, nor what a second worker of
  // the page asks again counts.
  const own = await serveSite();
  context.after(() => own.close());
  const { close } = await openPage(browser, own);
  const asked = [...new Set(own.requests)];
  assert.ok(
    asked.every((path) => path.startsWith('/some/where/')),
    asked.join(),
  );
  assert.ok(asked.length <= 7, asked.join());
  await close();
});

test('a script that a link or a value smuggles in does not run', async () => {
  const { page, close } = await visit({
    hash: '#generator=<img src=x onerror=alert(1)>&vocab_size=<script>alert(1)</script>&%3Cb%3E=1',
  });
  let alerted = false;
  page.on('dialog', async (dialog) => {
    alerted = true;
    await dialog.dismiss();
  });
  await page.getByText(/generator: got "<img src=x onerror=alert\(1\)>"/).waitFor();
  assert.equal(await page.locator('img, #app script').count(), 0);
  assert.equal(alerted, false);
  await close();
});

for (const [missing, take] of Object.entries({
  WebAssembly: () => delete globalThis.WebAssembly,
  'WebAssembly exceptions': () => (WebAssembly.validate = () => false),
  'module workers': () => {
    const { Worker } = globalThis;
    // Reads no options, as browsers without module workers.
    globalThis.Worker = function Old(url) {
      return new Worker(url);
    };
  },
})) {
  test(`a browser without ${missing} gets a message that names them`, async () => {
    const page = await blankPage();
    await page.addInitScript(take);
    await page.goto(site.url);
    const alert = page.getByRole('alert');
    await alert
      .getByText(new RegExp(`needs features that this browser lacks: ${missing}\\.`))
      .waitFor();
    await page.context().close();
  });
}
