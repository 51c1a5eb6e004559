// A file of the visitor's: chosen or dropped, measured, validated, and never sent anywhere.

import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { scratch, synthgen } from '../cli/synthgen.js';
import { violations } from './support/axe.js';
import { numbersRow } from './support/page.js';
import { visit } from './support/visits.js';

/** A period of four tokens in sequences of 64, every line another start or step. */
const jsonl = Array.from({ length: 120 }, (_, i) => {
  const step = 7 + Math.floor(i / 40);
  const ids = Array.from({ length: 64 }, (_unused, t) => ((t % 4) * step + i) % 40);
  return `${JSON.stringify({ input_ids: ids })}\n`;
}).join('');

/** Sequences of different lengths, from one token over and over to many different ones. */
const uneven = Array.from({ length: 90 }, (_, i) => {
  const ids = Array.from({ length: 100 + 3 * i }, (_unused, t) => (t * t * 7 + i) % (1 + i));
  return `${JSON.stringify({ input_ids: ids })}\n`;
}).join('');

/** The stages of the guide's curriculum. */
const stages = {
  stage1: { min_complexity: 0, max_complexity: 0.3, max_length: 128 },
  stage2: { min_complexity: 0.2, max_complexity: 0.6, max_length: 256 },
  stage3: { min_complexity: 0.5, max_complexity: 1, max_length: 512 },
};

/** The same sequences in another format. */
function converted(t, text, format) {
  const folder = scratch(t);
  const source = join(folder, 'mine.jsonl');
  writeFileSync(source, text);
  const made = synthgen('convert', source, '--format', format);
  assert.equal(made.status, 0, made.stderr);
  return readFileSync(join(folder, `mine.${format}`));
}

async function opened(page) {
  await page.getByRole('button', { name: 'Open file' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/never leaves this machine/).waitFor();
  return dialog;
}

const choose = (dialog, name, text) =>
  dialog
    .getByLabel('Choose a file')
    .setInputFiles({ name, mimeType: 'application/jsonl', buffer: Buffer.from(text) });

test('a chosen file is measured and shown like generated data', async () => {
  const { page, close } = await visit();
  const dialog = await opened(page);
  await choose(dialog, 'mine.jsonl', jsonl);
  await dialog.getByText(/^120 sequences, 7,680 tokens, .* read in [\d.]+ s\.$/).waitFor();
  await dialog.getByRole('heading', { name: 'mine.jsonl' }).waitFor();
  await dialog.getByText('Data validation passed').waitFor();
  const { width } = await dialog.boundingBox();
  assert.ok(width > 1200, `${width} pixels for the charts`);
  await dialog
    .getByRole('img', { name: 'Histogram of entropy over 120 sequences: mean 2' })
    .waitFor();
  await dialog.getByRole('img', { name: /^Token counts by rank: 40 ids occur/ }).waitFor();
  assert.equal((await numbersRow(dialog, 'average entropy'))[0], '2');
  assert.deepEqual(await violations(page), []);
  await close();
});

test('a file of another format is measured as the same sequences in JSONL are', async (t) => {
  const { page, close } = await visit();
  const dialog = await opened(page);
  for (const format of ['npy', 'safetensors', 'csv']) {
    await choose(dialog, `mine.${format}`, converted(t, jsonl, format));
    await dialog.getByRole('heading', { name: `mine.${format}` }).waitFor();
    await dialog.getByText(/^120 sequences, 7,680 tokens, .* read in [\d.]+ s\.$/).waitFor();
    await dialog.getByText('Data validation passed').waitFor();
    assert.equal((await numbersRow(dialog, 'average entropy'))[0], '2', format);
  }
  const cut = converted(t, jsonl, 'npy').subarray(0, 3000);
  await choose(dialog, 'cut.npy', cut);
  await dialog.getByText('malformed: 1').waitFor();
  await dialog.getByText(/^cut\.npy byte \d+: shape \(120, 64\) of .* does not make/).waitFor();
  await close();
});

test('faults are named with file and line, and what can be read is measured', async () => {
  const { page, close } = await visit();
  const dialog = await opened(page);
  await dialog.getByLabel('Ids below').fill('40');
  await choose(dialog, 'broken.jsonl', `${jsonl}[1,2\n[5,40]\n`);
  await dialog.getByText('Data validation found 2 faults').waitFor();
  await dialog.getByText('broken.jsonl:121').waitFor();
  await dialog.getByText('broken.jsonl:122').waitFor();
  await dialog.getByText(/^121 sequences, /).waitFor();
  await dialog.getByLabel('Ids below').fill('50');
  await dialog.getByLabel('Ids below').press('Tab');
  await dialog.getByText('Data validation found 1 fault').waitFor();
  await close();
});

test('what is not read of a file is noted, and nothing where all is', async () => {
  const { page, close } = await visit();
  const dialog = await opened(page);
  await choose(
    dialog,
    'mine.jsonl',
    '{"input_ids":[1,2,3],"text":"abc","source":"web"}\n'.repeat(3),
  );
  const notes = dialog.getByRole('list', { name: 'Notes' });
  await notes.waitFor();
  assert.deepEqual(await notes.getByRole('listitem').allTextContents(), [
    'mine.jsonl: not read: text, source',
  ]);
  await choose(dialog, 'mine.jsonl', jsonl);
  await dialog.getByText(/^120 sequences/).waitFor();
  assert.equal(await notes.isVisible(), false);
  await close();
});

test('a Parquet file that is named as text is called by its name', async () => {
  const { page, close } = await visit();
  const dialog = await opened(page);
  await choose(dialog, 'mine.jsonl', `PAR1\u0015\u0004${'\n{"a'.repeat(40)}PAR1`);
  await dialog.getByText(/is named \.jsonl, but its content is Parquet/).waitFor();
  await dialog.getByText('malformed: 1').waitFor();
  await close();
});

test('a repeated sequence is named with both its places', async () => {
  const { page, close } = await visit();
  const dialog = await opened(page);
  const [first] = jsonl.split('\n');
  await choose(dialog, 'twice.jsonl', `${jsonl}${first}\n`);
  await dialog.getByText('duplicate: 1').waitFor();
  await dialog.getByText(/^twice\.jsonl:121 .*twice\.jsonl:1\b/).waitFor();
  await close();
});

test('a dropped file opens the same, and gzip is read', async () => {
  const { page, close } = await visit();
  const packed = gzipSync(jsonl).toString('base64');
  await page.evaluate((text) => {
    const bytes = Uint8Array.from(atob(text), (character) => character.codePointAt(0));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([bytes], 'packed.jsonl.gz'));
    const event = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event);
  }, packed);
  const dialog = page.getByRole('dialog', { name: 'packed.jsonl.gz' });
  await dialog.getByText(/^120 sequences, 7,680 tokens/).waitFor();
  await close();
});

