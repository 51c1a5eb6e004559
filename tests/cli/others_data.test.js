// Data of other trainers, in the layouts that they document: read by code that is not this program's,
// or built byte by byte.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { llmc, npy, numbers, u32, u64, zip } from '../support/foreign/builders.js';
import { assertRefused, exitStatus, names, records, scratch, synthgen } from './synthgen.js';

const size = ['--vocab-size', 50, '--seq-length', 8, '--num-train', 6, '--num-val', 2, '--quiet'];

function run(...args) {
  const result = synthgen(...args);
  assert.equal(result.status, 0, result.stderr);
  return result;
}

/** The ids of each sequence in a file of any format, by way of JSONL. */
function read(t, path, ...flags) {
  const output = join(scratch(t), 'read.jsonl');
  run('convert', path, '--format', 'jsonl', '--output', output, '--quiet', ...flags);
  return records(readFileSync(output, 'utf8')).map(({ input_ids }) => input_ids);
}

/** A file with these bytes. */
function written(t, name, bytes) {
  const path = join(scratch(t), name);
  writeFileSync(path, bytes);
  return path;
}

for (const [dtype, magic, version, Ids] of [
  ['uint16', 20240520, 1, Uint16Array],
  ['uint32', 20240801, 7, Uint32Array],
]) {
  test(`llm.c finds its header of 256 integers and ${dtype} ids, with separators in front`, (t) => {
    const directory = join(scratch(t), 'data');
    const separator = ['--separator', 60, '--separator-first', '--length-variation', 0.5];
    run(
      ...['generate', '--output-dir', directory, ...size, '--format', 'llmc', '--dtype', dtype],
      ...separator,
    );
    const bytes = readFileSync(join(directory, 'train.bin'));
    const [words, rest] = [bytes.subarray(0, 1024), bytes.subarray(1024)];
    const head = new Int32Array(Uint8Array.from(words).buffer);
    const ids = new Ids(Uint8Array.from(rest).buffer);
    assert.deepEqual([...head.slice(0, 3)], [magic, version, ids.length]);
    assert.ok(head.slice(3).every((word) => word === 0));
    const documents = `${[...ids]} `.split(/(?:^|,)60,/).slice(1);
    const plain = join(scratch(t), 'plain');
    run('generate', '--output-dir', plain, ...size, '--length-variation', 0.5);
    const expected = records(readFileSync(join(plain, 'train.jsonl'), 'utf8'));
    assert.deepEqual(
      documents.map((text) => text.split(',').map(Number)),
      expected.map(({ input_ids }) => input_ids),
    );
    assert.equal(synthgen('validate', directory).status, 0);
    assert.equal(synthgen('verify', directory, '--quiet').status, 0);
  });
}

test('flags say what a stream, an array or a memory map does not say itself', (t) => {
  const bin = written(t, 'stream.bin', numbers('u2', [9, 1, 2, 9, 3]));
  const front = ['--input-separator', 9, '--input-separator-first'];
  assert.deepEqual(read(t, bin, '--input-dtype', 'uint16', ...front), [[1, 2], [3]]);
  assert.deepEqual(read(t, bin, '--input-dtype', 'uint16', '--input-seq-length', 2), [
    [9, 1],
    [2, 9],
    [3],
  ]);
  const shard = written(t, 'shard.bin', llmc(20240801, 7, 'u4', [9, 70000, 9, 3]));
  assert.deepEqual(read(t, shard, ...front), [[70000], [3]]);
  const flat = written(t, 'flat.npy', npy('u2', '(5,)', [1, 2, 9, 3, 9]));
  assert.deepEqual(read(t, flat, '--input-separator', 9), [[1, 2], [3]]);
  assertRefused(
    synthgen('analyze', flat, '--quiet'),
    exitStatus.faults,
    /an array of 1 dimension; .* where sequences begin in one dimension, a file flat_metadata\.json .*--input-seq-length/,
  );
  const map = written(t, 'dolma.npy', numbers('u2', [1, 2, 3, 4]));
  assert.deepEqual(read(t, map, '--input-dtype', 'uint16', '--input-seq-length', 2), [
    [1, 2],
    [3, 4],
  ]);
  assertRefused(
    synthgen('analyze', map, '--quiet'),
    exitStatus.faults,
    /not an NPY file: .* If it is a memory map of ids without a header, a file dolma_metadata\.json /,
  );
  writeFileSync(
    map.replace('.npy', '_metadata.json'),
    '{"dtype": "uint16", "separator": 3, "separator_first": true}',
  );
  for (const command of ['analyze', 'validate']) {
    const flags = ['--input-dtype', 'uint16', ...front];
    assert.equal(synthgen(command, bin, '--quiet', ...flags).status, 0, command);
    assert.equal(synthgen(command, map, '--quiet').status, 0, command);
  }
  assert.deepEqual(read(t, map), [[1, 2], [4]]);
  const text = written(t, 'text.jsonl', '[1]\n');
  assertRefused(
    synthgen('analyze', text, '--quiet', '--input-separator', 9),
    exitStatus.usage,
    /is read as jsonl, which needs no --input-dtype.*formats that do: npy, pt, safetensors, bin, llmc, megatron/,
  );
});

