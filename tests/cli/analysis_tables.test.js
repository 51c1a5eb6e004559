import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { runWith, scratch, shell, synthgen } from './synthgen.js';

// How the tables of `analyze` are laid out.

const quiet = ['--quiet', '--measures'];

function text(...args) {
  const result = runWith({ env: { LANG: 'C.UTF-8' } }, 'analyze', ...args);
  assert.equal(result.status, 0, result.stderr);
  return result.stdout;
}

function file(t, lines) {
  const path = join(scratch(t), 'data.jsonl');
  writeFileSync(path, lines.map((ids) => `${JSON.stringify(ids)}\n`).join(''));
  return path;
}

function dataset(t, ...flags) {
  const path = join(scratch(t), 'dataset');
  const sizes = ['--num-train', 90, '--num-val', 30, '--num-test', 20, '--quiet'];
  const made = synthgen('generate', '--output-dir', path, ...sizes, ...flags);
  assert.equal(made.status, 0, made.stderr);
  return path;
}

/** Data of several kinds: of each family, with long and short numbers, empty, and with copies. */
const kinds = {
  random: (t) => dataset(t, '--vocab-size', 50, '--seq-length', 40),
  'zipf and lengths': (t) =>
    dataset(t, '--vocab-distribution', 'zipf', '--length-variation', 1, '--seq-length', 300),
  'patterns with latents': (t) => dataset(t, '--generator', 'pattern', '--latents'),
  composed: (t) => dataset(t, '--generator', 'composed', '--seq-length', 64),
  'largest ids': (t) => file(t, Array(5).fill([4294967295, 0, 4294967295, 1])),
  'long and short': (t) => file(t, [Array(20000).fill(3), [], [4], [1, 2, 1, 2, 1, 2]]),
  'single tokens': (t) => file(t, [[1], [2], [3]]),
  'no sequences': (t) => file(t, []),
};

/** The lines that are wider, in characters. */
const wider = (lines, width) => lines.filter((line) => [...line].length > width);

for (const [kind, made] of Object.entries(kinds)) {
  test(`no line is wider than 80 columns in a pipe: ${kind}`, (t) => {
    const path = made(t);
    for (const more of [[], ['--ngram', 16], ['--approximate', '--memory-limit', '1MiB']]) {
      const lines = text(path, ...quiet, 'all', ...more).split('\n');
      assert.ok(lines.length > 15);
      assert.deepEqual(wider(lines, 80), []);
    }
  });
}

test('no line is wider than the terminal', (t) => {
  if (shell('command -v script').status !== 0) {
    return t.skip('SKIPPED: script (package bsdutils) is not installed');
  }
  const path = kinds['patterns with latents'](t);
  for (const width of [60, 80, 130]) {
    const run = shell(
      `export P="$0" D="$1"; script -qec 'stty columns ${width};
        LANG=C.UTF-8 exec "$P" analyze "$D" --quiet --measures all' /dev/null`,
      path,
    );
    assert.equal(run.status, 0);
    const lines = run.stdout.split(/\r?\n/);
    assert.deepEqual(wider(lines, width), []);
    const isWhole = lines.some((line) => /mean +sd .* from min +to max$/.test(line));
    assert.equal(isWhole, width === 130, `${width}`);
  }
});

test('columns that do not fit follow below, after the names', (t) => {
  const path = dataset(t, '--vocab-size', 50, '--seq-length', 40);
  const [, section] = text(path, ...quiet, 'distributions').split('\ndistributions\n');
  const rows = section.split('\n\n')[0].split('\n');
  assert.match(rows[0], /^ +mean +sd +median +5 % to +95 %$/);
  assert.match(rows[5], /^ +from min +to max$/);
  const first = (line) => line.trim().split(/ +/)[0];
  assert.deepEqual(rows.slice(1, 5).map(first), rows.slice(6, 10).map(first));
});

test('where only lists are expected there is no column for numbers', (t) => {
  const path = dataset(t, '--vocab-size', 50, '--seq-length', 40);
  const shown = text(path, ...quiet, 'lag_equality');
  assert.doesNotMatch(shown, /measured/);
  assert.match(shown, /^ {2}lag +share +expected$/m);
});

