// A file of the visitor's: chosen or dropped, measured, validated, and never sent anywhere.

import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { scratch, synthgen } from '../cli/synthgen.js';
import { until } from '../support/until.js';
import { violations } from './support/axe.js';
import { hashOf, numbersRow, rested, settled } from './support/page.js';
import { visit } from './support/visits.js';

/** A period of four tokens in sequences of 64, every line another start or step. */
const jsonl = Array.from({ length: 120 }, (_, i) => {
  const step = 7 + Math.floor(i / 40);
  const ids = Array.from({ length: 64 }, (_unused, t) => ((t % 4) * step + i) % 40);
  return `${JSON.stringify({ input_ids: ids })}\n`;
}).join('');

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
  const panel = page.locator('.file-panel');
  await panel.getByText(/never leaves this machine/).waitFor();
  return panel;
}

const choose = (panel, name, text) =>
  panel
    .getByLabel('Choose a file')
    .setInputFiles({ name, mimeType: 'application/jsonl', buffer: Buffer.from(text) });

test('a chosen file is measured and shown like generated data', async () => {
  const { page, close } = await visit();
  const panel = await opened(page);
  await choose(panel, 'mine.jsonl', jsonl);
  await panel.getByText(/^120 sequences, 7,680 tokens, .* read in [\d.]+ s\.$/).waitFor();
  await panel.getByRole('heading', { name: 'mine.jsonl' }).waitFor();
  await panel.getByText('Data validation passed').waitFor();
  await page.getByRole('heading', { name: 'mine.jsonl: 120 sequences × 64 tokens' }).waitFor();
  await page
    .getByRole('img', { name: 'Histogram of entropy over 120 sequences: mean 2' })
    .waitFor();
  await page.getByRole('img', { name: /^Token counts by rank: 40 ids occur/ }).waitFor();
  assert.equal((await numbersRow(page, 'average entropy'))[0], '2');
  assert.deepEqual(await violations(page), []);
  await close();
});

test('a file has the numbers that the program reports, with and without a vocabulary', async (t) => {
  const folder = scratch(t);
  const file = join(folder, 'mine.jsonl');
  writeFileSync(file, jsonl);
  const stages = join(folder, 'stages.json');
  writeFileSync(stages, '{"all":{"min_complexity":0,"max_complexity":1,"max_length":64}}');
  const dataset = join(folder, 'stages');
  const target = ['--output-dir', dataset, '--vocab-size', 50];
  assert.equal(synthgen('curriculum', file, '--stages', stages, ...target).status, 0);
  const { page, close } = await visit();
  const panel = await opened(page);
  await choose(panel, 'mine.jsonl', jsonl);
  const names = ['average_entropy', 'global_coherence', 'pattern_ratio', 'lz_complexity'];
  const reported = (path) =>
    JSON.parse(synthgen('analyze', path, '--json', '--measures', names.join(',')).stdout);
  const shows = (report) =>
    until(async () => {
      for (const name of names) {
        const [shown] = await numbersRow(page, name.replaceAll('_', ' '));
        assert.equal(Number(shown), Number(report[name].toPrecision(4)), name);
      }
    });
  const [unknown, known] = [file, join(dataset, 'all')].map(reported);
  assert.notEqual(unknown.lz_complexity, known.lz_complexity);
  await shows(unknown);
  await panel.getByLabel('Ids below').fill('50');
  await panel.getByLabel('Ids below').press('Tab');
  await shows(known);
  await close();
});

test('a file of another format is measured as the same sequences in JSONL are', async (t) => {
  const { page, close } = await visit();
  const panel = await opened(page);
  for (const format of ['npy', 'safetensors', 'csv']) {
    await choose(panel, `mine.${format}`, converted(t, jsonl, format));
    await panel.getByRole('heading', { name: `mine.${format}` }).waitFor();
    await panel.getByText(/^120 sequences, 7,680 tokens, .* read in [\d.]+ s\.$/).waitFor();
    await panel.getByText('Data validation passed').waitFor();
    assert.equal((await numbersRow(page, 'average entropy'))[0], '2', format);
  }
  const cut = converted(t, jsonl, 'npy').subarray(0, 3000);
  await choose(panel, 'cut.npy', cut);
  await panel.getByText('malformed: 1').waitFor();
  await panel.getByText(/^cut\.npy byte \d+: shape \(120, 64\) of .* does not make/).waitFor();
  await close();
});

