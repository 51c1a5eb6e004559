// The report of `synthgen analyze --html`: one page by itself, opened from the disk.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { synthgen } from '../cli/synthgen.js';
import { violations } from './support/axe.js';
import { launch, newPage } from './support/browser.js';
import { assertFits, dataTable, desktop, numbersRow, phone } from './support/page.js';
import { screenshots, takePicture } from './support/pictures.js';

const folder = mkdtempSync(join(tmpdir(), 'synthgen-report-'));
const data = join(folder, 'data');
const dataReport = join(folder, 'report.html');
const modelReport = join(folder, 'model.html');
let browser;

/** Measures files for a report. */
function measure(report, ...files) {
  const measured = synthgen('analyze', ...files, '--html', report, '--quiet');
  assert.equal(measured.status, 0, measured.stderr);
}

/** Evaluates a model that gives each of 8 ids the same probability. */
function evaluate(report) {
  const tokens = join(folder, 'tokens');
  const sizes = ['--vocab-size', 8, '--seq-length', 12, '--num-train', 40, '--num-val', 0];
  const law = ['--generator', 'random', '--vocab-distribution', 'zipf'];
  const made = synthgen('generate', ...law, ...sizes, '--output-dir', tokens, '--quiet');
  assert.equal(made.status, 0, made.stderr);
  const losses = join(folder, 'losses.jsonl');
  writeFileSync(losses, `${JSON.stringify(Array(12).fill(Math.log(8)))}\n`.repeat(40));
  const flags = ['--losses', losses, '--html', report, '--quiet'];
  const evaluated = synthgen('eval', tokens, ...flags);
  assert.equal(evaluated.status, 0, evaluated.stderr);
}

before(async () => {
  const sizes = ['--vocab-size', 50, '--seq-length', 64, '--num-train', 400, '--num-val', 0];
  const made = synthgen('generate', '--generator', 'pattern', ...sizes, '--output-dir', data);
  assert.equal(made.status, 0, made.stderr);
  measure(dataReport, data);
  evaluate(modelReport);
  browser = await launch();
});

after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** A report in a browser that notes every request and complaint; by default on patterns. */
async function open(settings, report = dataReport, heading = 'Measures of a dataset') {
  const page = await newPage(browser, settings);
  const noted = [];
  page.on('request', (request) => noted.push(request.url()));
  page.on('console', (message) => noted.push(message.text()));
  page.on('pageerror', (error) => noted.push(String(error)));
  const url = pathToFileURL(report).href;
  await page.goto(url);
  await page.getByRole('heading', { name: heading }).waitFor();
  return {
    page,
    async close() {
      await page.context().close();
      assert.deepEqual(noted, [url]);
    },
  };
}

test('a report shows its numbers and charts without a request', async () => {
  const { page, close } = await open({ viewport: desktop });
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
  assert.equal((await dataTable(lags))[0].at(-1), 'expected');
  const information = page.getByRole('region', { name: 'Mutual information at distance' });
  await information.getByText('expected (dashed), shuffled (dotted)').waitFor();
  const [head] = await dataTable(information);
  assert.deepEqual(head.slice(-3), ['expected', 'expected, error', 'shuffled']);
  for (const name of ['ids used', 'zipf exponent error']) {
    const [found, , value] = await numbersRow(page, name);
    const [is, should] = [found, value].map((text) =>
      Number(text.replaceAll(',', '').replace(/ ±.*/, '')),
    );
    assert.ok(Math.abs(is - should) < 0.4 * is, `${name}: ${found}, ${value}`);
  }
  await close();
});

test('a report on a model shows its excess in numbers and over positions', async () => {
  const { page, close } = await open(
    { viewport: desktop },
    modelReport,
    'A model against the floor',
  );
  await page.getByText('480 tokens in 40 sequences of train').waitFor();
  for (const name of [/^Excess at each token 1 to 12/, /^Loss and floor at each token 1 to 12/]) {
    await page.getByRole('img', { name }).waitFor();
  }
  const excess = page.getByRole('region', { name: 'Excess at each token' });
  assert.equal((await dataTable(excess)).length, 13);
  await page.getByRole('rowheader', { name: 'excess in nats' }).waitFor();
  await page.getByRole('rowheader', { name: 'fresh' }).waitFor();
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    const onlyColours = colorScheme === 'dark';
    assert.deepEqual(await violations(page, { onlyColours }), [], colorScheme);
    await assertFits(page, colorScheme);
  }
  await close();
});

test('a file name that is markup stays text', async () => {
  const file = join(folder, '<img src=x onerror=alert(1)>.jsonl');
  const report = join(folder, 'markup.html');
  writeFileSync(file, '[1,2,3]\n[4,5]\n');
  measure(report, file);
  const { page, close } = await open({ viewport: desktop }, report);
  await page.getByText('<img src=x onerror=alert(1)>.jsonl').waitFor();
  await close();
});

for (const [device, viewport] of Object.entries({ desktop, phone })) {
  test(`a report has no axe violations, light and dark: ${device}`, async () => {
    const { page, close } = await open({ viewport });
    await page.getByRole('img', { name: /^Complexity of/ }).waitFor();
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const onlyColours = colorScheme === 'dark';
      assert.deepEqual(await violations(page, { onlyColours }), [], colorScheme);
      await assertFits(page, colorScheme);
      const file = new URL(`report-${device}-${colorScheme}.png`, screenshots);
      await takePicture(page, file, { fullPage: true });
    }
    await close();
  });
}
