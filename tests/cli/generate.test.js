import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import {
  assertRefused,
  complaints,
  exitStatus,
  isSanitized,
  names,
  records,
  runWith,
  scratch,
  shell,
  synthgen,
} from './synthgen.js';

const small = ['--vocab-size', 50, '--seq-length', 20, '--num-train', 30, '--num-val', 10];

function generate(directory, ...args) {
  const result = synthgen('generate', '--output-dir', directory, ...args);
  assert.equal(result.status, 0, result.stderr);
  return result;
}

function read(directory, file) {
  return readFileSync(join(directory, file), 'utf8');
}

test('the quick start of the guide writes the sequences that it asks for', (t) => {
  const directory = join(scratch(t), 'data', 'custom');
  const result = generate(
    directory,
    ...['--vocab-size', 5000, '--seq-length', 256],
    ...['--num-train', 10000, '--num-val', 1000, '--seed', 42],
  );

  assert.deepEqual(names(directory), ['metadata.json', 'train.jsonl', 'val.jsonl']);
  for (const [file, count] of [
    ['train.jsonl', 10000],
    ['val.jsonl', 1000],
  ]) {
    const sequences = records(read(directory, file));
    assert.equal(sequences.length, count);
    for (const { input_ids: ids, ...rest } of sequences) {
      assert.equal(ids.length, 256);
      assert.ok(ids.every((id) => Number.isInteger(id) && id >= 0 && id < 5000));
      assert.deepEqual(rest, {});
    }
  }
  assert.equal(result.stdout, '');
  assert.match(result.stderr, /wrote 11000 sequences, 2816000 tokens/);
});

test('bin with ids that nanoGPT would read as others: a note, unless --quiet', (t) => {
  const directory = scratch(t);
  const bin = (vocabSize) => ['--format', 'bin', ...small.with(1, vocabSize)];
  const note = /^synthgen generate: bin: ids up to 65536 are written as uint32, but nanoGPT's /m;
  assert.match(generate(join(directory, 'loud'), ...bin(65537)).stderr, note);
  assert.equal(generate(join(directory, 'quiet'), ...bin(65537), '--quiet').stderr, '');
  const fitting = generate(join(directory, 'fitting'), ...bin(65536));
  assert.doesNotMatch(fitting.stderr, /nanoGPT/);
});

test('the bytes do not depend on the number of threads', (t) => {
  const directory = scratch(t);
  const sequences = isSanitized ? 800 : 2500;
  const args = ['--generator', 'pattern', '--noise-probability', 0.1, '--num-train', sequences];
  for (const latents of [[], ['--latents']]) {
    const [one, two, seven] = [1, 2, 7].map((threads) => {
      const output = join(directory, `threads-${threads}${latents}`);
      generate(output, ...args, '--num-val', 300, '--threads', threads, ...latents);
      return ['train.jsonl', 'val.jsonl', 'metadata.json'].map((file) => read(output, file));
    });
    assert.deepEqual(two, one);
    assert.deepEqual(seven, one);
  }
});

test('flags win over the config file, which wins over the defaults', (t) => {
  const directory = scratch(t);
  const config = join(directory, 'config.json');
  writeFileSync(
    config,
    JSON.stringify({ vocab_size: 60, seq_length: 30, num_train: 5, num_val: 2, seed: 7 }),
  );
  const output = join(directory, 'out');
  generate(output, '--config', config, '--seq-length', 8, '--num-test', 1);

  const metadata = JSON.parse(read(output, 'metadata.json'));
  assert.equal(metadata.config.vocab_size, 60);
  assert.equal(metadata.config.seq_length, 8);
  assert.equal(metadata.seed, 7);
  assert.equal(metadata.config.noise_probability, 0);
  const lengths = records(read(output, 'train.jsonl')).map((record) => record.input_ids.length);
  assert.deepEqual(lengths, [8, 8, 8, 8, 8]);
  assert.equal(records(read(output, 'test.jsonl')).length, 1);
});

test('the same settings by flags, by file and by metadata.json give the same bytes', (t) => {
  const directory = scratch(t);
  const config = join(directory, 'config.json');
  writeFileSync(
    config,
    JSON.stringify({
      ...{ vocab_size: 50, seq_length: 20, num_train: 30, num_val: 10 },
      ...{ pattern_types: ['rep', 'rev'], pattern_probability: 0.5, seed: 3 },
    }),
  );
  const flags = ['--pattern-types', 'rep,rev', '--pattern-probability', '.5', '--seed', '3'];
  const outputs = ['flags', 'file', 'metadata'].map((name) => join(directory, name));
  generate(outputs[0], ...small, ...flags);
  generate(outputs[1], '--config', config);
  generate(outputs[2], '--config', join(outputs[0], 'metadata.json'));

  for (const file of names(outputs[0])) {
    assert.equal(read(outputs[1], file), read(outputs[0], file), file);
    assert.equal(read(outputs[2], file), read(outputs[0], file), file);
  }
});

test('numbers may be written as in other programs', (t) => {
  const directory = scratch(t);
  generate(
    directory,
    ...['--num-train', '1e1', '--num-val', '0', '--seq-length', '5.0'],
    ...['--noise-probability', '.5', '--vocab-size=1e6'],
  );
  const { config } = JSON.parse(read(directory, 'metadata.json'));
  assert.equal(config.num_train, 10);
  assert.equal(config.seq_length, 5);
  assert.equal(config.noise_probability, 0.5);
  assert.equal(config.vocab_size, 1000000);
});