test('faults are named with file and line, and what can be read is measured', async () => {
  const { page, close } = await visit();
  const panel = await opened(page);
  await panel.getByLabel('Ids below').fill('40');
  await choose(panel, 'broken.jsonl', `${jsonl}[1,2\n[5,40]\n`);
  await panel.getByText('Data validation found 2 faults').waitFor();
  await panel.getByText('broken.jsonl:121').waitFor();
  await panel.getByText('broken.jsonl:122').waitFor();
  await panel.getByText(/^121 sequences, /).waitFor();
  await panel.getByLabel('Ids below').fill('50');
  await panel.getByLabel('Ids below').press('Tab');
  await panel.getByText('Data validation found 1 fault').waitFor();
  await close();
});

test('what is not read of a file is noted, and nothing where all is', async () => {
  const { page, close } = await visit();
  const panel = await opened(page);
  await choose(
    panel,
    'mine.jsonl',
    '{"input_ids":[1,2,3],"text":"abc","source":"web"}\n'.repeat(3),
  );
  const notes = panel.getByRole('list', { name: 'Notes' });
  await notes.waitFor();
  assert.deepEqual(await notes.getByRole('listitem').allTextContents(), [
    'mine.jsonl: not read: text, source',
  ]);
  await choose(panel, 'mine.jsonl', jsonl);
  await panel.getByText(/^120 sequences/).waitFor();
  assert.equal(await notes.isVisible(), false);
  await close();
});

test('a Parquet file that is named as text is called by its name', async () => {
  const { page, close } = await visit();
  const panel = await opened(page);
  await choose(panel, 'mine.jsonl', `PAR1\u0015\u0004${'\n{"a'.repeat(40)}PAR1`);
  await panel.getByText(/is named \.jsonl, but its content is Parquet/).waitFor();
  await panel.getByText('malformed: 1').waitFor();
  await close();
});

test('a repeated sequence is named with both its places', async () => {
  const { page, close } = await visit();
  const panel = await opened(page);
  const [first] = jsonl.split('\n');
  await choose(panel, 'twice.jsonl', `${jsonl}${first}\n`);
  await panel.getByText('duplicate: 1').waitFor();
  await panel.getByText(/^twice\.jsonl:121 .*twice\.jsonl:1\b/).waitFor();
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
  const panel = page.getByRole('region', { name: 'packed.jsonl.gz', exact: true });
  await panel.getByText(/^120 sequences, 7,680 tokens/).waitFor();
  await close();
});

test('a file of another kind is refused with a message, and another can follow', async () => {
  const { page, close } = await visit();
  const panel = await opened(page);
  await choose(panel, 'picture.gz', 'not packed');
  await panel.getByRole('alert').getByText(/./).waitFor();
  await choose(panel, 'mine.jsonl', jsonl);
  await panel.getByText(/^120 sequences, /).waitFor();
  await close();
});

test('reading shows progress and can be cancelled', async (context) => {
  const { page, close } = await visit();
  const panel = await opened(page);
  const [line] = jsonl.split('\n');
  // So large that on no machine is it read before it is cancelled.
  const file = join(scratch(context), 'large.jsonl');
  for (let i = 0; i < 100; i += 1) appendFileSync(file, `${line}\n`.repeat(20_000));
  await panel.getByLabel('Choose a file').setInputFiles(file);
  await panel.getByText(/^[1-9][\d,]* sequences, /).waitFor();
  const bar = panel.getByRole('progressbar', { name: 'File read' });
  const share = Number(await bar.evaluate((element) => element.value));
  assert.ok(share > 0 && share < 1, `${share}`);
  await panel.getByRole('button', { name: 'Cancel' }).click();
  await panel.getByText('Cancelled.').waitFor();
  await close();
});

test('a file without sequences does not pass', async () => {
  const { page, close } = await visit();
  const panel = await opened(page);
  await choose(panel, 'empty.jsonl', '');
  await panel.getByText('No sequences: there was nothing to validate.').waitFor();
  assert.equal(await panel.getByText('Data validation passed').count(), 0);
  await close();
});

test('what is wrong with a file comes first', async () => {
  const { page, close } = await visit();
  const panel = await opened(page);
  await choose(panel, 'broken.jsonl', `${jsonl}[1,2\n`);
  const verdict = panel.getByText('Data validation found 1 fault');
  await verdict.waitFor();
  const top = async (locator) => (await locator.boundingBox()).y;
  assert.ok((await top(verdict)) < (await top(page.getByRole('region', { name: 'Numbers' }))));
  assert.ok((await top(verdict)) < (await top(page.locator('.chart-card').first())));
  await close();
});

