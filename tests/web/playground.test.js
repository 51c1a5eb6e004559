import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { createSynthgen } from 'synthgen';

import { launch } from './support/browser.js';
import { serveSite } from './support/site.js';

let site;
let browser;

before(async () => {
  site = await serveSite();
  browser = await launch();
});

after(async () => {
  await browser.close();
  await site.close();
});

test('from the form to the preview, the charts and the files', async () => {
  const page = await browser.newPage();
  await page.goto(site.url);
  await page.getByRole('radio', { name: 'random' }).check({ force: true });
  await page.getByLabel('Vocabulary size', { exact: true }).fill('50');
  await page.getByLabel('Training sequences', { exact: true }).fill('300');
  await page.getByLabel('Validation sequences', { exact: true }).fill('30');
  await page.getByLabel('Noise', { exact: true }).fill('0');
  await page.getByLabel('Noise', { exact: true }).press('Tab');

  await page.getByRole('row', { name: /local coherence.*0\.02$/ }).waitFor();
  await page
    .getByRole('img', { name: /Histogram of local coherence over 200 sequences/ })
    .waitFor();

  await page.getByRole('button', { name: 'Download' }).click();
  const downloads = [];
  page.on('download', (download) => downloads.push(download));
  await page.getByRole('button', { name: 'Make files' }).click();
  await page.getByRole('button', { name: 'Save metadata.json' }).waitFor();
  while (downloads.length < 3) await page.waitForEvent('download');

  const files = new Map();
  for (const download of downloads) {
    files.set(download.suggestedFilename(), await readFile(await download.path(), 'utf8'));
  }
  const synthgen = await createSynthgen();
  const generator = synthgen.generator({
    generator: 'random',
    vocab_size: 50,
    seq_length: 256,
    num_train: 300,
    num_val: 30,
  });
  const decoder = new TextDecoder();
  assert.equal(files.get('train.jsonl'), decoder.decode(generator.encodeJsonl({ count: 300 })));
  assert.equal(
    files.get('val.jsonl'),
    decoder.decode(generator.encodeJsonl({ split: 'val', count: 30 })),
  );
  assert.equal(JSON.parse(files.get('metadata.json')).files[0].sequences, 300);
  await page.close();
});
