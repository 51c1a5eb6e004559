// In Firefox, too, visitors' code reaches no network, no storage and no other code.

import assert from 'node:assert/strict';

import { until } from '../support/until.js';
import { isAsked, loads, numbered, requests } from '../web/support/network_probes.js';
import { all, attemptsCode, elsewhere, inPlainWorker, named } from '../web/support/probes.js';
import { answerOnChannel, stores } from '../web/support/storage_probes.js';
import { blankPage, inFirefox, press, site, visit } from './support/firefox.js';

/** Runs the attempts as a visitor's code; `prepare` runs in the page before. */
async function run(attempts, constants, prepare = () => {}) {
  const hash = '#generator=custom&vocab_size=50&seq_length=12';
  const { page, close } = await visit(hash, { mayComplain: true });
  await page.evaluate(prepare);
  await page.waitForSelector('.code-area');
  await page.$eval(
    '.code-area',
    (area, code) => {
      area.value = code;
      area.dispatchEvent(new Event('input'));
    },
    attemptsCode(attempts, constants),
  );
  await press(page, 'Run');
  return { page, close };
}

/** The outcome of each attempt as a visitor's code. */
async function inSandbox(attempts, constants, prepare) {
  const { page, close } = await run(attempts, constants, prepare);
  await page.$eval('.data input[value=text]', (input) => input.click());
  // Until then the page shows what the example's code made.
  const lines = await until(async () => {
    const texts = await page.$$eval('.text-tokens', (rows) =>
      rows.map(({ textContent }) => textContent.trim()),
    );
    return texts.length > 0 && texts.every((text) => /^[0-3]$/.test(text)) && texts;
  }, 'all attempts were made');
  await close();
  return named(attempts, lines.map(Number));
}

/** Without an origin this never returns in Firefox, and the page stops the worker that asked. */
const hanging = 'how much is stored';
const { [hanging]: blocked, ...others } = stores;

/** The outcome of each attempt in a plain worker of another site, without any policy. */
async function outside(there, attempts, constants, prepare = () => {}) {
  const page = await blankPage();
  await page.goto(`${there}control.html`);
  await page.evaluate(prepare);
  const outcome = await inPlainWorker(page, attempts, constants);
  await page.close();
  return outcome;
}

function assertKeptIn(inside, attempts) {
  assert.deepEqual(Object.keys(inside), Object.keys(attempts));
  for (const [name, outcome] of Object.entries(inside))
    assert.match(String(outcome), /^(refused|nothing happened)$/, name);
}

inFirefox(
  'no request of visitors’ code leaves; without the sandbox each arrives',
  async (context) => {
    const { url: there, asked } = await elsewhere(context);
    const inside = await inSandbox(numbered, { there });
    assert.deepEqual(asked, []);
    assert.deepEqual(Object.keys(inside), Object.keys(numbered));
    await outside(there, numbered, { there });
    for (const [i, name] of Object.keys(requests).entries()) assert.ok(isAsked(asked, i), name);
  },
);

inFirefox('visitors’ code loads no other code; without the sandbox it does', async (context) => {
  const { url: there } = await elsewhere(context);
  assertKeptIn(await inSandbox(loads, { here: site.url }), loads);
  assert.deepEqual(await outside(there, loads, { here: there }), all(loads, 'succeeded'));
});

inFirefox(
  'visitors’ code has no storage; without the sandbox it has the page’s',
  async (context) => {
    const { url: there } = await elsewhere(context);
    assertKeptIn(await inSandbox(others, { home: site.url }, answerOnChannel), others);
    const { page, close } = await run({ [hanging]: blocked }, { home: site.url });
    await until(async () =>
      assert.match(
        await page.$eval('.code-message', ({ textContent }) => textContent),
        /its worker was stopped$/,
      ),
    );
    await close();
    assert.deepEqual(
      await outside(there, stores, { home: there }, answerOnChannel),
      all(stores, 'succeeded'),
    );
  },
);