test('the sequences of a file are a view of the page like generated ones', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern&seq_length=64&view.from=40' });
  const panel = await opened(page);
  const lines = Array.from({ length: 450 }, (_, i) => `[${i},7,8,9,${i % 2}]\n`).join('');
  await choose(panel, 'rows.jsonl', lines);
  const title = (text) => page.getByRole('heading', { name: text, exact: true }).waitFor();
  await title('rows.jsonl: first 200 of 450 sequences × 5 tokens');
  await panel.getByText(/A link to this page has the settings, never the file/).waitFor();
  assert.doesNotMatch(await hashOf(page), /rows|view\.from/);

  // Paging, cells, text, finding, colours.
  await page.getByRole('button', { name: 'Later sequences' }).click();
  await title('rows.jsonl: sequences 200 to 399 of 450 × 5 tokens');
  const grid = page.getByRole('grid');
  await grid.focus();
  await page.keyboard.press('Control+Home');
  await page.getByText(/token 200; read from the file; .*sequence 200, position 0/).waitFor({
    state: 'attached',
  });
  await page.keyboard.press('Enter');
  await page.getByText('token 200: 1 place', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Show all' }).click();
  const looks = page.getByRole('radiogroup', { name: 'Show as' });
  await looks.getByRole('radio', { name: 'text' }).check();
  await page.getByText('200 7 8 9 0', { exact: true }).waitFor();
  await looks.getByRole('radio', { name: 'raster' }).check();
  for (let i = 0; i < 6; i += 1) await page.getByRole('button', { name: 'Zoom in' }).click();
  await until(async () => assert.match(await hashOf(page), /view\.from=200.*view\.zoom=/));

  // A chart of all of it leads to those in view.
  await rested(page);
  const frequency = page.getByRole('region', { name: 'Token frequency', exact: true });
  await frequency.getByRole('group', { name: /values by the arrow keys/ }).focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Shift+Tab');
  await frequency.locator('.brush-tooltip').waitFor(); // it loads on first use
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByText(/^token [789]: 200 places$/).waitFor();

  await panel.getByRole('button', { name: 'Close the file' }).click();
  await title('First 200 of 50,000 sequences × 64 tokens');
  assert.equal(await panel.isVisible(), false);
  await close();
});

test('a file is compared as A or B, and a setting that changes joins it', async () => {
  const { page, close } = await visit({ hash: '#generator=pattern&vocab_size=40&seq_length=64' });
  const panel = await opened(page);
  const comparison = page.getByRole('region', { name: 'A (pinned) and B' });
  const captions = page.locator('figcaption:visible');
  const sides = (...expected) =>
    until(async () => assert.deepEqual(await captions.allTextContents(), expected));
  await page.getByRole('button', { name: 'Pin as A' }).click();
  await choose(panel, 'mine.jsonl', jsonl);
  await sides('A, pinned', 'B, mine.jsonl');
  await comparison.getByRole('row', { name: /^average entropy/ }).waitFor();
  assert.equal(await comparison.getByRole('row', { name: /^Pattern/ }).count(), 0);
  await page.getByText(/tokens of B \([\d.]+ %\) differ from A/).waitFor();
  assert.ok(await page.getByRole('button', { name: 'Download' }).isDisabled());

  await comparison.getByRole('button', { name: 'Swap A and B' }).click();
  await sides('A, mine.jsonl', 'B, as in the form');
  await panel.getByText(/compares this file, A, with generated data/).waitFor();
  assert.ok(await page.getByRole('button', { name: 'Download' }).isEnabled());
  await panel.getByLabel('Ids below').fill('30');
  await panel.getByLabel('Ids below').press('Tab');
  await panel.getByText(/Data validation found \d+ faults/).waitFor();
  await sides('A, mine.jsonl', 'B, as in the form');
  assert.deepEqual(await violations(page), []);

  await comparison.getByRole('button', { name: 'Swap A and B' }).click();
  await comparison.getByRole('button', { name: 'Unpin A' }).click();
  await sides();
  await page.getByRole('heading', { name: /^mine\.jsonl: / }).waitFor();
  const noise = page.getByLabel('Noise', { exact: true });
  await noise.fill('0.5');
  await noise.press('Enter');
  await sides('A, mine.jsonl', 'B, as in the form');
  await settled(page);
  await comparison.getByRole('button', { name: 'Unpin A' }).click();
  await until(async () => assert.equal(await panel.isVisible(), false));
  assert.match(await hashOf(page), /noise_probability=0\.5/);
  await close();
});
