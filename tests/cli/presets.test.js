import assert from 'node:assert/strict';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { records, scratch, synthgen } from './synthgen.js';

const table = JSON.parse(synthgen('presets', '--json').stdout);

test('the list has every preset with its summary', () => {
  const { status, stdout } = synthgen('presets');
  assert.equal(status, 0);
  for (const { name, summary } of table) {
    assert.match(stdout, new RegExp(`^${name} +${summary.split(' ')[0]}`, 'm'));
  }
  assert.ok(table.some(({ name }) => name === 'mqar-zoology-64x4'));
});

test('a preset shows its source, what its reference does differently, floor and shortcuts', () => {
  const { stdout } = synthgen('presets', 'mqar-zoology-64x4');
  for (const word of ['citation', 'reference', 'floor', 'shortcuts', 'see also'])
    assert.match(stdout, new RegExp(`^${word} `, 'm'));
  assert.match(stdout, /mqar-zoology-64x4-fixed/);
  const one = JSON.parse(synthgen('presets', 'mad-recall', '--json').stdout);
  assert.deepEqual(
    one,
    table.find(({ name }) => name === 'mad-recall'),
  );
});

test('an unknown preset is refused with the nearest name', () => {
  for (const words of [
    ['presets', 'mad-recal'],
    ['generate', '--preset', 'mad-recal', '--output-dir', 'nowhere'],
  ]) {
    const { status, stderr } = synthgen(...words);
    assert.equal(status, 2);
    assert.match(stderr, /did you mean mad-recall\?/);
  }
});

test('--preset sets what the paper sets, and file and flags win over it', (t) => {
  const directory = join(scratch(t), 'data');
  const made = synthgen(
    ...['generate', '--preset', 'mqar-zoology-64x4', '--labels', '--num-train', 5, '--num-test', 2],
    ...['--output-dir', directory],
  );
  assert.equal(made.status, 0, made.stderr);
  const { config } = JSON.parse(readFileSync(join(directory, 'metadata.json'), 'utf8'));
  assert.equal(config.generator, 'recall');
  assert.equal(config.vocab_size, 8192);
  assert.equal(config.num_train, 5);
  assert.equal(config.random_non_queries, false);
  const lines = records(readFileSync(join(directory, 'train.jsonl'), 'utf8'));
  assert.equal(lines.length, 5);
  for (const { input_ids: ids, labels } of lines) {
    assert.equal(ids.length, 64);
    const asked = labels.flatMap((label, i) => (label === -100 ? [] : [i]));
    assert.equal(asked.length, 4);
    for (const i of asked) assert.equal(labels[i], ids[ids.indexOf(ids[i]) + 1]);
  }
});