const megatronIndex = (code, lengths, width, documents, modes = []) => {
  let place = 0;
  const places = lengths.map((length) => (place += length * width) - length * width);
  return Buffer.concat([
    Buffer.from('MMIDIDX\0\0'),
    u64(1),
    Buffer.from([code]),
    u64(lengths.length),
    u64(documents.length),
    numbers('i4', lengths),
    numbers('i8', places),
    numbers('i8', documents),
    Buffer.from(modes),
  ]);
};

/** A file of ids with its index; its path. */
function megatron(t, ids, index) {
  const path = written(t, 'data.bin', ids);
  writeFileSync(path.replace('.bin', '.idx'), index);
  return path;
}

test("Megatron's documents end with the separator, which reading leaves out", (t) => {
  const directory = join(scratch(t), 'data');
  const flags = ['--format', 'megatron', '--separator', 60, '--dtype', 'int32'];
  run('generate', '--output-dir', directory, ...size, ...flags);
  const index = readFileSync(join(directory, 'train.idx'));
  assert.deepEqual(
    Array.from({ length: 6 }, (_, i) => index.readInt32LE(34 + 4 * i)),
    Array(6).fill(9),
  );
  const whole = readFileSync(join(directory, 'train.bin'));
  for (let i = 0; i < 6; i += 1) assert.equal(whole.readInt32LE(4 * (9 * i + 8)), 60);
  assert.equal(synthgen('validate', directory).status, 0);
  assert.ok(read(t, join(directory, 'train.bin')).every((sequence) => sequence.length === 8));
});

test("Megatron-DeepSpeed's types, modes, empty files and grouped documents are read", (t) => {
  const lengths = [2, 1, 1];
  const sequences = [[1, 2], [3], [4]];
  const plain = [0, 1, 2, 3];
  for (const [code, type] of [
    [6, 'u2'],
    [7, 'u4'],
    [8, 'u8'],
    [8, 'u2'],
  ]) {
    const index = megatronIndex(code, lengths, Number(type[1]), plain);
    assert.deepEqual(read(t, megatron(t, numbers(type, [1, 2, 3, 4]), index)), sequences, type);
  }
  assertRefused(
    synthgen(
      ...['analyze', '--quiet'],
      megatron(t, Buffer.alloc(32), megatronIndex(6, lengths, 8, plain)),
    ),
    exitStatus.faults,
    /type 6 of 8 bytes, which is float64; integers are read/,
  );
  const ids = numbers('i4', [1, 2, 3, 4]);
  const modal = megatron(t, ids, megatronIndex(4, lengths, 4, plain, [0, 1, 0]));
  assert.deepEqual(read(t, modal), sequences);
  assert.match(synthgen('validate', modal).stderr, /not read: the modes of its sequences/);
  assert.deepEqual(read(t, megatron(t, Buffer.alloc(0), megatronIndex(4, [], 4, [0]))), []);

  const grouped = megatron(t, ids, megatronIndex(4, lengths, 4, [0, 2, 3]));
  const copy = join(scratch(t), 'copy.bin');
  run('convert', grouped, '--format', 'megatron', '--dtype', 'int32', '--output', copy, '--quiet');
  assert.ok(
    readFileSync(copy.replace('.bin', '.idx')).equals(
      readFileSync(grouped.replace('.bin', '.idx')),
    ),
  );
  const other = join(scratch(t), 'other.jsonl');
  const left = run('convert', grouped, '--format', 'jsonl', '--output', other);
  assert.match(left.stderr, /left out how sequences are grouped into documents/);
  const bad = synthgen('validate', megatron(t, ids, megatronIndex(4, lengths, 4, [0, 2, 1])));
  assert.equal(bad.status, exitStatus.faults);
  assert.match(bad.stdout, /number 2 in the index of documents: got 1; allowed: 0 first/);
  const note = synthgen(
    'convert',
    copy,
    '--format',
    'megatron',
    '--output',
    join(other, '../x.bin'),
  );
  assert.match(
    note.stderr,
    /means uint64 to Megatron-DeepSpeed; dtype int32 is read alike by both/,
  );
});

