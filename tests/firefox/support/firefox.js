// Debian's Firefox, driven by WebDriver BiDi, for the tests of one file.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { after, before, test } from 'node:test';

import { launch } from 'puppeteer-core';

import { patienceMs, until } from '../../support/until.js';
import { serveSite } from '../../web/support/site.js';

const executablePath = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

/** Why nothing can be tried here; undefined where Firefox is installed. */
const missing = existsSync(executablePath)
  ? undefined
  : `${executablePath} is not there: tools/setup firefox installs it`;

let browser;
export let site;

before(async () => {
  if (missing) return;
  site = await serveSite();
  browser = await launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    timeout: patienceMs,
    protocolTimeout: patienceMs,
  });
});

after(async () => {
  await browser?.close();
  await site?.close();
});

/** A test that is skipped, with the reason, where Firefox is not installed. */
export const inFirefox = (name, run) => test(name, { skip: missing ?? false }, run);

/**
 * Opens a link to the playground and waits for its data. No visit may cause errors, but one that
 * `mayComplain` provokes them.
 */
export async function visit(hash = '', { mayComplain = false } = {}) {
  const page = await browser.newPage();
  page.setDefaultTimeout(patienceMs);
  await page.setViewport({ width: 1280, height: 800 });
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.evaluateOnNewDocument(() => {
    try {
      localStorage.setItem('synthgen-tour', 'seen');
    } catch {
      // Frames of an origin of their own have no storage, and no tour.
    }
  });
  await page.goto(site.url + hash);
  await settled(page);
  return {
    page,
    async close() {
      await page.close();
      if (!mayComplain) assert.deepEqual(errors, []);
    },
  };
}

/** A page that has opened nothing yet. */
export const blankPage = () => browser.newPage();

/** Waits until the data on the page is that of the settings, or the settings are refused. */
export const settled = (page) => page.waitForSelector('main[aria-busy=false]');

/** Waits until `read` returns the value in the page. */
export const reads = (page, read, wanted) =>
  until(async () => assert.deepEqual(await page.evaluate(read), wanted));

/** Presses the button with the label or text, where it is. */
export async function press(page, name) {
  const found = await page.evaluateHandle(
    (wanted) =>
      [...document.querySelectorAll('button')].find(
        (button) =>
          [button.getAttribute('aria-label'), button.textContent].includes(wanted) &&
          button.checkVisibility(),
      ),
    name,
  );
  await found.evaluate((button) => button.scrollIntoView({ block: 'center' }));
  await found.click();
}

/** Replaces what is in a field and leaves it. */
export async function type(page, selector, text) {
  await page.focus(selector);
  await page.evaluate((wanted) => document.querySelector(wanted).select(), selector);
  await page.keyboard.type(text);
  await page.keyboard.press('Tab');
}