test('counts may have units and separators', () => {
  const size = (...flags) => {
    const { status, stderr, stdout } = synthgen('preview', '--json', ...flags);
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout.split('\n')[0]).input_ids.length;
  };
  assert.equal(size('--seq-length', '1k'), 1000);
  assert.equal(size('--seq-length', '1_024'), 1024);
  assert.equal(size('--seq-length', '0.5K'), 500);
  const refused = (text, shown) =>
    assertRefused(
      synthgen('preview', '--seed', text),
      exitStatus.usage,
      `--seed: got ${shown}; allowed: an integer from 0 to 9007199254740991`,
    );
  refused('1__0', '"1__0"');
  refused('_1', '"_1"');
  refused('k', '"k"');
  refused('10G0', '"10G0"');
  refused('9223372036854775807k', '"9223372036854775807k"');
});

test('--latents writes structure and noise with the ids, which stay the same', (t) => {
  const directory = scratch(t);
  const args = [...small, '--generator', 'pattern', '--noise-probability', 0.2];
  generate(join(directory, 'plain'), ...args);
  generate(join(directory, 'latents'), ...args, '--latents');

  const plain = records(read(join(directory, 'plain'), 'train.jsonl'));
  const described = records(read(join(directory, 'latents'), 'train.jsonl'));
  assert.deepEqual(
    described.map((record) => record.input_ids),
    plain.map((record) => record.input_ids),
  );
  for (const { input_ids: ids, latents } of described) {
    const covered = latents.spans.reduce((sum, span) => sum + span.length, 0);
    assert.equal(covered, ids.length);
    assert.ok(latents.noise.every((position) => position < ids.length));
  }
  assert.equal(JSON.parse(read(join(directory, 'latents'), 'metadata.json')).latents, true);
});

test('the metadata counts what the files hold', (t) => {
  const directory = scratch(t);
  generate(directory, ...small, '--length-variation', 0.5);
  for (const file of JSON.parse(read(directory, 'metadata.json')).files) {
    const text = read(directory, file.file);
    const lengths = records(text).map((record) => record.input_ids.length);
    assert.equal(file.sequences, lengths.length);
    assert.equal(
      file.tokens,
      lengths.reduce((a, b) => a + b, 0),
    );
    assert.equal(file.bytes, text.length);
    const sum = shell('xxh128sum "$1"', join(directory, file.file));
    if (sum.status === 0) assert.equal(file.xxh128, sum.stdout.split(' ')[0]);
    else t.diagnostic('SKIPPED the checksum: xxh128sum (package xxhash) is not installed');
  }
});

test('the family that the keys mean is said, and so are keys that it does not use', (t) => {
  const directory = scratch(t);
  const meant = generate(join(directory, 'a'), ...small, '--pattern-length', 8);
  assert.match(meant.stderr, /no generator named: using pattern/);
  const unused = generate(
    join(directory, 'b'),
    ...[...small, '--generator', 'random', '--pattern-length', 8],
  );
  assert.match(unused.stderr, /pattern_length is not used by random/);
  assert.doesNotMatch(unused.stderr, /no generator named/);
});

test('an existing dataset is kept unless --force replaces it', (t) => {
  const directory = scratch(t);
  generate(directory, ...small, '--seed', 1);
  const before = read(directory, 'train.jsonl');

  const refused = synthgen('generate', '--output-dir', directory, ...small, '--seed', 2);
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /exists already; give --force/);
  assert.equal(read(directory, 'train.jsonl'), before);

  const without = ['--num-val', 0];
  generate(directory, ...small.slice(0, -2), ...without, '--seed', 2, '--force');
  assert.notEqual(read(directory, 'train.jsonl'), before);
  assert.deepEqual(names(directory), ['metadata.json', 'train.jsonl']);
});

test('any one file of a dataset counts as an existing dataset', (t) => {
  for (const file of ['train.jsonl', 'val.jsonl', 'test.jsonl', 'metadata.json']) {
    const directory = join(scratch(t), 'out');
    mkdirSync(directory);
    writeFileSync(join(directory, file), 'mine');
    const refused = synthgen('generate', '--output-dir', directory, ...small);
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, new RegExp(`${file}: exists already`));
    assert.deepEqual(names(directory), [file]);
    assert.equal(read(directory, file), 'mine');
  }
});

test('--quiet leaves stderr empty; without it notes and a summary go there, never to stdout', (t) => {
  const directory = scratch(t);
  const quiet = generate(join(directory, 'quiet'), ...small, '--quiet');
  assert.equal(quiet.stderr, '');
  assert.equal(quiet.stdout, '');
  const loud = generate(join(directory, 'loud'), ...small);
  assert.equal(loud.stdout, '');
  assert.equal(complaints(loud).length, 2);
  assert.doesNotMatch(loud.stderr, /[\r\x1b]/);
});

test('a progress bar with rate and remaining time shows on a terminal', (t) => {
  if (shell('command -v script').status !== 0) {
    return t.skip('SKIPPED: script (package bsdutils) is not installed');
  }
  const command = 'exec "$PROGRAM" generate --output-dir "$OUTPUT" --num-train 60000';
  const run = shell(
    `PROGRAM="$0" OUTPUT="$1" script -qec '${command}' /dev/null`,
    join(scratch(t), 'out'),
  );
  assert.equal(run.status, 0, run.stdout + run.stderr);
  assert.match(run.stdout, /generate \[#*\.*\] +\d+%  [\d.]+ M tokens\/s  [\d.:]+( s)? left/);
  assert.match(run.stdout, /wrote 65000 sequences/);
});

test('the working directory may be the output directory', (t) => {
  const directory = scratch(t);
  const result = runWith({ cwd: directory }, 'generate', '--output-dir', '.', ...small);
  assert.equal(result.status, 0, result.stderr);
  assert.deepEqual(names(directory), ['metadata.json', 'train.jsonl', 'val.jsonl']);
});
