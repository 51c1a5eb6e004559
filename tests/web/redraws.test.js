// What one key press in a slider costs the browser, counted: layouts and recalculations of styles.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { until } from '../support/until.js';
import { hashOf, rested } from './support/page.js';
import { visit } from './support/visits.js';

const keys = 10;

/**
 * For `init`: while `globalThis.isHeld`, what the page puts off until the visitor pauses waits until
 * `globalThis.release()`. So no machine is slow enough for a pause between two keys.
 */
function holdPauses() {
  const { setTimeout: start, clearTimeout: stop } = globalThis;
  const held = new Map();
  globalThis.setTimeout = (run, ms = 0, ...rest) => {
    if (!globalThis.isHeld || ms < 100) return start(run, ms, ...rest);
    const id = -1 - held.size;
    held.set(id, run);
    return id;
  };
  globalThis.clearTimeout = (id) => {
    held.set(id, undefined);
    stop(id);
  };
  globalThis.release = () => {
    globalThis.isHeld = false;
    for (const run of held.values()) run?.();
  };
}

/** How often the page has been laid out, and its styles been worked out, so far. */
async function counts(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  const [layouts, styles] = ['LayoutCount', 'RecalcStyleCount'].map(
    (wanted) => metrics.find(({ name }) => name === wanted).value,
  );
  return { layouts, styles };
}

/** What `act` adds to the counts. */
async function added(session, act) {
  const before = await counts(session);
  await act();
  const after = await counts(session);
  return { layouts: after.layouts - before.layouts, styles: after.styles - before.styles };
}

/** Presses a key and waits until the data and charts for it are painted, without asking for a layout. */
async function press(page, key) {
  await page.evaluate(() => {
    const main = document.querySelector('main');
    globalThis.painted = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (main.getAttribute('aria-busy') !== 'false') return;
        observer.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(resolve));
      });
      observer.observe(main, { attributeFilter: ['aria-busy'] });
    });
  });
  await page.keyboard.press(key);
  await page.evaluate(() => globalThis.painted);
}

/** Whether everything is known of the data in view, the floor included, and every chart is drawn. */
const isComplete = (page) =>
  page.evaluate(() => document.querySelector('.chart-card[aria-busy=true]') === null);

async function opened() {
  const { page, close } = await visit({
    hash: '#generator=pattern&vocab_size=1000&seq_length=256',
    init: holdPauses,
  });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await rested(page);
  await until(() => isComplete(page), 'everything was on the page');
  await page.getByRole('slider', { name: 'Pattern probability, slider' }).focus();
  await page.evaluate(() => (globalThis.isHeld = true));
  // After a rest the first makes an entry of the history, for which the browser draws the page's icon
  // again at a time of its own, and the rows of the floor go: these are not counted.
  for (let i = 0; i < 3; i += 1) await press(page, 'ArrowRight');
  return { page, close, session };
}

test('a key press in a slider costs at most 2 layouts and 3 recalculations of styles', async () => {
  const { page, close, session } = await opened();
  const each = [];
  for (let i = 0; i < keys; i += 1)
    each.push(await added(session, () => press(page, 'ArrowRight')));
  const text = JSON.stringify(each);
  assert.ok(Math.max(...each.map(({ layouts }) => layouts)) <= 2, text);
  assert.ok(Math.max(...each.map(({ styles }) => styles)) <= 3, text);
  assert.ok(Math.min(...each.map(({ layouts }) => layouts)) >= 1, 'every key changed the page');
  await close();
});

test('after a pause slow measures, the floor and simulated expectations take a layout each', async () => {
  const { page, close, session } = await opened();
  assert.equal(await isComplete(page), false);
  const rest = await added(session, async () => {
    await page.evaluate(() => globalThis.release());
    await until(() => isComplete(page), 'everything was on the page');
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
  });
  assert.ok(rest.layouts >= 1 && rest.layouts <= 3, JSON.stringify(rest));
  await close();
});

test('however fast the keys of a slider come, the address changes once for all of them', async () => {
  const { page, close } = await opened();
  const changes = await page.evaluate((count) => {
    const { replaceState } = history;
    let calls = 0;
    history.replaceState = (...changed) => {
      calls += 1;
      replaceState.apply(history, changed);
    };
    const pressRight = () =>
      document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }),
      );
    for (let i = 0; i < count; i += 1) pressRight();
    globalThis.release();
    return calls;
  }, keys);
  assert.equal(changes, 1);
  await until(async () => assert.match(await hashOf(page), /pattern_probability=0.43/));
  await close();
});
