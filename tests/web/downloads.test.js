// Downloads: every format, any splits, one ZIP or files, in memory or straight to disk, all of them the
// program's bytes.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { parquetReadObjects } from 'hyparquet';
import { createSynthgen } from 'synthgen';

import { names, scratch, synthgen } from '../cli/synthgen.js';
import { until } from '../support/until.js';
import { settled } from './support/page.js';
import { browser, visit } from './support/visits.js';

const core = await createSynthgen();

async function openDialog(page) {
  await settled(page);
  await page.getByRole('button', { name: 'Download' }).click();
  const dialog = page.getByRole('dialog', { name: 'Download the dataset' });
  await dialog.getByText(/^synthgen generate /).waitFor();
  return dialog;
}

const packAs = (dialog, packaging) =>
  dialog.getByRole('radio', { name: packaging }).check({ force: true });

/** Makes one ZIP: its files by their names. */
async function zipOf(page, dialog, context) {
  await packAs(dialog, 'one ZIP');
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Make files' }).click();
  const file = await (await download).path();
  await dialog.getByText(/^Made in /).waitFor();
  const directory = scratch(context);
  // Another program's reader, which checks the checksums.
  execFileSync('python3', ['-m', 'zipfile', '-e', file, directory]);
  return filesIn(directory);
}

const filesIn = (directory) =>
  Object.fromEntries(
    readdirSync(directory).map((name) => [name, readFileSync(join(directory, name))]),
  );

/** What the program makes by the command that the dialog shows. */
async function filesOfCommand(dialog, context) {
  const command = await dialog.getByText(/^synthgen generate /).textContent();
  const directory = join(scratch(context), 'set');
  const words = command.split(' ').slice(1);
  const run = synthgen(...words.map((word) => (word === 'data/custom' ? directory : word)));
  assert.equal(run.status, 0, run.stderr);
  return filesIn(directory);
}

function assertSame(made, expected) {
  assert.deepEqual(Object.keys(made).toSorted(), Object.keys(expected).toSorted());
  for (const name of Object.keys(expected)) assert.ok(made[name].equals(expected[name]), name);
}

// Chunks for several workers, splits of different sizes.
const hash =
  '#generator=pattern&vocab_size=300&seq_length=40&num_train=30000&num_val=70&num_test=9&noise_probability=0.1';

test('each format’s files are those of the program, for any splits, in one ZIP', async (context) => {
  const { page, close } = await visit({ hash });
  const dialog = await openDialog(page);
  for (const { name } of core.formats()) {
    await dialog.getByLabel('Format', { exact: true }).selectOption(name);
    assertSame(await zipOf(page, dialog, context), await filesOfCommand(dialog, context));
  }
  await dialog.getByLabel('Format', { exact: true }).selectOption('npy');
  await dialog.getByLabel('Type of ids').selectOption('int64');
  await dialog.getByRole('checkbox', { name: 'train' }).uncheck();
  await dialog.getByRole('checkbox', { name: 'test' }).uncheck();
  const made = await zipOf(page, dialog, context);
  assert.deepEqual(Object.keys(made).toSorted(), ['metadata.json', 'val.npy']);
  assertSame(made, await filesOfCommand(dialog, context));
  await dialog.getByRole('checkbox', { name: 'val' }).uncheck();
  await dialog.getByText('Choose at least one split.').waitFor();
  assert.ok(await dialog.getByRole('button', { name: 'Make files' }).isDisabled());
  await close();
});

test('labels and laws are written as the program does, and what a family lacks is said', async (context) => {
  const { page, close } = await visit({
    hash: '#generator=recall&vocab_size=128&seq_length=64&num_train=15000&num_val=30',
  });
  const dialog = await openDialog(page);
  await dialog.getByLabel('Format', { exact: true }).selectOption('npy');
  await dialog.getByRole('checkbox', { name: /^with labels/ }).check();
  await dialog.getByLabel('Exact law').selectOption('bits');
  assertSame(await zipOf(page, dialog, context), await filesOfCommand(dialog, context));
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('radio', { name: 'random', exact: true }).click();
  const other = await openDialog(page);
  await other.getByRole('button', { name: 'Make files' }).click();
  await other.getByText('labels: the family random has none').waitFor();
  await close();
});

