import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import {
  assertRefused,
  exitStatus,
  isSanitized,
  runWith,
  scratch,
  shell,
  synthgen,
} from './synthgen.js';

/** A generated train.jsonl. */
function dataset(t, ...parameters) {
  const directory = join(scratch(t), 'data');
  const made = synthgen(
    ...['generate', '--output-dir', directory, '--quiet', '--num-val', 0, ...parameters],
  );
  assert.equal(made.status, 0, made.stderr);
  return join(directory, 'train.jsonl');
}

const large = ['--vocab-size', 70000, '--num-train', 3000];

test('the report is the same with any number of threads', (t) => {
  const sequences = isSanitized ? 1100 : 3000; // three batches at least
  const size = ['--vocab-size', 70000, '--num-train', sequences];
  const file = dataset(t, ...size, '--generator', 'pattern');
  const [one, ...others] = [1, 2, 5].map((threads) =>
    synthgen('analyze', '--json', '--measures', 'all', '--threads', threads, file),
  );
  assert.equal(one.status, 0, one.stderr);
  assert.ok(one.stdout.length > 1000);
  for (const other of others) assert.ok(other.stdout === one.stdout);
});

test('the report is the same past the memory limit', (t) => {
  const file = dataset(t, ...large);
  const [free, limited] = [[], ['--memory-limit', '2MiB']].map((limit) =>
    synthgen('analyze', '--json', ...limit, file),
  );
  assert.equal(limited.status, 0, limited.stderr);
  assert.ok(JSON.parse(free.stdout).exact);
  assert.ok(limited.stdout === free.stdout);
});

test('--approximate says how far counts may be off', (t) => {
  const file = dataset(t, ...large);
  const result = synthgen('analyze', '--json', '--approximate', '--memory-limit', '2MiB', file);
  assert.equal(result.status, 0, result.stderr);
  const report = JSON.parse(result.stdout);
  assert.equal(report.exact, false);
  const undercount = report.error_bounds.pattern_detection.counts_too_low_by_at_most;
  assert.ok(undercount >= 1);
  const text = synthgen('analyze', '--approximate', '--memory-limit', '2MiB', '--threads', 1, file);
  assert.match(
    text.stdout,
    /\nerror_bounds .*\n +pattern_detection +counts_too_low_by_at_most +\d+\n/,
  );
});

test(
  'analysis stays within a limit that its 3-grams alone would pass',
  { skip: isSanitized },
  (t) => {
    // 8.7 million 3-grams of 8 bytes in 64 MiB; the rest of the address space is the program's.
    const file = dataset(t, '--vocab-size', 100000, '--num-train', 17000);
    const within = (...args) =>
      shell('ulimit -v 90000; exec "$0" analyze --json --threads 1 "$@"', ...args, file);
    const limited = within('--memory-limit', '64MiB');
    assert.equal(limited.status, 0, limited.stderr);
    assert.equal(within().status, exitStatus.io, 'without a limit it needs more');
    assert.ok(synthgen('analyze', '--json', file).stdout === limited.stdout);
  },
);

test('expected values stay within the limit, too', { skip: isSanitized }, (t) => {
  const file = dataset(t, '--generator', 'pattern', '--vocab-size', 100000, '--num-train', 9000);
  const limited = shell(
    'ulimit -v 130000; exec "$0" analyze --json --threads 1 --measures all "$@"',
    ...['--memory-limit', '64MiB'],
    dirname(file),
  );
  assert.equal(limited.status, 0, limited.stderr);
  const { expected, ...report } = JSON.parse(limited.stdout);
  for (const name of ['vocab_usage', 'duplicate_share', 'near_duplicate_share', 'zipf_exponent']) {
    assert.ok(Math.abs(expected[name].value - report[name]) <= 0.1 * report[name], name);
  }
  for (const n of [1, 2, 3, 4]) {
    assert.ok(Math.abs(expected.distinct_n.value[n] - report.distinct_n[n]) < 0.05, `${n}`);
  }
});

test('what splits share is the same past the memory limit, and known within an error without files', (t) => {
  const directory = join(scratch(t), 'data');
  const made = synthgen(
    ...['generate', '--output-dir', directory, '--quiet', '--vocab-size', 300, '--seq-length', 2],
    ...['--num-train', 60000, '--num-val', 20000],
  );
  assert.equal(made.status, 0, made.stderr);
  const analysis = (...parameters) => {
    const result = synthgen('analyze', '--json', ...parameters, directory);
    assert.equal(result.status, 0, result.stderr);
    return JSON.parse(result.stdout);
  };
  const free = analysis();
  const { sequences, share } = free.overlap['train/val'];
  assert.ok(share > 0.4 && share < 0.6, share); // 1 - exp(-60000 / 300^2)
  assert.equal(share, sequences / 20000);
  assert.deepEqual(analysis('--memory-limit', '2MiB'), free);
  const estimated = analysis('--memory-limit', '2MiB', '--approximate');
  assert.equal(estimated.exact, false);
  const { standard_error: error } = estimated.error_bounds.overlap['train/val'];
  assert.ok(error > 0 && error < 0.02, error);
  assert.ok(Math.abs(estimated.overlap['train/val'].share - share) < 4 * error);
  const text = synthgen('analyze', '--approximate', '--memory-limit', '2MiB', directory);
  assert.match(
    text.stdout,
    /\nerror_bounds .*\n(.*\n)* +overlap train\/val +standard_error +0\.0\d+\n/,
  );
});

