// Files that a visitor's code makes: those of the package, or a message that says why there are none.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { createSynthgen } from 'synthgen';

import { classCode, codeOf, runCode } from './support/code.js';
import { download, sorted } from './support/downloads.js';
import { repository } from './support/site.js';
import { visit } from './support/visits.js';

const synthgen = await createSynthgen();
const config = {
  generator: 'custom',
  vocab_size: 60,
  seq_length: 20,
  num_train: 700,
  num_val: 60,
  num_test: 5,
  noise_probability: 0.1,
  custom_params: { custom_param: 0.3 },
};
const hash = `#${new URLSearchParams(
  Object.entries(config).map(([key, value]) => [
    key,
    typeof value === 'object' ? JSON.stringify(value) : value,
  ]),
)}`;

/** The files that the package makes with this code. */
async function filesOf(code, latents) {
  const { default: makeClass } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const generator = synthgen.customGenerator(makeClass(synthgen), config, { source: code });
  const encoder = synthgen.datasetEncoder(generator, { latents });
  const files = new Map();
  for (let chunk = encoder.next(); chunk !== null; chunk = encoder.next()) {
    files.set(chunk.file, (files.get(chunk.file) ?? '') + Buffer.from(chunk.bytes).toString());
  }
  files.set('metadata.json', encoder.manifest());
  encoder.delete();
  generator.delete();
  return files;
}

/** A folder from which the package can be imported by its name. */
function packageFolder(context) {
  mkdirSync(join(repository, 'build'), { recursive: true });
  const folder = mkdtempSync(join(repository, 'build/custom-'));
  context.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

const codes = {
  'an example': undefined,
  'code of the visitor': classCode(
    'return [this.randomInteger(9), this.randomToken(), 7]; // “7”, not ７',
  ),
};

for (const [name, own] of Object.entries(codes)) {
  for (const latents of [false, true]) {
    test(`the files of ${name} are those of the package${latents ? ', with latents' : ''}`, async (context) => {
      const { page, close } = await visit({ hash });
      if (own !== undefined) await runCode(page, own);
      const code = await codeOf(page);
      const { files } = await download(page, 4, async (dialog) => {
        if (latents) await dialog.getByRole('checkbox', { name: /with latents/ }).click();
      });
      assert.deepEqual(sorted(files), sorted(await filesOf(code, latents)));

      const { custom } = JSON.parse(files.get('metadata.json'));
      const file = join(packageFolder(context), 'generator.mjs');
      writeFileSync(file, code);
      const [sum] = execFileSync('xxh128sum', ['-q', file], { encoding: 'utf8' }).split(' ');
      assert.deepEqual(custom, {
        name: own === undefined ? 'CustomDataGenerator' : 'Made',
        source_xxh128: sum,
      });
      await close();
    });
  }
}

test('the lines that the dialog shows make the same sequences in node', async (context) => {
  const { page, close } = await visit({ hash });
  await runCode(page, codes['code of the visitor']);
  const { dialog, files } = await download(page, 4);
  const lines = await dialog.getByText(/^import { generateInWorker }/).textContent();
  await close();

  const folder = packageFolder(context);
  writeFileSync(join(folder, 'generator.mjs'), codes['code of the visitor']);
  writeFileSync(join(folder, 'main.mjs'), `${lines}\nexport { tokens, offsets };\n`);
  const { tokens, offsets } = await import(pathToFileURL(join(folder, 'main.mjs')));
  const made = Array.from(offsets.slice(1), (end, i) => [...tokens.slice(offsets[i], end)]);
  const text = made.map((input_ids) => `${JSON.stringify({ input_ids })}\n`).join('');
  assert.equal(text, files.get('train.jsonl'));
});

test('a sequence after the preview that never ends is stopped and named in the dialog', async () => {
  const { page, close } = await visit({ hash });
  await runCode(page, classCode('while (this.item.index === 611); return [1];'));
  await page.getByRole('button', { name: 'Download' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Make files' }).click();
  await dialog
    .getByText('sequence 611 of train did not end within 2 s; its worker was stopped')
    .waitFor();
  await dialog.getByRole('button', { name: 'Make files' }).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await runCode(page, classCode('return [1, 2];'));
  await page.getByRole('heading', { name: 'First 200 of 700 sequences × 2 tokens' }).waitFor();
  await download(page, 4);
  await close();
});

test('a mistake after the preview is shown in the dialog, and nothing is saved', async () => {
  const { page, close } = await visit({ hash });
  await runCode(page, classCode('return [this.item.index > 600 ? 60 : 1];'));
  const saved = [];
  page.on('download', (file) => saved.push(file));
  await page.getByRole('button', { name: 'Download' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Make files' }).click();
  await dialog.getByText(/^sequence 601 of train: Made: token 0: got 60; allowed: /).waitFor();
  assert.deepEqual(saved, []);
  await close();
});

test('making files can be cancelled while the code works', async () => {
  const { page, close } = await visit({ hash: `${hash}&num_train=9000000` });
  await page.getByRole('button', { name: 'Download' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Make files' }).click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByText('Cancelled; nothing was saved.').waitFor();
  await close();
});
