// The report of `synthgen analyze --html`: one page by itself, opened from the disk.

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { scratch, synthgen } from '../cli/synthgen.js';
import { violations } from './support/axe.js';
import { launch } from './support/browser.js';
import { desktop, numbersRow, phone, screenshots } from './support/page.js';

let browser;

before(async () => {
  mkdirSync(screenshots, { recursive: true });
  browser = await launch();
});

after(() => browser.close());

/** The report on sequences of patterns, in a browser that hears every request and complaint. */
async function report(context, settings, prepare = () => {}) {
  const directory = scratch(context);
  const data = join(directory, 'data');
  const page = join(directory, 'report.html');
  const sizes = ['--vocab-size', 50, '--seq-length', 64, '--num-train', 400, '--num-val', 0];
  const made = synthgen('generate', '--generator', 'pattern', ...sizes, '--output-dir', data);
  assert.equal(made.status, 0, made.stderr);
  const files = prepare(directory) ?? [data];
  const measured = synthgen('analyze', ...files, '--html', page, '--quiet');
  assert.equal(measured.status, 0, measured.stderr);
  const visit = await browser.newContext(settings);
  const opened = await visit.newPage();
  const heard = [];
  opened.on('request', (request) => heard.push(request.url()));
  opened.on('console', (message) => heard.push(message.text()));
  opened.on('pageerror', (error) => heard.push(String(error)));
  const url = pathToFileURL(page).href;
  await opened.goto(url);
  await opened.getByRole('heading', { name: 'Measures of a dataset' }).waitFor();
  return {
    page: opened,
    async close() {
      await visit.close();
      assert.deepEqual(heard, [url]);
    },
  };
}

test('a report shows its numbers and charts without a request', async (context) => {
  const { page, close } = await report(context, { viewport: desktop });
  await page.getByText('400 sequences, 25,600 tokens in 1 file').waitFor();
  assert.equal((await numbersRow(page, 'sequences'))[0], '400');
  const [measured, verdict, expected] = await numbersRow(page, 'local coherence');
  assert.ok(Math.abs(measured - expected) < 0.01, `${measured}, expected ${expected}`);
  assert.match(verdict, /●/);
  for (const name of [
    /^Histogram of local coherence over 400 sequences: mean 0\.\d+, expected 0\.\d+$/,
    /^Histogram of global coherence over 400 sequences/,
    /^Histogram of entropy over 400 sequences/,
    /^Share of equal tokens at lags 1 to 64: most/,
    /^Mutual information at distances 1 to 64/,
    /^Token counts by rank: 50 ids occur/,
    /^The most common 3-grams/,
    /^Complexity of 400 sequences in ascending order/,
  ]) {
    await page.getByRole('img', { name }).waitFor();
  }
  const lags = page.getByRole('region', { name: 'Equal tokens at lag' });
  await lags.getByText('Data as a table').click();
  assert.match(await lags.getByRole('row').first().textContent(), /expected$/);
  const information = page.getByRole('region', { name: 'Mutual information at distance' });
  await information.getByText('expected (dashed), shuffled (dotted)').waitFor();
  await information.getByText('Data as a table').click();
  const head = await information.getByRole('row').first().textContent();
  assert.match(head, /expectedshuffled$/);
  for (const name of ['ids used', 'zipf exponent error']) {
    const [found, , value] = await numbersRow(page, name);
    const [is, should] = [found, value].map((text) => Number(text.replaceAll(',', '')));
    assert.ok(Math.abs(is - should) < 0.4 * is, `${name}: ${found}, ${value}`);
  }
  await close();
});

test('a file name that is markup stays text', async (context) => {
  const { page, close } = await report(context, { viewport: desktop }, (directory) => {
    const file = join(directory, '<img src=x onerror=alert(1)>.jsonl');
    writeFileSync(file, '[1,2,3]\n[4,5]\n');
    return [file];
  });
  await page.getByText('<img src=x onerror=alert(1)>.jsonl').waitFor();
  await close();
});

for (const [device, viewport] of Object.entries({ desktop, phone })) {
  for (const colorScheme of ['light', 'dark']) {
    test(`a report has no axe violations: ${device}, ${colorScheme}`, async (context) => {
      const { page, close } = await report(context, { viewport, colorScheme });
      await page.getByRole('img', { name: /^Complexity of/ }).waitFor();
      assert.deepEqual(await violations(page), []);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} pixels too wide`);
      const file = new URL(`report-${device}-${colorScheme}.png`, screenshots);
      await page.screenshot({ path: fileURLToPath(file), fullPage: true });
      await close();
    });
  }
}
