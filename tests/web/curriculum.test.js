// The stages of a curriculum: moved on the chart, typed, and saved as one file.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { scratch, synthgen } from '../cli/synthgen.js';
import { until } from '../support/until.js';
import { violations } from './support/axe.js';
import { phone, rested } from './support/page.js';
import { visit } from './support/visits.js';

/** Sequences of different lengths, from one token over and over to many different ones. */
const uneven = Array.from({ length: 90 }, (_, i) => {
  const ids = Array.from({ length: 100 + 3 * i }, (_unused, t) => (t * t * 7 + i) % (1 + i));
  return `${JSON.stringify({ input_ids: ids })}\n`;
}).join('');

/** Opens the stages on their chart. */
async function edit(page) {
  await rested(page);
  await page.getByRole('button', { name: 'Edit the stages' }).click();
  const panel = page.getByRole('region', { name: 'Curriculum', exact: true });
  await panel.waitFor();
  return panel;
}

const handle = (page, name) => page.getByRole('slider', { name, exact: true });
const ends = async (page, stage) =>
  Promise.all(
    ['from', 'to'].map(async (end) =>
      Number(await handle(page, `${stage}, ${end}`).getAttribute('aria-valuenow')),
    ),
  );
const countOf = (panel, i) => panel.getByRole('row').nth(i).getByRole('cell').nth(4).textContent();

/** Saves the curriculum, unpacks it, and has the program divide `source` in the same stages. */
async function assertSameAsProgram(context, page, panel, source) {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: 'Download the curriculum' }).click(),
  ]);
  assert.equal(file.suggestedFilename(), 'curriculum.zip');
  const folder = scratch(context);
  const [own, theirs] = [join(folder, 'own'), join(folder, 'theirs')];
  const unpacked = spawnSync('python3', ['-m', 'zipfile', '-e', await file.path(), own]);
  assert.equal(unpacked.status, 0, String(unpacked.stderr));
  const stages = join(own, 'stages.json');
  const made = synthgen('curriculum', source, '--stages', stages, '--output-dir', theirs);
  assert.equal(made.status, 0, made.stderr);
  const names = Object.keys(JSON.parse(readFileSync(stages, 'utf8')));
  for (const name of names) {
    const [mine, other] = [own, theirs].map((directory) =>
      readFileSync(join(directory, name, 'train.jsonl'), 'utf8'),
    );
    assert.equal(mine, other, name);
    assert.notEqual(mine, '');
  }
  return names;
}

test("stages of generated data are moved by mouse, keyboard and typing; the files are the program's", async (context) => {
  const config = { generator: 'pattern', vocab_size: 300, num_train: 700, num_val: 0 };
  const { page, close } = await visit({
    hash: `#${new URLSearchParams({ ...config, length_variation: 0.5, seq_length: 60 })}`,
  });
  const panel = await edit(page);
  assert.equal(await countOf(panel, 1), '210');

  const from = handle(page, 'stage3, from');
  const { x, y, width, height } = await from.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x - 60, y + 3, { steps: 4 });
  await page.mouse.up();
  const [moved] = await ends(page, 'stage3');
  assert.ok(moved > 30 && moved < 50, `${moved}`);
  const typed = panel.getByLabel('from rank of stage 3');
  assert.equal(Number(await typed.inputValue()), moved / 100);

  await from.focus();
  for (const key of ['Home', 'PageUp', 'ArrowRight', 'ArrowUp', 'ArrowLeft'])
    await page.keyboard.press(key);
  assert.deepEqual(await ends(page, 'stage3'), [11, 100]);
  await page.keyboard.press('End'); // up to its own other end
  assert.deepEqual(await ends(page, 'stage3'), [100, 100]);
  assert.ok(await from.evaluate((element) => element === document.activeElement));

  await typed.fill('0.333');
  assert.equal(await from.getAttribute('aria-valuetext'), '33.3 %');
  await typed.fill('1.5');
  await panel.getByText('Stage 3, from rank: a number from 0 to 1').waitFor();
  assert.ok(await panel.getByRole('button', { name: 'Download the curriculum' }).isDisabled());
  await typed.fill('0.333');

  await panel.getByRole('button', { name: 'Remove stage2' }).click();
  await panel.getByRole('button', { name: 'Add a stage' }).click();
  await page.keyboard.type('x'); // the new name has the focus
  await panel.getByLabel('cut to of stage 3').fill('33');
  assert.deepEqual(await violations(page), []);

  const directory = join(scratch(context), 'data');
  const flags = Object.entries({ ...config, length_variation: 0.5, seq_length: 60 });
  const written = synthgen(
    'generate',
    ...flags.flatMap(([key, value]) => [`--${key.replaceAll('_', '-')}`, String(value)]),
    '--output-dir',
    directory,
  );
  assert.equal(written.status, 0, written.stderr);
  const source = join(directory, 'train.jsonl');
  const names = await assertSameAsProgram(context, page, panel, source);
  assert.deepEqual(names.slice(0, 2), ['stage1', 'stage3']);
  assert.equal(names.length, 3);
  await panel.getByRole('button', { name: 'Close' }).click();
  await until(async () =>
    assert.equal(await page.getByRole('slider', { name: /^stage/ }).count(), 0),
  );
  await close();
});

test("stages of a file are moved by a finger; the files are the program's", async (context) => {
  const { page, close } = await visit({ viewport: phone, hasTouch: true });
  await page.getByRole('button', { name: 'Open file' }).click();
  await page.getByLabel('Choose a file').setInputFiles({
    name: 'mine.jsonl',
    mimeType: 'application/jsonl',
    buffer: Buffer.from(uneven),
  });
  await page.getByText(/^90 sequences, .* read in/).waitFor();
  const panel = await edit(page);
  const to = handle(page, 'stage1, to');
  await to.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await to.boundingBox();
  const [left, top] = [x + width / 2, y + height / 2];
  const finger = await page.context().newCDPSession(page);
  const touch = (type, at) =>
    finger.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: at === undefined ? [] : [{ x: at, y: top }],
    });
  await touch('touchStart', left);
  for (const by of [15, 30, 50, 80]) await touch('touchMove', left + by);
  await touch('touchEnd');
  const [, moved] = await ends(page, 'stage1');
  assert.ok(moved > 45 && moved < 80, `${moved}`);
  assert.equal(Number(await countOf(panel, 1)), Math.floor((moved / 100) * 89 + 1e-9) + 1);

  const source = join(scratch(context), 'mine.jsonl');
  writeFileSync(source, uneven);
  await assertSameAsProgram(context, page, panel, source);
  await close();
});
