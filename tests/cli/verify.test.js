import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { assertRefused, exitStatus, names, scratch, stageOf, synthgen } from './synthgen.js';

const { faults, usage, io } = exitStatus;
const small = ['--vocab-size', 50, '--seq-length', 20, '--num-train', 300, '--num-val', 10];

function dataset(t, ...flags) {
  const directory = join(scratch(t), 'out');
  const result = synthgen('generate', '--output-dir', directory, ...small, '--quiet', ...flags);
  assert.equal(result.status, 0, result.stderr);
  return directory;
}

function flip(path, place) {
  const bytes = readFileSync(path);
  bytes[place] ^= 4;
  writeFileSync(path, bytes);
}

test('a dataset that is as it was written passes, by a sample and as a whole', (t) => {
  const directory = dataset(t);
  const sample = synthgen('verify', directory);
  assert.equal(sample.status, 0, sample.stderr);
  assert.match(
    sample.stdout,
    /^Verification passed: 310 sequences in 2 files, \d+ of them regenerated/,
  );
  const full = synthgen('verify', directory, '--full', '--threads', 2, '--json');
  const report = JSON.parse(full.stdout);
  assert.equal(report.passed, true);
  assert.deepEqual(
    report.files.map(({ file, regenerated }) => [file, regenerated]),
    [
      ['train.jsonl', 300],
      ['val.jsonl', 10],
    ],
  );
});

test("a curriculum's stages are held against their manifests, without a config", (t) => {
  const directory = dataset(t);
  const low = stageOf(directory, 'low', { min_complexity: 0, max_complexity: 0.5, max_length: 9 });
  const passed = synthgen('verify', low);
  assert.equal(passed.status, 0, passed.stdout);
  assert.equal(
    passed.stdout,
    'Verification passed: 150 sequences in 1 file, 0 of them regenerated\n' +
      '  metadata.json: this dataset was not generated from a config, so no sequence was regenerated\n',
  );
  flip(join(low, 'train.jsonl'), 100);
  const failed = synthgen('verify', low);
  assert.equal(failed.status, faults);
  assert.match(failed.stdout, /^Verification failed: 1 fault\n {2}train\.jsonl: has the checksum /);
});

test('a flipped byte of any file is found and named', (t) => {
  const directory = dataset(t, '--latents');
  const before = Object.fromEntries(
    names(directory).map((name) => [name, readFileSync(join(directory, name))]),
  );
  for (const [name, bytes] of Object.entries(before)) {
    for (const share of [0, 0.37, 0.8, 1]) {
      const place = Math.floor((bytes.length - 1) * share);
      flip(join(directory, name), place);
      const result = synthgen('verify', directory, '--json');
      assert.equal(result.status, faults, result.stderr);
      const [fault, ...others] = JSON.parse(result.stdout).faults;
      assert.deepEqual(others, []);
      assert.equal(fault.file, name);
      const line = bytes.subarray(0, place).filter((byte) => byte === 10).length + 1;
      if (name === 'metadata.json') {
        assert.match(
          fault.message,
          /^(was changed: its checksum does not match|does not end with its checksum).*; its files were not checked$/,
        );
      } else {
        assert.deepEqual([fault.byte, fault.line, fault.sequence], [place, line, line - 1]);
      }
      writeFileSync(join(directory, name), bytes);
    }
  }
  assert.equal(synthgen('verify', directory).status, 0);
});

test('the text names the place, too', (t) => {
  const directory = dataset(t);
  flip(join(directory, 'val.jsonl'), 100);
  const result = synthgen('verify', directory);
  assert.equal(result.status, faults);
  assert.match(
    result.stdout,
    /^Verification failed: 1 fault\n {2}val\.jsonl: byte 100, line 2, sequence 1: has the checksum /,
  );
});

test('a manifest of a newer stream version is refused by name, by verify and as a config', (t) => {
  const directory = dataset(t);
  const path = join(directory, 'metadata.json');
  const message = `${path}: has stream version 2; this program makes stream version 1: use a newer one`;
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace('"stream_version": 1', '"stream_version": 2'),
  );
  const other = join(directory, 'again');
  assertRefused(synthgen('generate', '--config', path, '--output-dir', other), usage, message);
  assert.deepEqual(names(other), []);
});

test('a missing manifest and a missing directory are reported', (t) => {
  const directory = scratch(t);
  assertRefused(synthgen('verify', directory), io, `${directory}: has no metadata.json`);
  assertRefused(synthgen('verify'), usage, 'DIR: is missing; give at least one');
});

test('generate --config metadata.json makes the dataset again, byte for byte', (t) => {
  const variants = [
    [],
    ['--latents', '--length-variation', 0.5, '--seed', 9, '--num-test', 3],
    ['--num-shards', 4, '--analyze'],
    ['--generator', 'hierarchical', '--noise-probability', 0.1, '--analyze'],
  ];
  for (const flags of variants) {
    const directory = dataset(t, ...flags);
    const again = join(scratch(t), 'again');
    const manifest = join(directory, 'metadata.json');
    const result = synthgen('generate', '--config', manifest, '--output-dir', again, '--quiet');
    assert.equal(result.status, 0, result.stderr);
    assert.deepEqual(names(again), names(directory));
    for (const name of names(directory)) {
      assert.ok(readFileSync(join(again, name)).equals(readFileSync(join(directory, name))), name);
    }
  }
});