test('Parquet files have the sequences of the JSONL files, as another reader finds them', async (context) => {
  const { page, close } = await visit({
    hash: '#generator=recall&vocab_size=128&seq_length=64&num_train=3000&num_val=30',
  });
  const dialog = await openDialog(page);
  await dialog.getByLabel('Format', { exact: true }).selectOption('parquet');
  await dialog.getByRole('checkbox', { name: /^with labels/ }).check();
  await dialog.getByRole('checkbox', { name: /^with latents/ }).check();
  await dialog.getByLabel('Exact law').selectOption('bits');
  await dialog.getByText('The same sequences as JSONL on the command line').waitFor();
  const made = await zipOf(page, dialog, context);
  const expected = await filesOfCommand(dialog, context);
  await close();
  assert.deepEqual(Object.keys(made).toSorted(), ['metadata.json', 'train.parquet', 'val.parquet']);
  const { format, files } = JSON.parse(made['metadata.json']);
  assert.equal(format, 'parquet');
  for (const { file, bytes, sequences } of files) {
    const content = made[file];
    assert.equal(content.length, bytes);
    const buffer = content.buffer.slice(content.byteOffset, content.byteOffset + content.length);
    const rows = await parquetReadObjects({ file: buffer });
    assert.equal(rows.length, sequences);
    const lines = expected[file.replace('.parquet', '.jsonl')].toString().trimEnd().split('\n');
    const rounded = (bits) => bits.map((value) => (value === null ? null : Math.fround(value)));
    for (const [i, line] of lines.entries()) {
      const record = JSON.parse(line);
      const wanted = { ...record, predictive_bits: rounded(record.predictive_bits) };
      assert.deepEqual(rows[i], wanted, `${file}:${i}`);
    }
  }
});

/** For `init`: the visitor's choice of a place is a folder of the page's own disk. */
function chooseOwnDisk() {
  const folder = () => navigator.storage.getDirectory();
  globalThis.showDirectoryPicker = folder;
  globalThis.showSaveFilePicker = async ({ suggestedName }) =>
    (await folder()).getFileHandle(suggestedName, { create: true });
}

/** The names of the files on that disk, in order. */
const namesOnDisk = (page) =>
  page.evaluate(async () => {
    const folder = await navigator.storage.getDirectory();
    return (await Array.fromAsync(folder.keys())).toSorted();
  });

/** The files on that disk by their names. */
async function onDisk(page) {
  const texts = await page.evaluate(async () => {
    const found = {};
    for await (const [name, handle] of await navigator.storage.getDirectory()) {
      const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
      found[name] = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    }
    return found;
  });
  const entries = Object.entries(texts);
  return Object.fromEntries(entries.map(([name, text]) => [name, Buffer.from(text, 'latin1')]));
}

/** In the page, which then sees 16 processors: `mostEncoders` is how many workers had chunks to encode at once. */
function watchEncoders() {
  const { postMessage } = Worker.prototype;
  const chunks = new Map();
  globalThis.mostEncoders = 0;
  Worker.prototype.postMessage = function (message, ...more) {
    if (message?.name === 'encodeChunk') {
      if (!chunks.has(this)) {
        chunks.set(this, new Set());
        this.addEventListener('message', ({ data }) => chunks.get(this).delete(data.id));
      }
      chunks.get(this).add(message.id);
      const busy = [...chunks.values()].filter(({ size }) => size > 0);
      globalThis.mostEncoders = Math.max(globalThis.mostEncoders, busy.length);
    }
    return postMessage.call(this, message, ...more);
  };
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: 16 });
}

test('straight to disk the files are the same, none is replaced, and cancelling leaves nothing', async (context) => {
  const { page, close } = await visit({ hash, init: chooseOwnDisk });
  const dialog = await openDialog(page);
  const write = dialog.getByRole('button', { name: 'Write to disk…' });
  await write.click();
  await dialog.getByText(/^Written to disk in /).waitFor();
  const made = await onDisk(page);
  assertSame(made, await filesOfCommand(dialog, context));

  const format = dialog.getByLabel('Format', { exact: true });
  await format.selectOption('csv');
  await write.click();
  await dialog
    .getByText('the folder has a file metadata.json already; choose another folder')
    .waitFor();
  // Nothing was written before that.
  assert.deepEqual(await namesOnDisk(page), Object.keys(made).toSorted());
  await dialog.getByRole('button', { name: 'Close' }).click();

  await page.getByLabel('Training sequences', { exact: true }).fill('40,000,000');
  await settled(page);
  const again = await openDialog(page);
  await again
    .getByText(/is more than the 2.1 GB that a page should hold. Write it to disk/)
    .waitFor();
  assert.ok(await again.getByRole('button', { name: 'Make files' }).isDisabled());
  await packAs(again, 'one ZIP');
  await page.evaluate(watchEncoders);
  await write.click();
  await again
    .getByRole('status')
    .getByText(/^[1-9][\d,]* sequences, [\d.]+ [kM]B, [\d.]+ [kM]?B\/s, about \d+ \w+ left$/)
    .waitFor();
  assert.ok((await namesOnDisk(page)).includes('synthgen-pattern.zip'));
  await again.getByRole('button', { name: 'Cancel' }).click();
  await again.getByText('Cancelled; nothing was saved.').waitFor();
  assert.deepEqual(await namesOnDisk(page), Object.keys(made).toSorted());
  // The guide says up to four, even with more processors.
  assert.equal(await page.evaluate(() => globalThis.mostEncoders), 4);
  await close();
});

