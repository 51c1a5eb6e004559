// A model's losses against the floor: the report, its exit status, and what does not fit.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import {
  assertRefused,
  complaints,
  exitStatus,
  isSanitized,
  peakMemory,
  records,
  scratch,
  synthgen,
} from './synthgen.js';

/** An NPY file of float64 numbers. */
function npy(shape, numbers) {
  const dict = `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape.join(', ')},), }\n`;
  const head = Buffer.from(`\x93NUMPY\x01\x00\x00\x00`, 'latin1');
  head.writeUInt16LE(dict.length, 8);
  return Buffer.concat([head, Buffer.from(dict), Buffer.from(Float64Array.from(numbers).buffer)]);
}

/** A safetensors file of float32 tensors: [name, shape, numbers]. */
function safetensors(...tensors) {
  let end = 0;
  const header = {};
  const parts = tensors.map(([name, shape, numbers]) => {
    const bytes = Buffer.from(Float32Array.from(numbers).buffer);
    header[name] = { dtype: 'F32', shape, data_offsets: [end, end + bytes.length] };
    end += bytes.length;
    return bytes;
  });
  const text = Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([size, text, ...parts]);
}

const [sequences, length] = [30, 16];

/** Independent tokens of 8 ids, 30 sequences of 16 in val, unless changed; and where to save files. */
function dataset(t, changes = {}) {
  const directory = scratch(t);
  const config = {
    ...{ generator: 'random', vocab_size: 8, seq_length: length, num_train: 5 },
    ...{ num_val: sequences, ...changes.config },
  };
  const file = join(directory, 'config.json');
  writeFileSync(file, JSON.stringify(config));
  const made = synthgen(
    ...['generate', '--config', file, '--output-dir', directory, '--quiet'],
    ...(changes.flags ?? []),
  );
  assert.equal(made.status, 0, made.stderr);
  const save = (name, bytes) => {
    writeFileSync(join(directory, name), bytes);
    return join(directory, name);
  };
  return { directory, val: join(directory, 'val.jsonl'), save };
}

const constant = (loss) => Array(sequences * length).fill(loss);
const exactLoss = Math.log(8);

test('a model that outputs the exact law has no excess', (t) => {
  const { val, save } = dataset(t);
  const losses = save('losses.npy', npy([sequences, length], constant(exactLoss)));
  const result = synthgen('eval', val, '--losses', losses, '--json');
  assert.equal(result.status, 0, result.stderr);
  assert.equal(result.stderr, '');
  const report = JSON.parse(result.stdout);
  assert.ok(Math.abs(report.excess.mean) < 1e-12);
  assert.ok(Math.abs(report.floor - exactLoss) < 1e-12);
  assert.equal(report.targets, sequences * length);
  assert.equal(report.split, 'val');
  assert.equal(report.unit, 'nats');
  assert.equal(report.below_floor, false);
  assert.equal(report.by_position.position.length, length);
  assert.deepEqual(
    report.by_kind.map(({ kind }) => kind),
    ['fresh'],
  );
});

test('the bits that generate writes with the data are a model without excess', (t) => {
  for (const format of ['npy', 'safetensors', 'jsonl']) {
    const { directory } = dataset(t, {
      config: { generator: 'pattern', vocab_size: 50, noise_probability: 0.1 },
      flags: ['--predictive', 'bits', '--format', format],
    });
    const file = { npy: 'val_predictive_bits.npy' }[format] ?? `val.${format}`;
    const losses = join(directory, file);
    const member = format === 'npy' ? [] : ['--tensor', 'predictive_bits'];
    const flags = ['--losses', losses, ...member, '--unit', 'bits', '--json'];
    const result = synthgen('eval', directory, ...flags);
    assert.equal(result.status, 0, result.stderr);
    const { excess, floor, below_floor } = JSON.parse(result.stdout);
    assert.ok(floor > 1 && Math.abs(excess.mean) < 1e-5, `${format}: ${excess.mean}`);
    assert.equal(below_floor, false);
  }
});

test('npy, safetensors and jsonl, with or without the first position, give one report', (t) => {
  const { directory, val, save } = dataset(t);
  const rowOf = (i) =>
    Array.from({ length: length - 1 }, (_, j) => Math.fround(2 + 0.01 * ((i * j) % 17)));
  const rows = Array.from({ length: sequences }, (_, i) => rowOf(i));
  const shape = [sequences, length - 1];
  const files = [
    save('a.npy', npy(shape, rows.flat())),
    save('a.safetensors', safetensors(['losses', shape, rows.flat()], ['x', [1], [0]])),
    save('a.jsonl', rows.map((row) => `${JSON.stringify({ losses: row })}\n`).join('')),
  ];
  const reports = files.map((file) => {
    const result = synthgen('eval', val, '--losses', file, '--json', '--threads', 2);
    assert.equal(result.status, 0, result.stderr);
    const { model, ...report } = JSON.parse(result.stdout);
    assert.equal(model, file);
    return report;
  });
  assert.equal(reports[0].first_position, 1);
  assert.equal(reports[0].targets, sequences * (length - 1));
  assert.deepEqual(reports[1], reports[0]);
  assert.deepEqual(reports[2], reports[0]);
  const named = synthgen('eval', directory, '--losses', files[1], '--tensor', 'losses', '--json');
  assert.deepEqual(JSON.parse(named.stdout).excess, reports[0].excess);
});

