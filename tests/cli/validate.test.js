import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { exitStatus, scratch, synthgen } from './synthgen.js';

function file(t, text, name = 'data.jsonl') {
  const path = join(scratch(t), name);
  writeFileSync(path, text);
  return path;
}

function validate(...args) {
  const result = synthgen('validate', ...args);
  assert.equal(result.stderr, '');
  return result;
}

test('good data passes', (t) => {
  const path = file(t, '{"input_ids":[1,2,3]}\n[4,5]\n');
  const limits = ['--vocab-size', 6, '--min-length', 2, '--max-length', 3];
  const result = validate(path, ...limits);
  assert.equal(result.status, 0);
  assert.equal(result.stdout, 'Data validation passed: 2 sequences in 1 file\n');

  const json = validate('--json', path, ...limits);
  assert.equal(json.status, 0);
  assert.deepEqual(JSON.parse(json.stdout), {
    passed: true,
    num_sequences: 2,
    num_faults: 0,
    faults: [],
  });
});

test('every kind of fault is counted and placed, in one go', (t) => {
  const path = file(
    t,
    ['[1,2,3]', '[]', '[1]', '[1,2,3,4,5]', '[1,-2]', '[1,7]', 'nonsense', '[1,2]', '[9,9,9,9,9]']
      .map((line) => `${line}\n`)
      .join(''),
  );
  const limits = ['--vocab-size', 6, '--min-length', 2, '--max-length', 4];
  const result = validate('--json', path, ...limits);
  assert.equal(result.status, exitStatus.faults);
  const { faults, ...numbers } = JSON.parse(result.stdout);
  assert.deepEqual(numbers, { passed: false, num_sequences: 7, num_faults: 8 });
  const found = faults.map(({ kind, count, first }) => [
    kind,
    count,
    ...first.map(({ file: name, line, message }) => {
      assert.equal(name, path);
      return `${line}: ${message}`;
    }),
  ]);
  const [malformed, ...others] = found;
  assert.equal(malformed[0], 'malformed');
  assert.match(malformed[2], /^7: not JSON at column /);
  assert.deepEqual(others, [
    ['negative_id', 1, '5: token 1: negative id -2'],
    ['id_too_large', 2, '6: token 1: id 7; allowed: 0 to 5', '9: token 0: id 9; allowed: 0 to 5'],
    ['empty', 1, '2: no tokens'],
    ['too_short', 1, '3: 1 tokens; allowed: 2 or more'],
    ['too_long', 2, '4: 5 tokens; allowed: 4 or fewer', '9: 5 tokens; allowed: 4 or fewer'],
  ]);

  const text = validate(path, ...limits);
  assert.equal(text.status, exitStatus.faults);
  assert.match(text.stdout, /^Data validation issues: 8 in 7 sequences in 1 file\n/);
  assert.ok(text.stdout.includes(`  empty: 1\n    ${path}:2: no tokens\n`));
});

test('of many faults the first places are shown', (t) => {
  const path = file(t, '[]\n'.repeat(12));
  const result = validate(path);
  assert.equal(result.status, exitStatus.faults);
  assert.match(
    result.stdout,
    /  empty: 12\n(    .*data\.jsonl:[1-5]: no tokens\n){5}    and 7 more/,
  );
});

test('faults of several files are told together', (t) => {
  const [first, second, third] = ['[1]\n[]\n', '[1]\n', '[1]\n[2]\n[]\n'].map((text) =>
    file(t, text),
  );
  const result = validate('--json', first, second, third);
  const { faults, num_sequences: sequences } = JSON.parse(result.stdout);
  assert.equal(sequences, 6);
  assert.deepEqual(
    faults[0].first.map((fault) => [fault.file, fault.line]),
    [
      [first, 2],
      [third, 3],
    ],
  );
});

test('without limits only what no dataset may have is a fault', (t) => {
  assert.equal(validate(file(t, '[4294967295]\n[0]\n')).status, 0);
});

test("a directory is checked against its own metadata's vocab_size", (t) => {
  const directory = join(scratch(t), 'set');
  const generated = synthgen(
    ...['generate', '--output-dir', directory, '--vocab-size', 40, '--seq-length', 16],
    ...['--num-train', 60, '--num-val', 20],
  );
  assert.equal(generated.status, 0, generated.stderr);
  assert.equal(validate(directory).stdout, 'Data validation passed: 80 sequences in 2 files\n');

  appendFileSync(join(directory, 'val.jsonl'), '[3,40]\n');
  const result = validate(directory);
  assert.equal(result.status, exitStatus.faults);
  assert.match(result.stdout, /val\.jsonl:21: token 1: id 40; allowed: 0 to 39/);
  assert.equal(validate(directory, '--vocab-size', 41).status, 0);
});
