// From the form to the data, the charts and the files, as a visitor goes.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { scratch, synthgen } from '../cli/synthgen.js';
import { until } from '../support/until.js';
import { download, sorted } from './support/downloads.js';
import { dataTable, numbersRow, settled } from './support/page.js';
import { visit } from './support/visits.js';

/** The arguments of the command that the dialog shows, writing to `directory`. */
async function commandOf(dialog, directory) {
  const command = await dialog.getByText(/^synthgen generate /).textContent();
  return command
    .split(' ')
    .slice(1)
    .map((word) => (word === 'data/custom' ? directory : word));
}

function filesOf(directory, names) {
  return new Map(names.map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
}

test('the numbers and the charts follow the form', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern' });
  await page.getByRole('radio', { name: 'random' }).click();
  await page.getByLabel('Vocabulary size', { exact: true }).fill('50');
  await page.getByLabel('Sequence length', { exact: true }).fill('100');
  await settled(page);

  const [measured, verdict, expected] = await numbersRow(page, 'local coherence');
  assert.equal(expected, '0.02');
  assert.ok(Math.abs(Number(measured) - 0.02) < 0.005, measured);
  assert.match(verdict, /●/);
  await page.getByRole('heading', { name: 'First 200 of 50,000 sequences × 100 tokens' }).waitFor();
  await page
    .getByRole('img', {
      name: `Histogram of local coherence over 200 sequences: mean ${measured}, expected 0.02`,
    })
    .waitFor();
  await page.getByRole('img', { name: /Token counts by rank: 50 ids occur/ }).waitFor();
  await page.getByRole('img', { name: /The most common 3-grams: / }).waitFor();
  await page.getByRole('img', { name: 'Share of positions: fresh 100 %' }).waitFor();
  await close();
});

test('at its end the page shows its status line next to the settings', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern' });
  await settled(page);
  const status = page.getByText('nothing leaves this machine');
  await status.waitFor();
  // Charts that take longer still move the end down.
  await page.waitForFunction(
    (shown) => {
      scrollTo(0, document.documentElement.scrollHeight);
      const line = shown.parentElement;
      const corners = [...line.children].map((part) => part.getBoundingClientRect());
      return corners.every(({ left, right, top, bottom }) => {
        const middle = [(left + right) / 2, (top + bottom) / 2];
        return bottom <= innerHeight && line.contains(document.elementFromPoint(...middle));
      });
    },
    await status.elementHandle(),
  );
  await close();
});

test('a chart can be read as a table', async () => {
  const { page, close } = await visit({ hash: '#generator=random&vocab_size=7' });
  const card = page.getByRole('region', { name: 'Token frequency' });
  const [, first, ...others] = await dataTable(card);
  assert.equal(first[0], '1');
  assert.equal(others.length, 7 - 1);
  await close();
});

test('the files are byte for byte those of the command that the page shows', async (context) => {
  const { page, close } = await visit();
  await page.getByRole('radio', { name: 'pattern' }).click();
  await page.getByRole('checkbox', { name: 'alternation' }).click();
  for (const [label, value] of [
    ['Vocabulary size', '300'],
    ['Sequence length', '40'],
    ['Training sequences', '9,000'],
    ['Validation sequences', '70'],
    ['Test sequences', '9'],
    ['Noise', '.1'],
    ['Length variation', '5e-1'],
  ]) {
    await page.getByLabel(label, { exact: true }).fill(value);
  }
  await settled(page);
  const names = ['metadata.json', 'test.jsonl', 'train.jsonl', 'val.jsonl'];
  const { dialog, files } = await download(page, names.length);

  const directory = scratch(context);
  const run = synthgen(...(await commandOf(dialog, join(directory, 'set'))));
  assert.equal(run.status, 0, run.stderr);
  assert.deepEqual(sorted(files), sorted(filesOf(join(directory, 'set'), names)));
  await close();
});