test('laws give the divergence and the total variation of the model', (t) => {
  const { val, save } = dataset(t);
  const law = [0.3, ...Array(7).fill(0.1)].map(Math.log);
  const laws = Array(sequences * length)
    .fill(law)
    .flat();
  const file = save('laws.npy', npy([sequences, length, 8], laws));
  const result = synthgen('eval', val, '--log-probs', file, '--json', '--unit', 'nats');
  assert.equal(result.status, 0, result.stderr);
  const report = JSON.parse(result.stdout);
  const divergence = -(Math.log(8 * 0.3) + 7 * Math.log(8 * 0.1)) / 8;
  assert.ok(Math.abs(report.kl_divergence.mean - divergence) < 1e-9);
  assert.ok(Math.abs(report.total_variation.mean - 0.175) < 1e-9);
  assert.ok(report.excess.low <= divergence && divergence <= report.excess.high);
});

test('--max-excess decides the exit status and explains itself', (t) => {
  const { val, save } = dataset(t);
  const losses = save('losses.npy', npy([sequences, length], constant(exactLoss + 0.1)));
  const run = (most) => synthgen('eval', val, '--losses', losses, '--json', '--max-excess', most);
  assert.equal(run(0.2).status, 0);
  assert.equal(JSON.parse(run(0.2).stdout).passed, true);
  const failed = run(0.05);
  assert.equal(failed.status, exitStatus.faults);
  assert.equal(JSON.parse(failed.stdout).passed, false);
  assert.deepEqual(complaints(failed), [
    'the mean excess is 0.1 nats, with a 95 % interval from 0.1: more than the 0.05 of --max-excess',
  ]);
  assertRefused(run(-1), exitStatus.usage, '--max-excess: got -1; allowed: a number from 0 up');
});

test('--max-excess fails only if the whole interval is above it', (t) => {
  const { val, save } = dataset(t);
  // Every other sequence costs 0.3 nats too much: 0.15 in the mean, about 0.1 to 0.2 in the interval.
  const numbers = constant(exactLoss).map((loss, i) => loss + (Math.floor(i / length) % 2) * 0.3);
  const losses = save('losses.npy', npy([sequences, length], numbers));
  const run = (most) => synthgen('eval', val, '--losses', losses, '--json', '--max-excess', most);
  const near = run(0.14);
  assert.equal(near.status, 0, near.stderr);
  const { excess, passed } = JSON.parse(near.stdout);
  assert.equal(passed, true);
  assert.ok(excess.low < 0.14 && 0.14 < excess.mean, JSON.stringify(excess));
  assert.equal(run(excess.low - 0.001).status, exitStatus.faults);
  assert.equal(run(excess.low + 0.001).status, 0);
});

test('a model below the floor is told apart from a good one', (t) => {
  const { val, save } = dataset(t);
  const losses = save('losses.npy', npy([sequences, length], constant(exactLoss - 0.1)));
  const result = synthgen('eval', val, '--losses', losses);
  assert.equal(result.status, 0);
  assert.match(result.stderr, /the loss is 0\.1 nats below the floor, which no model/);
  const strict = synthgen('eval', val, '--losses', losses, '--max-excess', 1);
  assert.equal(strict.status, exitStatus.faults);
});

test('the tables show means, kinds and positions', (t) => {
  const { val, save } = dataset(t, { config: { noise_probability: 0.3 } });
  const losses = save('losses.npy', npy([sequences, length], constant(3.25)));
  const result = synthgen('eval', val, '--losses', losses, '--unit', 'bits');
  assert.equal(result.status, 0, result.stderr);
  assert.match(result.stdout, /^480 tokens of 30 sequences in /);
  assert.match(result.stdout, /^bits +mean +95 % interval\nloss +3\.2500 *\nfloor +3\.0000 *\n/m);
  assert.match(result.stdout, /^excess +0\.2500 +0\.2500 to 0\.2500$/m);
  assert.match(result.stdout, /^ +fresh .*\n +noise /m);
  assert.match(result.stdout, /^by position/m);
});

