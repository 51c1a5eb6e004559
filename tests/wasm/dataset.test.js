import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { createSynthgen } from 'synthgen';

import { using } from '../../web/module/handle.js';

const program =
  process.env.SYNTHGEN_BIN ??
  fileURLToPath(new URL('../../build/native/synthgen', import.meta.url));
const synthgen = await createSynthgen();

/** {file name: bytes} of the dataset that the program writes. */
function filesOfProgram(t, config, ...flags) {
  const folder = mkdtempSync(join(tmpdir(), 'synthgen-dataset-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const parameters = Object.entries(config).flatMap(([key, value]) => [
    `--${key.replaceAll('_', '-')}`,
    String(value),
  ]);
  execFileSync(
    program,
    ['generate', '--output-dir', join(folder, 'out'), ...parameters, ...flags],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const out = join(folder, 'out');
  return Object.fromEntries(readdirSync(out).map((file) => [file, readFileSync(join(out, file))]));
}

/** {file name: bytes} of the dataset that the module encodes. */
function filesOfModule(config, options) {
  const generator = synthgen.generator(config);
  const encoder = synthgen.datasetEncoder(generator, options);
  const chunks = {};
  for (let chunk = encoder.next(); chunk !== null; chunk = encoder.next()) {
    (chunks[chunk.file] ??= []).push(chunk.bytes);
  }
  const files = Object.entries(chunks).map(([file, bytes]) => [file, Buffer.concat(bytes)]);
  const manifest = Buffer.from(encoder.manifest());
  encoder.delete();
  generator.delete();
  return { ...Object.fromEntries(files), 'metadata.json': manifest };
}

/** The same, with the chunks encoded in turn by two more encoders, the later ones first. */
function filesOfMany(config, options) {
  const generator = synthgen.generator(config);
  const [lead, ...others] = [0, 1, 2].map(() => synthgen.datasetEncoder(generator, options));
  const encoded = lead.files.map(({ chunks }, file) =>
    Array.from({ length: chunks }, (_, i) => chunks - 1 - i)
      .map((chunk) => others[chunk % others.length].encodeChunk({ file, chunk }))
      .toReversed(),
  );
  const chunks = {};
  const keep = (file, bytes) => (chunks[file] ??= []).push(bytes);
  for (let part = lead.next({ encode: false }); part; part = lead.next({ encode: false })) {
    if (part.due === undefined) {
      keep(part.file, part.bytes);
      continue;
    }
    const chunk = encoded[part.due.file][part.due.chunk];
    lead.appendChunk(chunk);
    keep(lead.files[part.due.file].file, chunk.bytes);
  }
  const files = Object.entries(chunks).map(([file, bytes]) => [file, Buffer.concat(bytes)]);
  return { ...Object.fromEntries(files), 'metadata.json': Buffer.from(lead.manifest()) };
}

const configs = {
  'a random dataset of several chunks': {
    generator: 'random',
    vocab_size: 50000,
    seq_length: 512,
    num_train: 700,
    num_val: 300,
  },
  'a pattern dataset with noise, lengths and three splits': {
    generator: 'pattern',
    vocab_size: 120,
    seq_length: 64,
    length_variation: 0.5,
    noise_probability: 0.05,
    pattern_types: ['rep', 'rev'],
    num_train: 300,
    num_val: 40,
    num_test: 20,
    seed: 2 ** 53 - 1,
  },
  'a zipf dataset': {
    generator: 'random',
    vocab_size: 1000,
    vocab_distribution: 'zipf',
    zipf_exponent: 1.2,
    num_train: 200,
    num_val: 0,
  },
};

for (const [name, config] of Object.entries(configs)) {
  test(`${name} is encoded to the bytes of the program's files`, (t) => {
    const expected = filesOfProgram(t, config);
    const made = filesOfModule(config);
    assert.deepEqual(Object.keys(made).toSorted(), Object.keys(expected).toSorted());
    for (const file of Object.keys(expected)) assert.ok(made[file].equals(expected[file]), file);
  });
}

test('latents are encoded to the same bytes, too', (t) => {
  const config = { generator: 'pattern', seq_length: 50, num_train: 40, num_val: 10 };
  const expected = filesOfProgram(t, config, '--latents');
  const made = filesOfModule(config, { latents: true });
  for (const file of Object.keys(expected)) assert.ok(made[file].equals(expected[file]), file);
});

const ragged = {
  generator: 'pattern',
  vocab_size: 900,
  seq_length: 700,
  length_variation: 0.4,
  num_train: 400,
  num_val: 30,
};

for (const [format, options] of Object.entries({
  npy: { dtype: 'int32' },
  pt: {},
  safetensors: {},
  bin: { separator: 900 },
  llmc: { separator: 900 },
  megatron: {},
  csv: {},
})) {
  test(`a dataset in ${format} is encoded to the same bytes, with all that belongs to it`, (t) => {
    const flags = Object.entries(options).flatMap(([key, value]) => [`--${key}`, String(value)]);
    const expected = filesOfProgram(t, ragged, '--format', format, ...flags);
    for (const made of [filesOfModule, filesOfMany].map((make) =>
      make(ragged, { format, ...options }),
    )) {
      assert.deepEqual(Object.keys(made).toSorted(), Object.keys(expected).toSorted());
      for (const file of Object.keys(expected)) assert.ok(made[file].equals(expected[file]), file);
    }
  });
}

test('encoders that share the chunks of labels and laws make the same files', (t) => {
  const config = { generator: 'recall', vocab_size: 128, seq_length: 64, num_train: 5000 };
  for (const format of ['jsonl', 'npy']) {
    const flags = ['--format', format, '--labels', '--predictive', 'bits'];
    const expected = filesOfProgram(t, config, ...flags);
    const made = filesOfMany(config, { format, labels: true, predictive: 'bits' });
    assert.deepEqual(Object.keys(made).toSorted(), Object.keys(expected).toSorted());
    for (const file of Object.keys(expected)) assert.ok(made[file].equals(expected[file]), file);
  }
});

test('an encoder takes no chunk but the one that is due', () => {
  using(synthgen.generator({ seq_length: 512, num_train: 600, num_val: 7 }), (generator) =>
    using(synthgen.datasetEncoder(generator), (encoder) => {
      assert.deepEqual(encoder.next({ encode: false }), { due: { file: 0, chunk: 0 } });
      const later = encoder.encodeChunk({ file: 0, chunk: 1 });
      assert.throws(() => encoder.appendChunk(later), { message: /another chunk is due/ });
      assert.throws(() => encoder.encodeChunk({ file: 0, chunk: 99 }), {
        message: /no such chunk/,
      });
      assert.throws(() => encoder.encodeChunk({ file: -1, chunk: 0 }), {
        message: /no such chunk/,
      });
    }),
  );
});

test('what a format cannot carry is refused by name', () => {
  const generator = synthgen.generator({ num_train: 1 });
  const refused = (options, message) =>
    assert.throws(() => synthgen.datasetEncoder(generator, options), { message });
  refused({ format: 'npy', latents: true }, 'latents: not with npy; formats that can: jsonl');
  refused({ format: 'doc' }, /^format: got "doc"; allowed: one of jsonl, npy/);
  refused({ format: 'bin', separator: -1 }, /^separator: got -1; allowed: an integer/);
  generator.delete();
});

test('what nanoGPT would misread is noted, as the program does', () => {
  const notesOf = (options) =>
    using(synthgen.generator({ vocab_size: 70_000 }), (generator) =>
      using(synthgen.datasetEncoder(generator, options), ({ notes }) => notes),
    );
  assert.deepEqual(notesOf({ format: 'npy' }), []);
  const [note, ...others] = notesOf({ format: 'bin' });
  assert.match(note, /nanoGPT's train\.py reads train\.bin as uint16/);
  assert.deepEqual(others, []);
});

test('chunks come in order, count their sequences and end with null', () => {
  const generator = synthgen.generator({ seq_length: 512, num_train: 600, num_val: 7 });
  const encoder = synthgen.datasetEncoder(generator);
  const counts = { 'train.jsonl': 0, 'val.jsonl': 0 };
  const order = [];
  for (let chunk = encoder.next(); chunk !== null; chunk = encoder.next()) {
    counts[chunk.file] += chunk.sequences;
    if (order.at(-1) !== chunk.file) order.push(chunk.file);
  }
  assert.deepEqual(counts, { 'train.jsonl': 600, 'val.jsonl': 7 });
  assert.deepEqual(order, ['train.jsonl', 'val.jsonl']);
  assert.equal(encoder.next(), null);
});

test('an encoder outlives its generator', () => {
  const generator = synthgen.generator({ seq_length: 8, num_train: 3, num_val: 0 });
  const encoder = synthgen.datasetEncoder(generator);
  generator.delete();
  assert.equal(encoder.next().sequences, 3);
  encoder.delete();
  assert.throws(() => encoder.next(), { message: 'DatasetEncoder was used after its delete()' });
});