test('counting many different ids stays within a limit', { skip: isSanitized }, (t) => {
  const file = join(scratch(t), 'ids.jsonl');
  // Two million different ids, far apart; 1, the commonest.
  const line = (i) =>
    `[1,${Array.from({ length: 100 }, (_, k) => (i * 100 + k) * 2000 + 5000000).join(',')}]\n`;
  writeFileSync(file, Array.from({ length: 20000 }, (_, i) => line(i)).join(''));
  const within = (...args) =>
    shell('ulimit -v 130000; exec "$0" analyze --json --threads 1 "$@"', ...args, file);
  const limited = within('--memory-limit', '16MiB', '--measures', 'statistics,zipf_exponent');
  assert.equal(limited.status, 0, limited.stderr);
  const report = JSON.parse(limited.stdout);
  assert.equal(report.vocab_usage, 2000001);
  const listed = Object.entries(report.token_distribution);
  assert.deepEqual(listed[0], ['1', 20000]);
  assert.deepEqual(report.error_bounds, {
    token_distribution: { ids_left_out: 2000001 - listed.length, their_counts_at_most: 1 },
  });
  assert.equal(report.exact, false);
  const text = synthgen('analyze', '--memory-limit', '16MiB', '--top', 1, file).stdout;
  assert.match(text, /token_distribution \(1 of 2000001 ids\)\n.*\n +1 +20000 /);
});

test('finding what splits share stays within a limit', { skip: isSanitized }, (t) => {
  const directory = join(scratch(t), 'data');
  const made = synthgen(
    ...['generate', '--output-dir', directory, '--quiet', '--seq-length', 4],
    ...['--num-train', 3000000, '--num-val', 100000],
  );
  assert.equal(made.status, 0, made.stderr);
  const within = (...args) =>
    shell('ulimit -v 130000; exec "$0" analyze --json --threads 1 "$@"', ...args, directory);
  const limited = within('--memory-limit', '64MiB');
  assert.equal(limited.status, 0, limited.stderr);
  assert.deepEqual(Object.keys(JSON.parse(limited.stdout).overlap), ['train/val']);
  assert.equal(within().status, exitStatus.io, 'without a limit it needs more');
});

test('temporary files that cannot be created or written are named', (t) => {
  const file = dataset(t, ...large);
  const limit = ['--threads', 1, '--memory-limit', '2MiB', file];
  assertRefused(
    runWith({ env: { ...process.env, TMPDIR: '/nowhere' } }, 'analyze', ...limit),
    exitStatus.io,
    'cannot make a temporary file in /nowhere: No such file or directory',
  );
  assertRefused(
    shell('ulimit -f 100; exec "$0" analyze "$@"', ...limit),
    exitStatus.io,
    /^cannot write a temporary file in .*: File too large$/,
  );
});

test('a memory limit that is no size is refused', (t) => {
  const file = join(scratch(t), 'one.jsonl');
  writeFileSync(file, '[1]\n');
  for (const size of ['0', '-1', '1.5GiB', 'much', '9999999TiB', '1023KiB', '64MM', '']) {
    assertRefused(
      synthgen('analyze', `--memory-limit=${size}`, file),
      exitStatus.usage,
      `--memory-limit: got "${size}"; allowed: a size such as 64M or 2GiB, at least 1MiB`,
    );
  }
});

test('analyze and validate take the same sizes', (t) => {
  const file = join(scratch(t), 'one.jsonl');
  writeFileSync(file, '[1]\n');
  for (const size of ['1048576', '1048576B', '64M', '64m', '64MB', '64MiB', '64mib', '2G', '1T']) {
    for (const command of ['analyze', 'validate']) {
      const result = synthgen(command, '--memory-limit', size, file);
      assert.equal(result.status, 0, `${command} ${size}: ${result.stderr}`);
    }
  }
  for (const command of ['analyze', 'validate']) {
    const words = synthgen(command, '--help').stdout.replaceAll(/\s+/g, ' ');
    assert.match(
      words,
      /--memory-limit SIZE .* Allowed: a size such as 64M or 2GiB, at least 1(MiB)?\. Default: 1GiB\./,
    );
  }
});

test('a million lines of one token and a line of many tokens are measured', (t) => {
  const directory = scratch(t);
  const [pairs, tokens] = isSanitized ? [5e4, 1e6] : [5e5, 1e7];
  const short = join(directory, 'short.jsonl');
  writeFileSync(short, '[4294967295]\n[7]\n'.repeat(pairs));
  const long = join(directory, 'long.jsonl');
  writeFileSync(long, `[${'4294967295,5,'.repeat(tokens / 2 - 1)}4294967295,5]\n`);
  const result = synthgen('analyze', '--json', short, long);
  assert.equal(result.status, 0, result.stderr);
  const report = JSON.parse(result.stdout);
  assert.equal(report.num_sequences, 2 * pairs + 1);
  assert.equal(report.max_length, tokens);
  assert.deepEqual(report.token_distribution, {
    5: tokens / 2,
    7: pairs,
    4294967295: pairs + tokens / 2,
  });
  assert.deepEqual(report.pattern_detection, [
    { pattern: [5, 4294967295, 5], count: tokens / 2 - 1 },
    { pattern: [4294967295, 5, 4294967295], count: tokens / 2 - 1 },
  ]);
});
