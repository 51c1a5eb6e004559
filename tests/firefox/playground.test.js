// The playground in Firefox: open, edit, compare, download.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { scratch, synthgen } from '../cli/synthgen.js';
import { until } from '../support/until.js';
import { inFirefox, press, reads, settled, type, visit } from './support/firefox.js';

const title = () => document.querySelector('#data-title').textContent;

/** How many colours the raster shows. */
const colours = () => {
  const canvas = document.querySelector('.raster canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size;
};

inFirefox('it opens with data, numbers and charts', async () => {
  const { page, close } = await visit();
  await reads(page, title, 'First 200 of 10,000 sequences × 256 tokens');
  await until(async () => assert.ok((await page.evaluate(colours)) > 4));
  const row = await page.$eval('.numbers', (numbers) => numbers.textContent);
  assert.match(row, /local coherence0\.00\d+●0\.0039\d*/);
  await until(async () =>
    assert.ok((await page.$$eval('.chart-card svg[role=img]', (all) => all.length)) > 5),
  );
  await close();
});

inFirefox('data and address follow the form, by slider and by field', async () => {
  const { page, close } = await visit('#generator=pattern&vocab_size=1000');
  await type(page, '[id^=seq_length-]', '64');
  await reads(page, title, 'First 200 of 50,000 sequences × 64 tokens');
  await page.focus('[aria-label="Noise, slider"]');
  for (let i = 0; i < 3; i += 1) await page.keyboard.press('ArrowRight');
  await reads(page, () => document.querySelector('[id^=noise_probability-]').value, '0.03');
  await until(async () =>
    assert.match(await page.evaluate(() => location.hash), /seq_length=64.*noise_probability=0.03/),
  );
  await press(page, 'Undo');
  await reads(page, () => document.querySelector('[id^=noise_probability-]').value, '0');
  await type(page, '[id^=vocab_size-]', '1');
  await reads(page, () => document.querySelectorAll('.field.wrong').length, 1);
  await close();
});

inFirefox('pinned settings are compared with changed ones', async () => {
  const { page, close } = await visit('#generator=pattern&noise_probability=0.1');
  await press(page, 'Pin as A');
  await page.waitForSelector('.compare');
  await type(page, '[id^=noise_probability-]', '0.2');
  await settled(page);
  await reads(page, () => document.querySelectorAll('.raster-grid').length, 2);
  await until(async () =>
    assert.match(
      await page.$eval('.compare-summary', ({ textContent }) => textContent),
      /of B \([\d.]+ %\) differ from A\. .* noisy in both, 0 only in A/,
    ),
  );
  await close();
});

inFirefox(
  'the files are byte for byte those of the command that the page shows',
  async (context) => {
    const { page, close } = await visit(
      '#generator=pattern&vocab_size=300&seq_length=40&num_train=900&num_val=70',
    );
    // What the page saves, as the browser would write it.
    await page.evaluate(() => {
      const blobs = new Map();
      globalThis.saved = {};
      const { createObjectURL } = URL;
      URL.createObjectURL = (blob) => {
        const url = createObjectURL.call(URL, blob);
        blobs.set(url, blob);
        return url;
      };
      HTMLAnchorElement.prototype.click = function click() {
        globalThis.saved[this.download] = blobs.get(this.href);
      };
    });
    await press(page, 'Download');
    await page.waitForSelector('dialog[open] code.command');
    await press(page, 'Make files');
    await page.waitForSelector('[aria-label="Save metadata.json"]');
    const files = await page.evaluate(async () =>
      Promise.all(
        Object.entries(globalThis.saved).map(async ([name, blob]) => [name, await blob.text()]),
      ),
    );
    const command = await page.$eval('code.command', ({ textContent }) => textContent);
    const directory = join(scratch(context), 'set');
    const words = command.split(' ').slice(1);
    const run = synthgen(...words.map((word) => (word === 'data/custom' ? directory : word)));
    assert.equal(run.status, 0, run.stderr);
    assert.deepEqual(files.map(([name]) => name).toSorted(), [
      'metadata.json',
      'train.jsonl',
      'val.jsonl',
    ]);
    for (const [name, text] of files)
      assert.equal(text, readFileSync(join(directory, name), 'utf8'), name);
    await close();
  },
);
