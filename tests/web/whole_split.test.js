// Measure all: the numbers and charts of a whole split, by several workers.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { scratch, synthgen } from '../cli/synthgen.js';
import { until } from '../support/until.js';
import { numbersRow, rested } from './support/page.js';
import { visit } from './support/visits.js';

const coverage = (page) => page.getByRole('group', { name: 'Sequences measured' });
const words = (page) => coverage(page).getByRole('status');

/** A chart's numbers with all of their digits, as its CSV file has them. */
async function csvOf(page, title) {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: `Save ${title} as CSV` }).click(),
  ]);
  const [, ...lines] = (await readFile(await file.path(), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => line.split(','));
}

/** The report of the program on the same sequences. */
function analyzed(t, config) {
  const folder = join(scratch(t), 'data');
  const flags = Object.entries(config).flatMap(([key, value]) => [
    `--${key.replaceAll('_', '-')}`,
    String(value),
  ]);
  const made = synthgen('generate', '--output-dir', folder, '--latents', ...flags);
  assert.equal(made.status, 0, made.stderr);
  const file = join(folder, 'train.jsonl');
  const asked =
    'default,lag_equality,mutual_information,zipf_exponent,distributions,duplicate_share';
  const report = synthgen('analyze', file, '--json', '--no-expected', '--measures', asked);
  assert.equal(report.status, 0, report.stderr);
  return JSON.parse(report.stdout);
}

test('all of a split is measured as synthgen analyze does, digit for digit', async (t) => {
  const config = {
    generator: 'pattern',
    vocab_size: 50,
    seq_length: 100,
    length_variation: 0.4,
    noise_probability: 0.05,
    num_train: 6000,
  };
  const report = analyzed(t, config);
  const { page, close } = await visit({ hash: `#${new URLSearchParams(config)}` });
  await until(async () =>
    assert.equal(await words(page).textContent(), 'first 200 of 6,000 sequences'),
  );
  await coverage(page).getByRole('button', { name: 'Measure all 6,000' }).click();
  await until(async () => assert.equal(await words(page).textContent(), 'all 6,000 sequences'));
  await rested(page);

  const { lag, share } = report.lag_equality;
  const lags = await csvOf(page, 'Equal tokens at lag');
  assert.deepEqual(
    lags.map(([at, value]) => [Number(at), Number(value)]),
    lag.map((at, i) => [at, share[i]]),
  );
  const { bits, baseline } = report.mutual_information;
  const information = await csvOf(page, 'Mutual information at distance');
  assert.deepEqual(
    information.map((cells) => [Number(cells[1]), Number(cells.at(-1))]),
    bits.map((value, i) => [value, baseline[i]]),
  );
  assert.deepEqual(
    await csvOf(page, 'Most common n-grams'),
    report.pattern_detection.map(({ pattern, count }) => [pattern.join(' '), String(count)]),
  );
  const { edges, counts } = report.distributions.entropy.histogram;
  const entropies = await csvOf(page, 'Entropy');
  assert.deepEqual(
    entropies.map((cells) => cells.map(Number)),
    counts.map((count, i) => [edges[i], edges[i + 1], count]),
  );
  for (const [name, key] of [
    ['sequences', 'num_sequences'],
    ['ids used', 'vocab_usage'],
    ['average entropy', 'average_entropy'],
    ['local coherence', 'local_coherence'],
    ['cost if the structure is known', 'oracle_bits_per_token'],
    ['pattern ratio', 'pattern_ratio'],
  ]) {
    const [measured] = await numbersRow(page, name);
    const shown = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
    const whole = new Intl.NumberFormat('en');
    const value = report[key];
    assert.equal(measured, (Number.isInteger(value) ? whole : shown).format(value), key);
  }
  // The structure, which only latents show, is of all sequences as well.
  const [noise, verdict] = await numbersRow(page, 'noise rate');
  assert.ok(Math.abs(noise - 0.05) < 0.002, noise);
  assert.match(verdict, /●/);

  // And back to what is in view.
  await coverage(page).getByRole('radio', { name: 'in view' }).click();
  await until(async () =>
    assert.equal(await words(page).textContent(), 'first 200 of 6,000 sequences'),
  );
  assert.equal((await numbersRow(page, 'sequences'))[0], '200');
  await close();
});

const large = '#generator=pattern&seq_length=512&num_train=5000000';

test('measuring all shows progress and the time left, and can be cancelled', async () => {
  const { page, close } = await visit({ hash: large });
  const start = coverage(page).getByRole('button', { name: 'Measure all 5,000,000' });
  await start.click();
  await until(async () =>
    assert.match(
      await words(page).textContent(),
      /^[\d,]+ of 5,000,000, about \d+ (s|min|h) left$/,
    ),
  );
  assert.ok(await coverage(page).getByRole('progressbar').isVisible());
  await page.keyboard.press('Enter'); // on Cancel, which has the focus
  await until(async () => assert.equal(await words(page).textContent(), 'Cancelled.'));
  await start.waitFor();
  assert.equal((await numbersRow(page, 'sequences'))[0], '200');
  await close();
});

test('other settings end the measuring of the split', async () => {
  const { page, close } = await visit({ hash: large });
  await coverage(page).getByRole('button', { name: 'Measure all 5,000,000' }).click();
  await until(async () => assert.match(await words(page).textContent(), / left$/));
  await page.getByLabel('Seed', { exact: true }).fill('7');
  await until(async () =>
    assert.equal(await words(page).textContent(), 'first 200 of 5,000,000 sequences'),
  );
  assert.ok(await coverage(page).getByRole('progressbar').isHidden());
  await close();
});