test('the download is of the settings as they are, whatever the preview shows', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern&num_train=50000' });
  const changeAndOpen = (label, value) =>
    page.evaluate(
      ([name, text]) => {
        // In one task, so that the preview cannot have followed.
        const input = [...document.querySelectorAll('input')].find(
          ({ id, labels, type }) =>
            id && type !== 'range' && labels[0]?.textContent.trim().startsWith(name),
        );
        input.value = text;
        input.dispatchEvent(new Event('input', { bubbles: true }));
        [...document.querySelectorAll('button')]
          .find(({ textContent }) => textContent === 'Download')
          .click();
      },
      [label, value],
    );
  const dialog = page.getByRole('dialog', { name: 'Download the dataset' });
  const make = dialog.getByRole('button', { name: 'Make files' });
  await changeAndOpen('Sequence length', '200000');
  await dialog.getByText(/is more than the 2.1 GB that a page should hold/).waitFor();
  assert.ok(await make.isDisabled());
  assert.match(
    await dialog.getByText(/^synthgen generate /).textContent(),
    / --seq-length 200000 /,
  );
  await dialog.getByRole('button', { name: 'Close' }).click();
  await changeAndOpen('Sequence length', '0');
  await dialog.getByText(/^There is nothing to download: seq_length: /).waitFor();
  assert.ok(await make.isDisabled());
  assert.equal(await dialog.getByRole('button', { name: /^Copy / }).count(), 0);
  await dialog.getByRole('button', { name: 'Close' }).click();
  const button = page.getByRole('button', { name: 'Download' });
  await until(async () => {
    assert.ok(await button.isDisabled());
    assert.match(await button.getAttribute('title'), /^seq_length: /);
  });
  await close();
});

test('sequences too long for a preview can be downloaded, long ones are shown', async () => {
  const { page, close } = await visit({
    hash: '#generator=random&seq_length=16777216&num_train=1&num_val=0',
  });
  await page.getByText('No sequences: each would be too long to show.').waitFor();
  await page.getByText(/^A preview shows sequences of at most 1048576 tokens/).waitFor();
  assert.equal(await page.getByText(/not allowed/).count(), 0);
  assert.ok(await page.getByRole('button', { name: 'Download' }).isEnabled());
  await page.getByLabel('Sequence length', { exact: true }).fill('200,000');
  await page.getByRole('heading', { name: /^1 sequences? × 200,000 tokens/ }).waitFor();
  await close();
});

test('with latents the files are those of --latents', async (context) => {
  const { page, close } = await visit({
    hash: '#generator=pattern&vocab_size=90&seq_length=30&num_train=200&num_val=20',
  });
  const { dialog, files } = await download(page, 3, async (opened) => {
    await opened.getByRole('checkbox', { name: /with latents/ }).click();
  });
  assert.match(await dialog.getByText(/^synthgen generate /).textContent(), / --latents /);
  assert.ok(files.get('train.jsonl').includes('"latents":{"spans":['));
  const directory = scratch(context);
  const run = synthgen(...(await commandOf(dialog, join(directory, 'set'))));
  assert.equal(run.status, 0, run.stderr);
  assert.deepEqual(sorted(files), sorted(filesOf(join(directory, 'set'), [...files.keys()])));
  await close();
});

test('making files shows progress, can be cancelled, and can be tried again', async () => {
  // As much as a page makes: on no machine is it made before it is cancelled.
  const { page, close } = await visit({
    hash: '#generator=pattern&vocab_size=1000&seq_length=256&num_train=1900000&num_val=0',
  });
  await page.getByRole('button', { name: 'Download' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Make files' }).click();
  const bar = dialog.getByRole('progressbar', { name: 'Files made' });
  await dialog
    .getByRole('status')
    .getByText(/^[1-9][\d,]* sequences, /)
    .waitFor();
  const share = Number(await bar.evaluate((element) => element.value));
  assert.ok(share > 0 && share < 1, `${share}`);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByText('Cancelled; nothing was saved.').waitFor();
  await dialog.getByRole('button', { name: 'Make files' }).waitFor();
  await close();
});

test('a dataset too large for a page is left to the command line', async () => {
  const { page, close } = await visit({
    hash: '#generator=random&num_train=9007199254740991',
  });
  await page.getByRole('button', { name: 'Download' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/is more than the 2.1 GB that a page should hold/).waitFor();
  assert.ok(await dialog.getByRole('button', { name: 'Make files' }).isDisabled());
  assert.match(
    await dialog.getByText(/^synthgen generate /).textContent(),
    /--num-train 9007199254740991 /,
  );
  await close();
});
