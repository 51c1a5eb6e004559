import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';

import { exitStatus, scratch, stageOf, synthgen } from './synthgen.js';

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
    ['too_short', 1, '3: 1 token; allowed: 2 or more'],
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

test('faults of several files are reported together', (t) => {
  const [first, second, third] = ['[1]\n[]\n', '[2]\n', '[3]\n[4]\n[]\n'].map((text) =>
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

  const line = JSON.stringify([...Array(15).fill(3), 40]);
  appendFileSync(join(directory, 'val.jsonl'), `${line}\n`);
  const result = validate(directory);
  assert.equal(result.status, exitStatus.faults);
  assert.match(result.stdout, /val\.jsonl:21: token 15: id 40; allowed: 0 to 39/);
  assert.doesNotMatch(validate(directory, '--vocab-size', 41).stdout, /id 40/);
});

/** A dataset of 30 + 10 sequences of 8 to 24 tokens. */
function dataset(t) {
  const directory = join(scratch(t), 'set');
  const generated = synthgen(
    ...['generate', '--output-dir', directory, '--vocab-size', 40, '--seq-length', 16],
    ...['--length-variation', 0.5, '--num-train', 30, '--num-val', 10],
  );
  assert.equal(generated.status, 0, generated.stderr);
  return directory;
}

/** {kind: [messages with the names of files]} of what is found. */
function findings(...args) {
  const { faults } = JSON.parse(validate('--json', ...args).stdout);
  return Object.fromEntries(
    faults.map(({ kind, first }) => [
      kind,
      first.map(({ file: name, line, message }) =>
        `${basename(name)}:${line}: ${message}`.replaceAll(dirname(name), '…'),
      ),
    ]),
  );
}

test('lengths are held against what the metadata makes possible', (t) => {
  const directory = dataset(t);
  assert.deepEqual(findings(directory), {});
  appendFileSync(join(directory, 'val.jsonl'), `[1,2,3]\n${JSON.stringify(Array(30).fill(1))}\n`);
  const { too_short: short, too_long: long } = findings(directory);
  assert.deepEqual(short, ['val.jsonl:11: 3 tokens; allowed: 8 or more']);
  assert.deepEqual(long, ['val.jsonl:12: 30 tokens; allowed: 24 or fewer']);
  assert.equal(findings(directory, '--min-length', 1, '--max-length', 30).too_short, undefined);
});

test('other bytes than the metadata says are a fault', (t) => {
  const directory = dataset(t);
  const path = join(directory, 'train.jsonl');
  const text = readFileSync(path, 'utf8');
  const [id] = /\d+/.exec(text.slice(20));
  const other = String((Number(id) + 1) % 10).padStart(id.length, '1');
  writeFileSync(path, text.slice(0, 20) + text.slice(20).replace(id, other));
  const faults = findings(directory);
  assert.deepEqual(Object.keys(faults), ['checksum_mismatch']);
  assert.match(
    faults.checksum_mismatch[0],
    /^train\.jsonl:0: has the checksum [0-9a-f]{32}; metadata\.json says [0-9a-f]{32}$/,
  );
});

test('a manifest that was changed, or names nothing, is a fault', (t) => {
  const directory = dataset(t);
  const path = join(directory, 'metadata.json');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('"seq_length": 16', '"seq_length": 17'));
  assert.equal(
    findings(directory).manifest_mismatch[0],
    'metadata.json:0: was changed: its checksum does not match',
  );
  writeFileSync(path, text.replace('"seq_length": 16', '"seq_length": 124'));
  assert.equal(
    findings(directory).manifest_mismatch[0],
    'metadata.json:0: was changed: its checksum does not match',
  );
  writeFileSync(path, '{}\n');
  assert.deepEqual(findings(directory), {
    manifest_mismatch: ['metadata.json:0: names no files'],
  });
});

test('a file in the directory that the metadata does not list is read too', (t) => {
  const directory = dataset(t);
  const [line] = readFileSync(join(directory, 'train.jsonl'), 'utf8').split('\n');
  writeFileSync(join(directory, 'test.jsonl'), `${line}\n[1\n`);
  const { malformed, ...others } = findings(directory);
  assert.match(malformed[0], /^test\.jsonl:2: not JSON at column /);
  assert.deepEqual(others, {
    split_overlap: [`test.jsonl:1: has the ids of …/train.jsonl:1`],
    manifest_mismatch: ['test.jsonl:0: is not in metadata.json'],
  });
  const text = validate(directory).stdout;
  assert.match(text, /^Data validation issues: 3 in 41 sequences in 3 files\n/);
});

