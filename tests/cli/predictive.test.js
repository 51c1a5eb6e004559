import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { complaints, exitStatus, names, records, scratch, synthgen } from './synthgen.js';

const small = ['--vocab-size', 20, '--seq-length', 12, '--num-train', 9, '--num-val', 0];
const pattern = [...small, '--generator', 'pattern', '--pattern-probability', 0.6];

function generate(directory, ...args) {
  const result = synthgen('generate', '--output-dir', directory, ...args);
  assert.equal(result.status, 0, result.stderr);
  return result;
}

/** What each token costs, a list for each sequence. */
function bitsOf(directory) {
  const lines = records(readFileSync(join(directory, 'train.jsonl'), 'utf8'));
  return lines.map(({ predictive_bits: bits }) => bits);
}

/** The float32 numbers from some byte of a file on. */
function floats(bytes, start) {
  return Array.from({ length: (bytes.length - start) / 4 }, (_, i) =>
    bytes.readFloatLE(start + 4 * i),
  );
}

const near = (numbers, expected, tolerance) =>
  assert.ok(
    numbers.length === expected.length &&
      numbers.every((number, i) => Math.abs(number - expected[i]) <= tolerance),
    `${numbers.slice(0, 9)} for ${expected.slice(0, 9)}`,
  );

test('--predictive bits gives each token its cost', (t) => {
  const directory = scratch(t);
  generate(directory, ...pattern, '--predictive', 'bits');
  const bits = bitsOf(directory);
  assert.equal(bits.length, 9);
  for (const costs of bits) {
    assert.equal(costs.length, 12);
    assert.ok(Math.abs(costs[0] - Math.log2(20)) < 1e-6);
    assert.ok(costs.every((cost) => cost > 0 && cost < 16));
  }
});

test('the bits do not change the ids, and the manifest remembers them', (t) => {
  const [plain, priced, again] = ['plain', 'priced', 'again'].map((name) => join(scratch(t), name));
  generate(plain, ...pattern);
  generate(priced, ...pattern, '--predictive', 'bits', '--threads', 2);
  const ids = (directory) =>
    records(readFileSync(join(directory, 'train.jsonl'), 'utf8')).map(({ input_ids }) => input_ids);
  assert.deepEqual(ids(priced), ids(plain));
  generate(again, '--config', join(priced, 'metadata.json'), '--threads', 1);
  assert.deepEqual(bitsOf(again), bitsOf(priced));
});

test('NumPy and safetensors files have the same bits', (t) => {
  const lengths = ['--length-variation', 0.5, '--predictive', 'bits'];
  const directory = scratch(t);
  const [jsonl, npy, safetensors] = ['jsonl', 'npy', 'safetensors'].map((format) => {
    const to = join(directory, format);
    generate(to, ...pattern, ...lengths, '--format', format);
    return to;
  });
  const padded = bitsOf(jsonl).flatMap((costs) => [
    ...costs,
    ...new Array(18 - costs.length).fill(0),
  ]);
  const array = readFileSync(join(npy, 'train_predictive_bits.npy'));
  const head = 10 + array.readUInt16LE(8);
  assert.match(array.toString('latin1', 0, head), /'<f4'.*'shape': \(9, 18\)/);
  near(floats(array, head), padded, 1e-6);

  const tensors = readFileSync(join(safetensors, 'train.safetensors'));
  const start = 8 + Number(tensors.readBigUInt64LE(0));
  const header = JSON.parse(tensors.toString('utf8', 8, start));
  const { dtype, shape, data_offsets: place } = header.predictive_bits;
  assert.deepEqual([dtype, shape], ['F32', [9, 18]]);
  near(floats(tensors.subarray(start + place[0], start + place[1]), 0), padded, 1e-6);
  assert.equal(synthgen('validate', join(safetensors, 'train.safetensors')).status, 0);
});

test('--predictive law writes a law for each token and says how large it is', (t) => {
  const directory = scratch(t);
  const result = generate(directory, ...pattern, '--predictive', 'law');
  assert.match(result.stderr, /--predictive law: up to 2160 probabilities, 8\.6 kB as float32/);
  for (const line of records(readFileSync(join(directory, 'train.jsonl'), 'utf8'))) {
    assert.equal(line.predictive_law.length, 12);
    for (const law of line.predictive_law) {
      const sum = law.reduce((all, p) => all + p, 0);
      assert.ok(law.length === 20 && Math.abs(sum - 1) < 1e-6, String(sum));
    }
  }
  generate(join(directory, 'npy'), ...pattern, '--predictive', 'law', '--format', 'npy');
  assert.ok(names(join(directory, 'npy')).includes('train_predictive_law.npy'));
});

test('what cannot have the bits is refused with the reason', (t) => {
  const directory = join(scratch(t), 'refused');
  const refused = (...args) => {
    const made = synthgen('generate', '--output-dir', directory, '--predictive', 'bits', ...args);
    assert.equal(made.status, exitStatus.usage, made.stderr);
    return complaints(made).join('\n');
  };
  assert.match(
    refused(...small, '--generator', 'composed', '--num-conditions', 4),
    /--predictive: got bits; allowed: nothing: no exact law of the next token: segments,/,
  );
  assert.match(
    refused(...pattern, '--format', 'pt'),
    /not with pt; formats that can: jsonl, npy, safetensors/,
  );
});

test('a law of a large vocabulary is refused', (t) => {
  const directory = join(scratch(t), 'refused');
  const result = synthgen(
    ...['generate', '--output-dir', directory, '--generator', 'random', '--predictive', 'law'],
  );
  assert.equal(result.status, 2);
  assert.match(result.stderr, /--predictive: got law; allowed: .*up to 4096 ids are possible/);
});

test('analysis reports the floor of data that has it', (t) => {
  const directory = scratch(t);
  generate(directory, ...pattern, '--predictive', 'bits', '--latents');
  const report = JSON.parse(synthgen('analyze', '--json', directory).stdout);
  const bits = bitsOf(directory).flat();
  const mean = bits.reduce((sum, cost) => sum + cost, 0) / bits.length;
  assert.ok(Math.abs(report.predictive_bits_per_token - mean) < 1e-5);
  assert.equal(report.predictive_bits_by_position.floor.length, 12);
  assert.ok(report.predictive_bits_per_token > report.oracle_bits_per_token);
  assert.match(synthgen('analyze', directory).stdout, /^predictive_bits_per_token /m);
});