/** The pickle of a tensor in a record, as torch.save writes it since 2.3 for unsigned types. */
function unsignedTensor(record, type, count, shape) {
  const text = (word) => Buffer.concat([Buffer.from('X'), u32(word.length), Buffer.from(word)]);
  const integer = (value) => Buffer.from([0x4b, value]);
  const tuple = (values) => Buffer.concat([Buffer.from('('), ...values, Buffer.from('t')]);
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1));
  const storage = tuple([
    ...[text('storage'), Buffer.from('ctorch.storage\nUntypedStorage\n'), text(record)],
    ...[text('cpu'), integer(count)],
  ]);
  return Buffer.concat([
    Buffer.from('ctorch._utils\n_rebuild_tensor_v3\n('),
    ...[storage, Buffer.from('Q'), integer(0), tuple(shape.map(integer))],
    ...[tuple(strides.map(integer)), Buffer.from([0x89])],
    Buffer.from(`ccollections\nOrderedDict\n)Rctorch\n${type}\ntR`),
  ]);
}

test('torch.save of unsigned tensors, dicts and lists of rows is read', (t) => {
  const saved = (pickle, ...data) =>
    written(
      t,
      'data.pt',
      zip([['a/data.pkl', pickle], ...data.map((bytes, i) => [`a/data/${i}`, bytes])]),
    );
  const protocol = (number, ...parts) =>
    Buffer.concat([
      Buffer.from([0x80, number]),
      ...parts.map((part) => Buffer.from(part)),
      Buffer.from('.'),
    ]);
  const ids = numbers('u2', [1, 2, 3, 65535]);
  const table = [
    [1, 2],
    [3, 65535],
  ];
  const key = (word) => Buffer.concat([Buffer.from([0x8c, word.length]), Buffer.from(word)]);
  const tensor = unsignedTensor('0', 'uint16', 8, [2, 2]);
  assert.deepEqual(read(t, saved(protocol(2, tensor), ids)), table);
  const dict = (name) =>
    saved(protocol(4, '}(', key('name'), key('x'), key(name), tensor, 'u'), ids);
  for (const name of ['input_ids', 'inputs', 'tokens'])
    assert.deepEqual(read(t, dict(name)), table);
  assert.deepEqual(read(t, dict('x'), '--tensor', 'x'), table);
  assertRefused(
    synthgen('analyze', dict('x'), '--quiet'),
    exitStatus.faults,
    /no tensor named input_ids, inputs or tokens; --tensor can name one of name a text; x \[2, 2\] of uint16/,
  );
  assertRefused(
    synthgen('analyze', dict('x'), '--quiet', '--tensor', 'y'),
    exitStatus.usage,
    /no tensor named y; --tensor can name one of/,
  );
  const rows = [
    '](',
    unsignedTensor('0', 'uint16', 4, [2]),
    unsignedTensor('1', 'uint16', 2, [1]),
    'e',
  ];
  const row = [numbers('u2', [7, 8]), numbers('u2', [9])];
  assert.deepEqual(read(t, saved(protocol(2, ...rows), ...row)), [[7, 8], [9]]);
  const lists = [
    ']',
    '(]',
    '(',
    Buffer.from([0x4b, 1, 0x4b, 2]),
    'e](',
    Buffer.from([0x4b, 3]),
    'ee',
  ];
  assert.deepEqual(read(t, saved(protocol(2, ...lists))), [[1, 2], [3]]);
  const set = saved(protocol(4, Buffer.from([0x8f])));
  const refused = synthgen('analyze', set, '--quiet');
  assert.match(refused.stderr, /more than tensors, numbers, texts, lists and dicts/);
  assert.doesNotMatch(refused.stderr, /opcode/);
});

