// The card that `--dataset-card` writes: its patterns find each split's files, and nothing else.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';

import { assertRefused, exitStatus, names, records, scratch, synthgen } from './synthgen.js';

const counts = { train: 6, validation: 2, test: 3 };
const size = ['--vocab-size', 50, '--seq-length', 8, '--num-train', 6, '--num-val', 2];
const few = [...size, '--num-test', 3, '--quiet'];

function run(...args) {
  const result = synthgen(...args);
  assert.equal(result.status, 0, result.stderr);
  return result;
}

/** The card's patterns by split. */
function patterns(directory) {
  const [before, front] = readFileSync(join(directory, 'README.md'), 'utf8').split('---\n');
  assert.equal(before, '');
  const entry = / {6}- split: (\w+)\n {8}path: "([^"\n]+)"\n/g;
  const [head] = front.split(/^ {6}/m, 1);
  assert.match(head, /^(#.*\n)?configs:\n {2}- config_name: default\n {4}data_files:\n$/);
  assert.equal(head + front.match(entry).join(''), front);
  return Object.fromEntries(
    [...front.matchAll(entry)].map(([, split, pattern]) => [split, pattern]),
  );
}

/** The files that a pattern matches. */
function expanded(directory, pattern) {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return names(directory).filter((name) => new RegExp(`^${parts.join('[^/]*')}$`).test(name));
}

function sequences(directory, file) {
  const bytes = readFileSync(join(directory, file));
  return records(String(file.endsWith('.gz') ? gunzipSync(bytes) : bytes));
}

/** The patterns find all of each split, and no file twice. */
function assertFinds(directory, expectedCounts = counts) {
  const found = {};
  const files = [];
  for (const [split, pattern] of Object.entries(patterns(directory))) {
    const matched = expanded(directory, pattern);
    files.push(...matched);
    found[split] = matched.flatMap((file) => sequences(directory, file)).length;
  }
  assert.deepEqual(found, expectedCounts);
  assert.equal(new Set(files).size, files.length);
  return files;
}

describe('generate --dataset-card', () => {
  for (const flags of [[], ['--compress', 'gzip'], ['--num-shards', 3]]) {
    test(`finds every split ${flags.join(' ')}`, (t) => {
      const directory = join(scratch(t), 'data');
      run('generate', '--output-dir', directory, ...few, '--dataset-card', ...flags);
      const files = assertFinds(directory);
      const { files: listed } = JSON.parse(readFileSync(join(directory, 'metadata.json')));
      assert.deepEqual(files.sort(), listed.map(({ file }) => file).sort());
    });
  }

  test('names no split without sequences', (t) => {
    const directory = join(scratch(t), 'data');
    run('generate', '--output-dir', directory, ...size, '--quiet', '--dataset-card');
    assertFinds(directory, { train: 6, validation: 2 });
  });
});

describe('convert --dataset-card', () => {
  const source = (t, ...flags) => {
    const directory = join(scratch(t), 'source');
    run('generate', '--output-dir', directory, ...few, ...flags);
    return directory;
  };

  for (const flags of [[], ['--compress', 'gzip']]) {
    test(`writes a card for the splits of a directory ${flags.join(' ')}`, (t) => {
      const output = join(scratch(t), 'hub');
      const from = source(t, '--format', 'npy', '--num-shards', 2);
      const done = run('convert', from, '--output', output, '--dataset-card', ...flags);
      assert.ok(done.stderr.includes(`wrote ${join(output, 'README.md')}\n`), done.stderr);
      const files = assertFinds(output);
      assert.deepEqual([...files, 'README.md'].sort(), names(output).sort());
      assert.doesNotMatch(readFileSync(join(output, 'README.md'), 'utf8'), /metadata\.json/);
      run('convert', from, '--output', output, '--dataset-card', '--force', ...flags);
      assertFinds(output);
    });
  }

  test('is refused where a card makes no sense, or would replace another text', (t) => {
    const from = source(t);
    const output = scratch(t);
    const convert = (...args) => synthgen('convert', ...args, '--dataset-card', '--quiet');
    assertRefused(
      convert(join(from, 'train.jsonl'), '--output', join(output, 'x.jsonl')),
      exitStatus.usage,
      '--dataset-card: only with the directory of a dataset',
    );
    assertRefused(
      convert(from, '--output', output, '--format', 'npy'),
      exitStatus.usage,
      '--dataset-card: not with npy; formats that can: jsonl',
    );
    writeFileSync(join(output, 'README.md'), '# mine\n');
    assertRefused(
      convert(from, '--output', output),
      exitStatus.usage,
      /README\.md: exists and is no card of a dataset; --force replaces it$/,
    );
    assert.deepEqual(names(output), ['README.md']);
    assert.equal(convert(from, '--output', output, '--force').status, 0);
    assertFinds(output);
  });
});
