import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { assertRefused, binary, exitStatus, names, scratch, shell, synthgen } from './synthgen.js';

const jsonl = Array.from({ length: 30 }, (_, i) => `[${i},1,2,3,1,2,3,${i % 5}]\n`).join('');

function dataset(t, name = 'data.jsonl', text = jsonl) {
  const directory = scratch(t);
  const file = join(directory, name);
  writeFileSync(file, text);
  return { directory, file, page: join(directory, 'report.html') };
}

/** What a report holds: the data in it, and the page around. */
function contentOf(path) {
  const page = readFileSync(path, 'utf8');
  const [, text] = page.match(/<script type="application\/json" id="data">([^]*?)<\/script>/);
  return { page, text, data: JSON.parse(text) };
}

test('--html writes one page with the report in it, beside the usual output', (t) => {
  const { directory, file, page } = dataset(t);
  const result = synthgen('analyze', file, '--html', page, '--json');
  assert.equal(result.status, 0, result.stderr);
  assert.deepEqual(names(directory), ['data.jsonl', 'report.html']);
  const { data } = contentOf(page);
  assert.deepEqual(data.files, [file]);
  assert.equal(data.version, JSON.parse(readFileSync('package.json', 'utf8')).version);
  assert.deepEqual(data.report, JSON.parse(result.stdout));
  assert.equal(data.report.num_sequences, 30);
  const local = data.measures.find(({ name }) => name === 'local_coherence');
  assert.match(local.formula, /x_t/);
});

test('the page asks for nothing and holds no place for data any more', (t) => {
  const { file, page } = dataset(t);
  assert.equal(synthgen('analyze', file, '--html', page, '--quiet').status, 0);
  const { page: text } = contentOf(page);
  assert.match(text, /default-src 'none'; script-src 'sha256-/);
  assert.doesNotMatch(text.replace(/<script[^]*?<\/script>/g, ''), /(src|href)=/);
  assert.doesNotMatch(text, /SYNTHGEN_REPORT_DATA/);
});

test('nothing in the data can end the script that holds it', (t) => {
  const { file, page } = dataset(t, '<!--<script>.jsonl');
  assert.equal(synthgen('analyze', file, '--html', page, '--quiet').status, 0);
  const { text, data } = contentOf(page);
  assert.doesNotMatch(text, /</);
  assert.deepEqual(data.files, [file]);
});

test('an existing report is replaced only with --force', (t) => {
  const { file, page } = dataset(t);
  writeFileSync(page, 'mine');
  const refused = synthgen('analyze', file, '--html', page);
  assertRefused(
    refused,
    exitStatus.usage,
    `${page}: exists already; give --force to replace it, or another --html`,
  );
  assert.equal(readFileSync(page, 'utf8'), 'mine');
  assert.equal(synthgen('analyze', file, '--html', page, '--force', '--quiet').status, 0);
  assert.equal(contentOf(page).data.report.num_sequences, 30);
});

test('data that cannot be read leaves no page', (t) => {
  const { directory, file, page } = dataset(t, 'bad.jsonl', `${jsonl}oops\n`);
  const result = synthgen('analyze', file, '--html', page, '--quiet');
  assert.equal(result.status, exitStatus.faults);
  assert.deepEqual(names(directory), ['bad.jsonl']);
});

test('a page that cannot be written is reported before anything is measured', (t) => {
  const { directory, file } = dataset(t);
  const result = synthgen('analyze', file, '--html', join(directory, 'no/where/report.html'));
  assertRefused(result, exitStatus.io, /report\.html/);
  mkdirSync(join(directory, 'folder'));
  for (const flags of [[], ['--force']]) {
    const taken = synthgen('analyze', file, '--html', join(directory, 'folder'), ...flags);
    assertRefused(taken, exitStatus.usage, /folder: is a directory; --html needs a file$/);
  }
});

test('a page never takes the place of a file that is measured, even with --force', (t) => {
  const { directory, file } = dataset(t, 'train.jsonl');
  const link = join(directory, 'link.html');
  symlinkSync(file, link);
  const refuse = (page, ...inputs) => {
    const result = synthgen('analyze', ...inputs, '--html', page, '--force');
    assertRefused(result, exitStatus.usage, `${page}: is a file that is read; give another --html`);
    assert.equal(readFileSync(file, 'utf8'), jsonl);
  };
  for (const page of [file, `${directory}/./train.jsonl`, link]) refuse(page, file);
  refuse(file, directory);
  const set = join(directory, 'set');
  const small = ['--seq-length', 8, '--num-train', 9, '--num-val', 0, '--format', 'npy'];
  const made = synthgen(
    ...['generate', '--output-dir', set, '--length-variation', 0.5, '--quiet', ...small],
  );
  assert.equal(made.status, 0, made.stderr);
  refuse(join(set, 'metadata.json'), set);
  refuse(join(set, 'train_lengths.npy'), join(set, 'train.npy'));
  assert.equal(synthgen('verify', set).status, 0);
});

test('a program built without the page explains how to get one, and measures nothing', (t) => {
  const { directory, file, page } = dataset(t);
  const program = join(dirname(binary), 'tests/synthgen_without_report');
  const result = shell('exec "$1" analyze "$2" --html "$3"', program, file, page);
  assertRefused(
    result,
    exitStatus.usage,
    '--html: this build has no report page; run npm run build:report in the source directory and build again',
  );
  assert.deepEqual(names(directory), ['data.jsonl']);
  assert.equal(shell('exec "$1" analyze "$2"', program, file).status, 0);
});