test('a file of another kind is refused with a message, and another can follow', async () => {
  const { page, close } = await visit();
  const dialog = await opened(page);
  await choose(dialog, 'picture.gz', 'not packed');
  await dialog.getByRole('alert').getByText(/./).waitFor();
  await choose(dialog, 'mine.jsonl', jsonl);
  await dialog.getByText(/^120 sequences, /).waitFor();
  await close();
});

test("the file's curriculum is the program's, byte for byte", async (context) => {
  const { page, close } = await visit();
  const dialog = await opened(page);
  await choose(dialog, 'mine.jsonl', uneven);
  await dialog.getByText(/^90 sequences, /).waitFor();
  await dialog.getByRole('button', { name: 'Make stage files' }).click();
  const directory = scratch(context);
  writeFileSync(join(directory, 'train.jsonl'), uneven);
  writeFileSync(join(directory, 'stages.json'), JSON.stringify(stages));
  const [from, to] = [join(directory, 'train.jsonl'), join(directory, 'stages')];
  const run = synthgen(
    'curriculum',
    from,
    '--stages',
    join(directory, 'stages.json'),
    '--output-dir',
    to,
    '--quiet',
  );
  assert.equal(run.status, 0, run.stderr);
  for (const stage of Object.keys(stages)) {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: `Save ${stage}.jsonl` }).click(),
    ]);
    const saved = readFileSync(await file.path(), 'utf8');
    assert.equal(saved, readFileSync(join(to, stage, 'train.jsonl'), 'utf8'), stage);
    assert.notEqual(saved, '');
  }
  assert.deepEqual(await violations(page), []);
  await close();
});

test('reading shows progress and can be cancelled', async (context) => {
  const { page, close } = await visit();
  const dialog = await opened(page);
  const [line] = jsonl.split('\n');
  // So large that on no machine is it read before it is cancelled.
  const file = join(scratch(context), 'large.jsonl');
  for (let i = 0; i < 100; i += 1) appendFileSync(file, `${line}\n`.repeat(20_000));
  await dialog.getByLabel('Choose a file').setInputFiles(file);
  await dialog.getByText(/^[1-9][\d,]* sequences, /).waitFor();
  const bar = dialog.getByRole('progressbar', { name: 'File read' });
  const share = Number(await bar.evaluate((element) => element.value));
  assert.ok(share > 0 && share < 1, `${share}`);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByText('Cancelled.').waitFor();
  await close();
});

test('a file without sequences does not pass', async () => {
  const { page, close } = await visit();
  const dialog = await opened(page);
  await choose(dialog, 'empty.jsonl', '');
  await dialog.getByText('No sequences: there was nothing to validate.').waitFor();
  assert.equal(await dialog.getByText('Data validation passed').count(), 0);
  await close();
});

test('what is wrong with a file comes first', async () => {
  const { page, close } = await visit();
  const dialog = await opened(page);
  await choose(dialog, 'broken.jsonl', `${jsonl}[1,2\n`);
  const verdict = dialog.getByText('Data validation found 1 fault');
  await verdict.waitFor();
  const top = async (locator) => (await locator.boundingBox()).y;
  assert.ok((await top(verdict)) < (await top(dialog.getByRole('region', { name: 'Numbers' }))));
  assert.ok((await top(verdict)) < (await top(dialog.locator('.chart-card').first())));
  await close();
});