test('equality at lags: the largest known shares, beside what is expected of them', (t) => {
  const path = dataset(t, '--generator', 'pattern', '--pattern-types', 'alternation');
  const all = text(path, ...quiet, 'all');
  const [, table] = all.split('lag_equality (lags 1 to 64; table: largest values)\n');
  const rows = table.split('\n').slice(2, 7);
  const numbers = rows.map((row) => row.trim().split(/ +/).map(Number));
  assert.equal(numbers[0][0], 2);
  const shares = numbers.map(([, share]) => share);
  assert.deepEqual(
    shares,
    shares.toSorted((a, b) => b - a),
  );
  for (const [lag, share, expected] of numbers) {
    assert.ok(Math.abs(share - expected) < 0.02, `${lag}: ${share}, ${expected}`);
  }
  const short = text(file(t, [[7, 8, 7]]), ...quiet, 'lag_equality,mutual_information');
  assert.match(short, /^lag_equality .*\n.*\n.*\n +2 +1\n +1 +0\n(?! +\d)/m);
  assert.match(short, /^mutual_information .*\n.*\n.*\n +1 +\S+ +\S+\n +2 +\S+ +\S+\n(?! +\d)/m);
  const none = text(file(t, [[7]]), ...quiet, 'lag_equality,mutual_information');
  assert.match(none, /^lag_equality \(no sequence has two tokens\)$/m);
  assert.match(none, /^mutual_information \(no sequence has two tokens\)$/m);
});

/** Those of some measures that say of themselves that nothing is expected of them. */
function neverExpected(names) {
  const described = JSON.parse(synthgen('measures', '--json').stdout);
  return described
    .filter(({ name, expected }) => names.includes(name) && expected === 'never')
    .map(({ name }) => name)
    .filter((name) => name !== 'num_sequences');
}

test('every measured number, list and share is next to its expected value', (t) => {
  const path = dataset(t, '--generator', 'pattern', '--vocab-size', 40, '--seq-length', 60);
  const shown = text(path, ...quiet, 'all');
  const [head, ...numbers] = shown.split('\n\n')[0].split('\n');
  assert.match(head, /^ +measured +expected$/);
  const cells = numbers.map((line) => line.split(/ {2,}/));
  const bare = cells.filter((row) => row.length < 3).map(([name]) => name);
  assert.deepEqual(bare, ['num_sequences', ...neverExpected(bare)]);
  for (const [name, measured, expected] of cells.filter((row) => row.length > 2)) {
    const [value, error = 0] = expected.split(' ± ').map(Number);
    const apart = Math.abs(parseFloat(measured) - value);
    assert.ok(apart <= 25 * error + 0.1 * value, `${name}: ${measured}, ${expected}`);
  }
  assert.match(shown, /^ +id +count +expected +share$/m);
  assert.match(shown, /^ +count +expected +pattern$/m);
  assert.match(shown, /^ +distance +bits +expected +baseline +expected$/m);
  assert.match(shown, /^ +lag +share +expected$/m);
  assert.match(shown, /^ +distinct_n( +[\d.]+){4}\n +expected( +[\d.]+){4}$/m);
  assert.match(shown, /^ +rep_n( +[\d.]+){4}\n +expected( +[\d.]+){4}$/m);
  assert.match(shown, /^ +splits +sequences +share +expected share\n( +\w+\/\w+ +0 +0 +0\n){3}/m);
  assert.match(shown, /^ +closed form +avg_length: mean of the lengths' distribution$/m);
  assert.match(shown, /^ +simulated +vocab_usage, [^]*: mean of 16 simulated datasets/m);
});

test('sequences that the coherences leave out are counted beside them', (t) => {
  const shown = text(file(t, [[1, 1, 2], [], [3], []]), ...quiet, 'coherence');
  assert.match(shown, /^local_coherence +0\.5 \(3 sequences under 2 tokens left out\)$/m);
  assert.match(shown, /^global_coherence +0\.833333 \(2 empty sequences left out\)$/m);
  assert.doesNotMatch(text(file(t, [[1, 2]]), ...quiet, 'coherence'), /left out/);
});

test('the vocabulary that complexities are normalised with is shown', (t) => {
  const path = dataset(t, '--vocab-size', 50, '--seq-length', 40);
  assert.match(text(path, ...quiet, 'lz_complexity'), /^vocab_size +50$/m);
  assert.match(text(path, ...quiet, 'default'), /^vocab_usage +50\/50 +50$/m);
  const single = text(join(path, 'train.jsonl'), ...quiet, 'lz_complexity');
  assert.doesNotMatch(single, /vocab_size/);
});
