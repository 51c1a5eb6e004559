import { existsSync } from 'node:fs';

import { chromium } from 'playwright-core';

import { patienceMs } from '../../support/until.js';

/**
 * How many times slower the pages' main threads run, as on a slower machine: with
 * SYNTHGEN_CPU_THROTTLE=4 a second of work takes four. Workers keep their speed.
 */
const cpuThrottle = Number(process.env.SYNTHGEN_CPU_THROTTLE ?? 1);

/** Chromium without its own windows, which cost as much time as the pages in them. */
const headlessShell = '/usr/bin/chromium-headless-shell';

/**
 * The Chromium that CHROMIUM names, else Debian's, with more arguments where it needs some. A site
 * has a process of its own, which the shell alone would not give it.
 */
export function launch(more = []) {
  const installed = existsSync(headlessShell) ? headlessShell : '/usr/bin/chromium';
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? installed,
    timeout: patienceMs,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--site-per-process',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}

/**
 * A page in a context of its own, which waits as long as all tests do. Colours change at once in it:
 * no test sees one halfway through a transition. Close it by closing its context.
 */
export async function newPage(browser, settings = {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...settings });
  context.setDefaultTimeout(patienceMs);
  // The tour of a first visit, which tests ask for where they want it.
  await context.addInitScript(() => {
    try {
      localStorage.setItem('synthgen-tour', 'seen');
    } catch {
      // Frames of an origin of their own have no storage, and no tour.
    }
  });
  const page = await context.newPage();
  if (cpuThrottle > 1) {
    throttles.set(page, await context.newCDPSession(page));
    await throttle(page, cpuThrottle);
  }
  return page;
}

/** By slowed page the session that slows it. */
const throttles = new WeakMap();

const throttle = (page, rate) =>
  throttles.get(page)?.send('Emulation.setCPUThrottlingRate', { rate });

/** Does in a page what is a test's work and not the page's, at the full speed of its thread. */
export async function atFullSpeed(page, work) {
  await throttle(page, 1);
  try {
    return await work();
  } finally {
    await throttle(page, cpuThrottle);
  }
}