test("a curriculum's stage is held against its own vocabulary and length", (t) => {
  const directory = dataset(t);
  const stage = stageOf(directory, 's', { min_complexity: 0, max_complexity: 1, max_length: 12 });
  assert.deepEqual(findings(stage), {});
  const usage = /^vocab_usage +\d+\/40$/m;
  assert.match(synthgen('analyze', stage, '--quiet').stdout, usage);
  appendFileSync(join(stage, 'train.jsonl'), `[40,1]\n${JSON.stringify(Array(13).fill(1))}\n`);
  const found = findings(stage);
  assert.deepEqual(found.id_too_large, ['train.jsonl:31: token 0: id 40; allowed: 0 to 39']);
  assert.deepEqual(found.too_long, ['train.jsonl:32: 13 tokens; allowed: 12 or fewer']);
});

test('fewer sequences, missing files and files that nobody knows are all told', (t) => {
  const directory = dataset(t);
  const path = join(directory, 'train.jsonl');
  const text = readFileSync(path, 'utf8');
  truncateSync(path, text.indexOf('\n', 1000) + 1);
  rmSync(join(directory, 'val.jsonl'));
  writeFileSync(join(directory, 'test.jsonl'), '[1]\n');
  const { manifest_mismatch: faults, ...others } = findings(directory);
  assert.deepEqual(others, {});
  assert.deepEqual(faults.slice(0, 2), [
    'val.jsonl:0: is missing; metadata.json lists it',
    'test.jsonl:0: is not in metadata.json',
  ]);
  assert.match(faults[2], /^train\.jsonl:0: has \d+ bytes; metadata\.json says \d+$/);
  assert.match(faults[3], /^train\.jsonl:0: has \d+ sequences; metadata\.json says 30$/);
});

test('sequences that come twice are faults within a split and between splits', (t) => {
  const train = file(t, '[1]\n[2]\n[1]\n', 'train.jsonl');
  const val = file(t, '[3]\n[2]\n', 'val.jsonl');
  assert.deepEqual(findings(train, val), {
    duplicate: ['train.jsonl:3: has the ids of …/train.jsonl:1'],
    split_overlap: [`val.jsonl:2: has the ids of ${train}:2`],
  });
  assert.deepEqual(Object.keys(findings(train, val, '--allow-duplicates')), ['split_overlap']);
  assert.deepEqual(Object.keys(findings(train, val, '--allow-overlap')), ['duplicate']);
  assert.equal(validate(train, val, '--allow-duplicates', '--allow-overlap').status, 0);
});

test('with little memory the same is found', (t) => {
  const lines = Array.from({ length: 9000 }, (_, i) => `[${(i * 7919) % 8999},5]\n`);
  const path = file(t, lines.join(''));
  const little = findings(path, '--memory-limit', '64K');
  assert.deepEqual(little, { duplicate: ['data.jsonl:9000: has the ids of …/data.jsonl:1'] });
  assert.deepEqual(little, findings(path));
});

test('datasets of every format pass, with or without their metadata', (t) => {
  for (const format of ['jsonl', 'npy', 'pt', 'safetensors', 'bin', 'llmc', 'megatron', 'csv']) {
    const directory = join(scratch(t), format);
    const generated = synthgen(
      ...['generate', '--output-dir', directory, '--format', format, '--vocab-size', 300],
      ...['--seq-length', 20, '--length-variation', 0.5, '--num-train', 30, '--num-val', 10],
      ...(['bin', 'llmc'].includes(format) ? ['--separator', 4000] : []),
    );
    assert.equal(generated.status, 0, generated.stderr);
    const passed = 'Data validation passed: 40 sequences in 2 files\n';
    assert.equal(validate(directory).stdout, passed, format);
    if (['bin', 'llmc'].includes(format)) continue; // the metadata knows its separator
    rmSync(join(directory, 'metadata.json'));
    assert.equal(validate(directory).stdout, passed, format);
  }
});

test('a file that is not what its name says is a fault, and the next one is checked', (t) => {
  const wrong = file(t, '[1]\n', 'train.npy');
  const other = file(t, '[]\n', 'val.jsonl');
  const faults = findings(wrong, other);
  assert.deepEqual(Object.keys(faults), ['malformed', 'empty']);
  assert.match(faults.malformed[0], /^train\.npy:0: byte 0: not an NPY file/);
  assert.deepEqual(faults.empty, ['val.jsonl:1: no tokens']);
});
