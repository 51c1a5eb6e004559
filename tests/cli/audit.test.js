// What shortcuts reach on a dataset, next to the floor.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { assertRefused, exitStatus, scratch, synthgen } from './synthgen.js';

function dataset(t, config) {
  const directory = scratch(t);
  const file = join(directory, 'config.json');
  const sizes = { vocab_size: 8, seq_length: 32, num_train: 300, num_val: 200 };
  writeFileSync(file, JSON.stringify({ ...sizes, ...config }));
  const made = synthgen('generate', '--config', file, '--output-dir', directory, '--quiet');
  assert.equal(made.status, 0, made.stderr);
  return directory;
}

function audit(...args) {
  const result = synthgen('audit', ...args, '--json', '--quiet');
  assert.equal(result.status, 0, result.stderr);
  const report = JSON.parse(result.stdout);
  const byName = Object.fromEntries(report.shortcuts.map((row) => [row.name, row]));
  return { report, byName };
}

test('on independent tokens no shortcut finds anything, and the floor is their entropy', (t) => {
  const directory = dataset(t, { generator: 'random' });
  const { report, byName } = audit(directory);
  assert.equal(report.target, 'tokens');
  assert.equal(report.questions, 200 * 32);
  assert.ok(Math.abs(report.floor.bits - 3) < 1e-12);
  assert.ok(Math.abs(byName.uniform.bits - 3) < 1e-12);
  for (const row of report.shortcuts) assert.ok(!row.finds, row.name);
  const text = synthgen('audit', directory, '--quiet');
  assert.match(
    text.stdout,
    /^fitted to 300 sequences of train; 6400 tokens of 200 sequences of val/,
  );
  assert.match(text.stdout, /^floor +3\.0000/m);
  assert.match(text.stdout, /No shortcut beats a simpler one/);
});

test('on patterns copying finds what is repeated, and never more than the floor leaves', (t) => {
  const config = { generator: 'pattern', vocab_size: 50, pattern_probability: 0.9 };
  const { report, byName } = audit(dataset(t, { ...config, pattern_types: ['repetition'] }));
  assert.ok(byName.induction.finds);
  assert.ok(byName.induction.accuracy > byName.unigram.accuracy + 0.2);
  if (report.floor.bits !== undefined) {
    for (const { name, bits } of report.shortcuts) assert.ok(bits > report.floor.bits, name);
  }
});

test('a config without an exact law has a reason in place of the floor', (t) => {
  const { report } = audit(dataset(t, { generator: 'composed', vocab_size: 64 }));
  assert.match(report.floor.reason, /^no exact law of the next token: /);
});

test('labels are what is asked for where the data has some', (t) => {
  const directory = scratch(t);
  const lines = (count, seed) =>
    Array.from({ length: count }, (_, i) => {
      const a = (i * seed) % 5;
      return `${JSON.stringify({ input_ids: [a, 5 + a, 9, a], labels: [-100, -100, -100, 5 + a] })}\n`;
    }).join('');
  writeFileSync(join(directory, 'train.jsonl'), lines(50, 3));
  writeFileSync(join(directory, 'test.jsonl'), lines(20, 7));
  const { report, byName } = audit(directory);
  assert.equal(report.target, 'labels');
  assert.equal(report.held_out.split, 'test');
  assert.equal(report.questions, 20);
  assert.equal(byName.last_value.accuracy, 1);
  assert.match(report.floor.reason, /the config is not known/);
});

test('a dataset without a held-out split is refused', (t) => {
  const directory = scratch(t);
  writeFileSync(join(directory, 'train.jsonl'), '[1,2]\n');
  assertRefused(
    synthgen('audit', directory),
    exitStatus.usage,
    `${directory}: has no file of the split test; the shortcuts are fitted to train and asked about val or test`,
  );
  assertRefused(
    synthgen('audit', directory, '--split', 'train'),
    exitStatus.usage,
    /^--split: got train; allowed: val or test/,
  );
});

test('analyze measures the same shortcuts on halves of the data', (t) => {
  const directory = dataset(t, { generator: 'random' });
  const result = synthgen('analyze', directory, '--measures', 'baselines', '--json', '--quiet');
  assert.equal(result.status, 0, result.stderr);
  const report = JSON.parse(result.stdout);
  assert.equal(report.shortcut_uniform_bits, 3);
  assert.ok(Math.abs(report.shortcut_unigram_bits - 3) < 0.05);
  assert.equal(report.shortcut_query_rank_bits, null);
  assert.ok(!('expected' in report) || !('shortcut_unigram_bits' in report.expected));
});
