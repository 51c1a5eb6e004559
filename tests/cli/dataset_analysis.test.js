import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { scratch, synthgen } from './synthgen.js';

// What `analyze` tells of a dataset's directory beyond what its files hold.

function succeeds(...args) {
  const result = synthgen(...args);
  assert.equal(result.status, 0, result.stderr);
  return result.stdout;
}

function dataset(t, ...flags) {
  const path = join(scratch(t), 'dataset');
  succeeds('generate', '--output-dir', path, '--quiet', ...flags);
  return path;
}

const analysis = (...operands) => JSON.parse(succeeds('analyze', '--json', '--quiet', ...operands));

test('expectations of the family are next to the measured values', (t) => {
  const path = dataset(
    t,
    '--generator',
    'random',
    '--vocab-size',
    300,
    '--seq-length',
    64,
    '--num-train',
    900,
    '--num-val',
    100,
  );
  const report = analysis(path);
  for (const name of ['average_entropy', 'global_coherence', 'local_coherence', 'vocab_usage']) {
    const { value, formula } = report.expected[name];
    assert.ok(Math.abs(report[name] - value) < 0.05 * value, `${name}: ${report[name]}, ${value}`);
    assert.ok(formula.length > 0);
  }
  assert.equal(report.expected.sequence_diversity.value, 1);
  assert.equal(report.expected.lag_equality, undefined);
  const { expected } = analysis(path, '--measures', 'lag_equality,avg_length');
  assert.equal(expected.lag_equality.value.length, 64);
  assert.equal(expected.avg_length.value, 64);
});

test('expectations cover every measure, and are left out when they are not wanted', (t) => {
  const sizes = ['--num-train', 40, '--num-val', 10, '--seq-length', 50, '--vocab-size', 30];
  for (const generator of ['random', 'pattern', 'conditional']) {
    const path = dataset(t, '--generator', generator, ...sizes);
    const report = analysis(path, '--measures', 'all');
    const listed = JSON.parse(succeeds('measures', '--json'))
      .filter(({ name, expected }) => name === 'num_sequences' || expected !== 'never')
      .map(({ name }) => name);
    const measured = [...listed, 'overlap'].filter((name) => (report[name] ?? null) !== null);
    assert.deepEqual(
      measured.filter((name) => !Object.hasOwn(report.expected, name)),
      ['num_sequences'],
      generator,
    );
    for (const [name, entry] of Object.entries(report.expected)) {
      assert.ok(entry.formula.length > 0, name);
      assert.equal(
        Object.hasOwn(entry, 'standard_error'),
        /^mean of \d+ /.test(entry.formula),
        name,
      );
    }
    const { expected, ...rest } = report;
    assert.ok(expected);
    assert.deepEqual(analysis(path, '--measures', 'all', '--no-expected'), rest);
    assert.deepEqual(analysis(path, '--measures', 'all', '--threads', 1), report);
  }
});

test('without a manifest, of single files and of other generators nothing is expected', (t) => {
  const path = dataset(t, '--generator', 'random', '--num-train', 10, '--num-val', 2);
  assert.equal(analysis(join(path, 'train.jsonl')).expected, undefined);
  rmSync(join(path, 'metadata.json'));
  const report = analysis(path);
  assert.equal(report.expected, undefined);
  assert.equal(report.num_sequences, 12);
  assert.deepEqual(report.overlap, { 'train/val': { sequences: 0, share: 0 } });
});

test('sequences that splits share are counted', (t) => {
  const path = dataset(
    t,
    '--generator',
    'random',
    '--vocab-size',
    2,
    '--seq-length',
    1,
    '--num-train',
    40,
    '--num-val',
    7,
  );
  assert.deepEqual(analysis(path).overlap, { 'train/val': { sequences: 7, share: 1 } });
  const copy = join(scratch(t), 'copy');
  mkdirSync(copy);
  copyFileSync(join(path, 'train.jsonl'), join(copy, 'train.jsonl'));
  assert.equal(analysis(copy).overlap, undefined);
});

test('a split that copies another is distinguished from splits that are alike by chance', (t) => {
  const sizes = ['--num-train', 40, '--num-val', 40];
  const path = dataset(t, '--vocab-size', 1000, '--seq-length', 300, ...sizes);
  assert.deepEqual(analysis(path).advice, []);
  copyFileSync(join(path, 'train.jsonl'), join(path, 'val.jsonl'));
  const { advice } = analysis(path);
  assert.deepEqual(
    advice.map(({ rule, change }) => [rule, change]),
    [
      ['repeated_sequences', {}],
      ['copied_split', {}],
    ],
  );
  const text = succeeds('analyze', path, '--quiet').replaceAll(/\s+/g, ' ');
  for (const { message } of advice) assert.ok(text.includes(message), text);
  assert.doesNotMatch(text, /: try /);

  const alike = dataset(t, '--vocab-size', 2, '--seq-length', 3, ...sizes);
  const rules = analysis(alike).advice.map(({ rule, parameter }) => [rule, parameter]);
  assert.deepEqual(rules.slice(0, 2), [
    ['low_sequence_diversity', 'vocab_size'],
    ['split_overlap', 'vocab_size'],
  ]);
});