test('convert writes several files as one, and a dataset split by split', (t) => {
  const directory = join(scratch(t), 'data');
  run('generate', '--output-dir', directory, ...size, '--num-shards', 3);
  const shards = names(directory).filter((name) => name.startsWith('train'));
  const paths = shards.map((name) => join(directory, name));
  const one = join(scratch(t), 'one.jsonl');
  run('convert', ...paths, '--format', 'jsonl', '--output', one, '--quiet');
  const expected = paths.map((path) => readFileSync(path, 'utf8')).join('');
  assert.equal(readFileSync(one, 'utf8'), expected);
  assertRefused(
    synthgen('convert', ...paths, '--format', 'npy'),
    exitStatus.usage,
    '--output: is needed where several files become one',
  );
  const out = join(scratch(t), 'out');
  run('convert', directory, '--format', 'bin', '--output', out, '--quiet');
  assert.deepEqual(names(out), [
    ...['meta.pkl', 'train.bin', 'train_metadata.json', 'val.bin', 'val_metadata.json'],
  ]);
  assert.equal(JSON.parse(readFileSync(join(out, 'val_metadata.json'))).vocab_size, 50);
  assert.deepEqual(
    read(t, join(out, 'train.bin')),
    records(expected).map(({ input_ids }) => input_ids),
  );
  assertRefused(
    synthgen('convert', directory, '--format', 'bin'),
    exitStatus.usage,
    '--output: is needed: a directory for the files of the splits',
  );
});

test('labels say how they lie, and separators of a stream have none', (t) => {
  const directory = join(scratch(t), 'data');
  const recall = ['--generator', 'recall', '--num-train', 4, '--num-val', 0, '--labels'];
  const flags = ['--quiet', '--output-dir', directory, '--format', 'bin', '--separator', 60000];
  const made = synthgen('generate', ...recall, ...flags, '--separator-first');
  assert.equal(made.status, 0, made.stderr);
  const { label_alignment, seed } = JSON.parse(readFileSync(join(directory, 'metadata.json')));
  assert.deepEqual([label_alignment, seed], ['same_position', 42]);
  const ids = readFileSync(join(directory, 'train.bin'));
  const labels = readFileSync(join(directory, 'train_labels.bin'));
  assert.equal(labels.length, 2 * ids.length);
  for (let at = 0; at < ids.length / 2; at += 1) {
    if (ids.readUInt16LE(2 * at) === 60000) assert.equal(labels.readInt32LE(4 * at), -100);
  }
  const plain = join(scratch(t), 'plain');
  run('generate', ...recall, '--quiet', '--output-dir', plain);
  const back = join(scratch(t), 'back.jsonl');
  run('convert', join(directory, 'train.bin'), '--format', 'jsonl', '--output', back, '--quiet');
  assert.equal(readFileSync(back, 'utf8'), readFileSync(join(plain, 'train.jsonl'), 'utf8'));
  assert.equal(synthgen('validate', directory).status, 0);
});

test("Hugging Face's readers find splits, masks and labels", (t) => {
  const directory = join(scratch(t), 'data');
  const flags = ['--length-variation', 0.5, '--dataset-card', '--trainer-columns'];
  run('generate', '--output-dir', directory, ...size, ...flags, '--num-shards', 2);
  const [, front] = readFileSync(join(directory, 'README.md'), 'utf8').split('---\n');
  assert.deepEqual(front.split('\n').slice(1, -1), [
    'configs:',
    '  - config_name: default',
    '    data_files:',
    '      - split: train',
    '        path: "train*.jsonl"',
    '      - split: validation',
    '        path: "val*.jsonl"',
  ]);
  assert.equal(synthgen('validate', directory).status, 0);
  assert.equal(synthgen('verify', directory, '--quiet').status, 0);
  const file = join(directory, 'val-00000-of-00002.jsonl');
  for (const { input_ids, attention_mask, labels } of records(readFileSync(file, 'utf8'))) {
    assert.deepEqual(labels, input_ids);
    assert.deepEqual(attention_mask, Array(input_ids.length).fill(1));
  }
  const manifest = JSON.parse(readFileSync(join(directory, 'metadata.json')));
  assert.equal(manifest.label_alignment, 'next_token');
  assert.match(synthgen('validate', file).stderr, /not read: labels/);
  const own = join(scratch(t), 'own');
  run('generate', '--output-dir', own, ...size);
  writeFileSync(join(own, 'README.md'), '# mine\n');
  assertRefused(
    synthgen('generate', '--output-dir', own, ...size, '--dataset-card', '--resume'),
    exitStatus.usage,
    /README\.md: exists and is no card of a dataset/,
  );
});
