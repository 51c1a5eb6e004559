import assert from 'node:assert/strict';

import { until } from '../../support/until.js';
import { newPage } from './browser.js';

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

/**
 * Opens a page of the site in a browser context of its own and waits for it: the playground (unless
 * `path` names another page) with its data. `init` runs in the page before its scripts. Only a visit
 * that `isKept` registers the service worker, which loads the whole site: any other asks only for what
 * it uses.
 * `complaints` collects what no visit may cause: console errors, exceptions, violations of the
 * policy, requests to other sites; a visit that `mayComplain` provokes them.
 */
export async function openPage(
  browser,
  site,
  {
    path = '',
    hash = '',
    viewport = desktop,
    init = () => {},
    mayComplain = false,
    isKept = false,
    ...settings
  } = {},
) {
  const page = await newPage(browser, { viewport, ...settings });
  const context = page.context();
  const complaints = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(site.url) && !url.startsWith('blob:') && !url.startsWith('data:')) {
      complaints.push(`request to ${url}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} for ${response.url()}`);
  });
  await context.addInitScript(() => {
    globalThis.addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy refused ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  if (!isKept) await context.addInitScript(withoutServiceWorker);
  await context.addInitScript(init);
  await page.goto(site.url + path + hash);
  await page.getByRole('banner').waitFor();
  if (path === '') await settled(page);
  return {
    page,
    /** Closes the page; fails when the visit caused anything that it may not. */
    async close() {
      await context.close();
      if (!mayComplain) assert.deepEqual(complaints, []);
    },
  };
}

/** The page itself never gets its service worker; frames are left as they are. */
function withoutServiceWorker() {
  if (self !== top || !isSecureContext) return;
  navigator.serviceWorker.register = () => new Promise(() => {});
}

/** Waits until the data on the page is that of the settings, or the settings are refused. */
export async function settled(page) {
  await page.locator('main[aria-busy=false]').waitFor();
}

/** Waits until the slow measures of the data are on the page as well, and every chart is drawn. */
export async function rested(page) {
  await settled(page);
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.chart-card')].every(
      (card) =>
        !card.checkVisibility() ||
        (card.getAttribute('aria-busy') !== 'true' && card.querySelector('.placeholder') === null),
    ),
  );
}

/** The part of the address after `#`, read where the page has just changed it. */
export const hashOf = (page) => page.evaluate(() => location.hash);

/** Waits until the field with the label has the value. */
export async function shows(page, label, value) {
  const field = page.getByLabel(label, { exact: true });
  await until(async () => assert.equal(await field.inputValue(), value));
}

/** Runs `move`, which goes to another entry of the history, until the page has followed. */
async function follow(page, move) {
  await page.evaluate(() => {
    globalThis.hasFollowed = false;
    // The page's own listener was there first.
    addEventListener('popstate', () => (globalThis.hasFollowed = true), { once: true });
  });
  await move();
  await page.waitForFunction(() => globalThis.hasFollowed);
}

/** The browser's back button. */
export const goBack = (page) => follow(page, () => page.goBack());

/** The browser's forward button. */
export const goForward = (page) => follow(page, () => page.goForward());

/** Opens a link to this page in it. */
export const openHash = (page, hash) =>
  follow(page, () => page.evaluate((to) => (location.hash = to), hash));

/** The row of the numbers panel with that name, as [measured, verdict, expected]. */
export async function numbersRow(page, name) {
  const row = page.getByRole('row', { name });
  await row.waitFor();
  return row.getByRole('cell').allTextContents();
}

/** Opens a chart's data as a table: its rows, each as the texts of its cells. */
export async function dataTable(card) {
  await card.getByText('Data as a table').click();
  const rows = card.getByRole('row');
  await rows.nth(1).waitFor();
  return rows.evaluateAll((found) =>
    found.map(({ cells }) => [...cells].map(({ textContent }) => textContent)),
  );
}

/** What a canvas shows once it no longer changes, as a data URL. */
export async function picture(canvas) {
  const look = () =>
    canvas.evaluate(async (element) => {
      for (let i = 0; i < 2; i += 1) await new Promise((done) => requestAnimationFrame(done));
      return element.toDataURL();
    });
  let last = await look();
  await until(async () => {
    const before = last;
    last = await look();
    return last === before;
  }, 'the picture stayed the same');
  return last;
}

/** Waits until the page, whose charts follow its size, is no wider than the screen. */
export async function assertFits(page, where) {
  await until(async () => {
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} pixels too wide at ${where}`);
  }, `the page fits at ${where}`);
}