test('what does not fit is refused with what is allowed', (t) => {
  const { directory, val, save } = dataset(t);
  const shape = save('shape.npy', npy([sequences, 3], Array(sequences * 3).fill(1)));
  assertRefused(
    synthgen('eval', val, '--losses', shape),
    exitStatus.faults,
    `${shape}: is 30 x 3; allowed: 30 x 16, or 30 x 15 without the first position`,
  );
  const numbers = constant(2);
  numbers[2 * length + 5] = NaN;
  const nan = save('nan.npy', npy([sequences, length], numbers));
  assertRefused(
    synthgen('eval', val, '--losses', nan),
    exitStatus.faults,
    `${nan}: [2, 5] is nan; a loss is a finite number from 0 up`,
  );
  const both = synthgen('eval', val, '--losses', nan, '--log-probs', nan);
  assertRefused(both, exitStatus.usage, /--losses: give it or --log-probs, one of both/);
  assertRefused(synthgen('eval', val), exitStatus.usage, /--losses: give it or --log-probs/);
  assertRefused(synthgen('eval', '--losses', nan), exitStatus.usage, /^DATA: is missing/);
  assertRefused(
    synthgen('eval', directory, '--losses', nan, '--split', 'test'),
    exitStatus.usage,
    `${directory}: has no file of the split test`,
  );
});

test('data without a config, or that its config does not make, is refused', (t) => {
  const { val, save } = dataset(t);
  const losses = save('losses.npy', npy([sequences, length], constant(2)));
  const lone = join(scratch(t), 'val.jsonl');
  writeFileSync(lone, readFileSync(val));
  assertRefused(
    synthgen('eval', lone, '--losses', losses),
    exitStatus.usage,
    /val\.jsonl: no metadata\.json lists it; the law comes from the config in metadata\.json/,
  );
  const lines = readFileSync(val, 'utf8').split('\n');
  const [changed] = records(lines[4]);
  changed.input_ids[3] = (changed.input_ids[3] + 1) % 8;
  lines[4] = JSON.stringify(changed);
  writeFileSync(val, lines.join('\n'));
  assertRefused(
    synthgen('eval', val, '--losses', losses),
    exitStatus.faults,
    /val\.jsonl:5: is not the sequence that the config in its metadata\.json makes/,
  );
});

test('a config without an exact law is refused with the reason', (t) => {
  const { val, save } = dataset(t, { config: { generator: 'composed', vocab_size: 64 } });
  const losses = save('losses.npy', npy([sequences, length], constant(2)));
  const result = synthgen('eval', val, '--losses', losses);
  assertRefused(result, exitStatus.usage, /^no exact law of the next token: /);
});

test('shards of a split are one, in their order', (t) => {
  const { directory, save } = dataset(t, { flags: ['--num-shards', 3] });
  const numbers = Array.from({ length: sequences * length }, (_, i) => 2.1 + (i % 7) * 0.01);
  const losses = save('losses.npy', npy([sequences, length], numbers));
  const sharded = JSON.parse(synthgen('eval', directory, '--losses', losses, '--json').stdout);
  const whole = dataset(t);
  const plain = JSON.parse(synthgen('eval', whole.val, '--losses', losses, '--json').stdout);
  assert.equal(sharded.files.length, 3);
  assert.deepEqual(sharded.excess, plain.excess);
});

test('--html writes one page with the same report, and never over a file that is read', (t) => {
  const { directory, val, save } = dataset(t);
  const losses = save('losses.npy', npy([sequences, length], constant(2.5)));
  const page = join(directory, 'report.html');
  const result = synthgen('eval', val, '--losses', losses, '--json', '--html', page);
  assert.equal(result.status, 0, result.stderr);
  const text = readFileSync(page, 'utf8');
  const [, data] = text.match(/<script type="application\/json" id="data">([^]*?)<\/script>/);
  assert.deepEqual(JSON.parse(data).evaluation, JSON.parse(result.stdout));
  const again = synthgen('eval', val, '--losses', losses, '--html', page);
  assertRefused(
    again,
    exitStatus.usage,
    `${page}: exists already; give --force to replace it, or another --html`,
  );
  const over = synthgen('eval', val, '--losses', losses, '--html', losses, '--force');
  assertRefused(over, exitStatus.usage, `${losses}: is a file that is read; give another --html`);
});

test('ten million losses are held against the law in a fraction of the memory of their file', async (t) => {
  if (isSanitized) return t.skip('SKIPPED: AddressSanitizer keeps memory that is freed');
  const shape = [312_500, 32];
  const { val, save } = dataset(t, { config: { seq_length: shape[1], num_val: shape[0] } });
  const losses = save('losses.npy', npy(shape, new Float32Array(shape[0] * shape[1]).fill(2.5)));
  const peak = await peakMemory('eval', val, '--losses', losses, '--quiet', '--threads', 2);
  t.diagnostic(`${(peak / 2 ** 20).toFixed(1)} MiB`);
  assert.ok(peak > 2 ** 20, 'was measured');
  assert.ok(peak < 20 * 2 ** 20);
});