test('the dataset card of JSONL is the program’s, on disk, in the ZIP and among the files', async (context) => {
  const { page, close } = await visit({ hash, init: chooseOwnDisk });
  const dialog = await openDialog(page);
  const card = dialog.getByRole('checkbox', { name: /^with a dataset card/ });
  await card.check();
  const listed = dialog.getByRole('listitem').filter({ hasText: 'README.md' });
  await listed.getByText('the dataset card').waitFor();
  const expected = await filesOfCommand(dialog, context);
  assert.match(expected['README.md'].toString(), /split: validation/);
  await dialog.getByRole('button', { name: 'Write to disk…' }).click();
  await dialog.getByText(/^Written to disk in /).waitFor();
  assertSame(await onDisk(page), expected);
  assertSame(await zipOf(page, dialog, context), expected);
  await packAs(dialog, 'separate files');
  await dialog.getByRole('button', { name: 'Make files' }).click();
  await dialog.getByRole('button', { name: 'Save README.md' }).waitFor();

  // Other formats have none.
  for (const other of ['npy', 'parquet']) {
    await dialog.getByLabel('Format', { exact: true }).selectOption(other);
    assert.ok(await card.isHidden());
    assert.equal(await listed.count(), 0);
    assert.doesNotMatch(await dialog.getByText(/^synthgen generate /).textContent(), /card/);
  }
  await close();
});

/** For `init`: the visitor's folder counts what is written. */
function chooseCounter() {
  const written = (globalThis.written = {});
  const file = (name) => ({
    createWritable: async () => {
      written[name] = { bytes: 0, text: '' };
      return {
        async write(bytes) {
          written[name].bytes += bytes.byteLength;
          if (name === 'metadata.json') written[name].text += new TextDecoder().decode(bytes);
        },
        async close() {},
        async abort() {},
      };
    },
  });
  globalThis.showDirectoryPicker = async () => ({
    getFileHandle: async (name, { create = false } = {}) => {
      if (!create) throw new DOMException('none', 'NotFoundError');
      return file(name);
    },
    removeEntry: async () => {},
  });
}

/** The most memory that a page's process holds while something happens, in bytes. */
async function peakOf(happens) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  let peak = 0;
  const over = happens();
  const waiting = Symbol('waiting');
  const pause = () => new Promise((resolve) => setTimeout(resolve, 20, waiting));
  while ((await Promise.race([over, pause()])) === waiting) {
    for (const id of pages) {
      const status = readFileSync(`/proc/${id}/status`, 'utf8');
      peak = Math.max(peak, 1024 * Number(/^RssAnon:\s*(\d+) kB$/m.exec(status)?.[1] ?? 0));
    }
  }
  return peak;
}

const megabytes = Number(process.env.SYNTHGEN_DOWNLOAD_MB ?? 100);

test(`${megabytes} MB to disk take less than 300 MB of memory`, async (context) => {
  const { page, close } = await visit({
    hash: `#generator=pattern&vocab_size=1000&seq_length=256&num_val=0&num_train=${megabytes * 1000}`,
    init: chooseCounter,
  });
  const dialog = await openDialog(page);
  const peak = await peakOf(async () => {
    await dialog.getByRole('button', { name: 'Write to disk…' }).click();
    await dialog.getByText(/^Written to disk in /).waitFor({ timeout: 1_800_000 });
  });
  const time = await dialog.getByText(/^Written to disk in /).textContent();
  const written = await page.evaluate(() => globalThis.written);
  await close();
  context.diagnostic(`${time} ${written['train.jsonl'].bytes} bytes, peak ${peak} bytes`);
  const expected = await filesOfProgramFor(context, megabytes * 1000);
  assert.equal(written['train.jsonl'].bytes, expected['train.jsonl']);
  assert.ok(written['train.jsonl'].bytes > 0.95e6 * megabytes);
  assert.equal(written['metadata.json'].text, expected['metadata.json']);
  assert.ok(peak < 300e6, `${peak} bytes`);
});

/** The manifest, checksums in it, and the size of the file, from the program. */
async function filesOfProgramFor(context, sequences) {
  const directory = join(scratch(context), 'set');
  const flags = [
    '--vocab-size',
    1000,
    '--seq-length',
    256,
    '--num-val',
    0,
    '--num-train',
    sequences,
  ];
  const run = synthgen('generate', '--generator', 'pattern', ...flags, '--output-dir', directory);
  assert.equal(run.status, 0, run.stderr);
  assert.deepEqual(names(directory), ['metadata.json', 'train.jsonl']);
  const manifest = readFileSync(join(directory, 'metadata.json'), 'utf8');
  return { 'metadata.json': manifest, 'train.jsonl': JSON.parse(manifest).files[0].bytes };
}

test('without a way to the disk the dialog gives the limit and the command', async () => {
  const { page, close } = await visit({
    hash: `${hash}&num_train=40000000`,
    init: () => {
      delete globalThis.showDirectoryPicker;
      delete globalThis.showSaveFilePicker;
    },
  });
  const dialog = await openDialog(page);
  await dialog
    .getByText(
      / that a page should hold, and this browser cannot write straight to disk\. The command below/,
    )
    .waitFor();
  await until(async () =>
    assert.equal(await dialog.getByRole('button', { name: 'Write to disk…' }).isVisible(), false),
  );
  await close();
});
