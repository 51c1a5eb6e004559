import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { records, runWith, scratch, shell, synthgen } from './synthgen.js';

const escape = '\x1b';
const colors = {
  [`${escape}[2m`]: 'fresh',
  [`${escape}[38;2;0;114;178m`]: 'repetition', // #0072B2
  [`${escape}[38;2;230;159;0m`]: 'alternation', // #E69F00
  [`${escape}[38;2;0;158;115m`]: 'progression', // #009E73
  [`${escape}[38;2;204;121;167m`]: 'reversal', // #CC79A7
  [`${escape}[38;2;213;94;0m`]: 'noise', // #D55E00
};
const marks = { r: 'repetition', a: 'alternation', p: 'progression', v: 'reversal', '*': 'noise' };

const structured = ['--generator', 'pattern', '--pattern-probability', 0.7, '--seq-length', 120];
const noisy = [...structured, '--noise-probability', 0.1];

function preview(...args) {
  const result = synthgen('preview', '--quiet', ...args);
  assert.equal(result.status, 0, result.stderr);
  assert.equal(result.stderr, '');
  return result.stdout;
}

/** The kind of each position, from the latents. */
function kinds({ input_ids: ids, latents }) {
  const result = Array(ids.length).fill('fresh');
  for (const { start, length, kind } of latents.spans) result.fill(kind, start, start + length);
  for (const position of latents.noise) result[position] = 'noise';
  return result;
}

/** [id, kind] of every token that a row shows in colours. */
function coloredTokens(row) {
  const tokens = [];
  for (const [, code, text] of row.matchAll(/(\x1b\[[\d;]+m)([^\x1b]*)/g)) {
    if (code === `${escape}[0m`) continue;
    for (const id of text.match(/\d+/g) ?? []) tokens.push([Number(id), colors[code]]);
  }
  return tokens;
}

/** [id, kind] of every token that a row shows with marks. */
function markedTokens(row) {
  return [...row.matchAll(/(\d+)([rapv*]?)/g)].map(([, id, mark]) => [
    Number(id),
    marks[mark] ?? 'fresh',
  ]);
}

/** The rows of ids of each sequence shown. */
function shownSequences(text) {
  const [, ...sequences] = text.trimEnd().split('\n\n');
  return sequences.map((sequence) => sequence.split('\n').slice(1));
}

for (const [look, color, tokensOf] of [
  ['colours', 'always', coloredTokens],
  ['marks', 'never', markedTokens],
]) {
  test(`${look} show what the latents say`, () => {
    const expected = records(preview('--json', '--count', 20, ...noisy));
    const shown = shownSequences(
      preview('--color', color, '--count', 20, '--tokens', 0, ...noisy),
    ).map((rows) => rows.flatMap(tokensOf));
    assert.equal(shown.length, 20);
    const seen = new Set();
    expected.forEach((record, i) => {
      const kindOf = kinds(record);
      assert.deepEqual(
        shown[i],
        record.input_ids.map((id, position) => [id, kindOf[position]]),
      );
      kindOf.forEach((kind) => seen.add(kind));
    });
    assert.equal(seen.size, 6, 'every kind occurs');
  });
}

test('a legend names every colour and mark', () => {
  const colored = preview('--color', 'always', '--count', 1).split('\n')[0];
  for (const [code, kind] of Object.entries(colors)) {
    assert.ok(colored.includes(`${code}${kind}${escape}[0m`), kind);
  }
  const plain = preview('--color', 'never', '--count', 1).split('\n')[0];
  for (const [mark, kind] of Object.entries(marks)) assert.ok(plain.includes(`${mark} ${kind}`));
});

test('--json prints the records that the dataset has', (t) => {
  const directory = scratch(t);
  const generated = synthgen(
    ...['generate', '--output-dir', directory, '--latents', ...noisy],
    ...['--num-train', 12, '--num-val', 6],
  );
  assert.equal(generated.status, 0, generated.stderr);
  const val = readFileSync(join(directory, 'val.jsonl'), 'utf8');
  assert.equal(preview('--json', '--split', 'val', '--count', 6, ...noisy), val);
  const train = readFileSync(join(directory, 'train.jsonl'), 'utf8').split('\n');
  assert.equal(
    preview('--json', '--first', 5, '--count', 2, ...noisy),
    `${train.slice(5, 7).join('\n')}\n`,
  );
});

test('any index is as near as the first', () => {
  const text = preview('--first', 1e12, '--count', 2, '--tokens', 4, '--vocab-size', 100);
  assert.match(text, /^train 1000000000000: 512 tokens, 0 in patterns, 0 noisy, .* oracle bits$/m);
  assert.match(text, /^train 1000000000001: /m);
  const largest = preview('--json', '--first', 2 ** 53 - 1, '--count', 1, '--seq-length', 3);
  assert.equal(records(largest).length, 1);
});

test('eight sequences by default, of each the first ids', () => {
  const text = preview('--seq-length', 100);
  assert.equal(shownSequences(text).length, 8);
  assert.equal(text.match(/ … 36 more$/gm).length, 8);
  for (const rows of shownSequences(text)) {
    assert.equal(rows.slice(0, -1).flatMap(markedTokens).length, 64);
  }
});

test('rows fit 80 columns where there is no terminal', () => {
  for (const color of ['always', 'never']) {
    for (const size of [2, 1000, 2147483647]) {
      const text = preview('--color', color, '--tokens', 0, '--vocab-size', size, ...noisy);
      const rows = shownSequences(text).flat();
      const widths = rows.map((row) => row.replaceAll(/\x1b\[[\d;]+m/g, '').length);
      assert.ok(Math.max(...widths) <= 80, `${Math.max(...widths)} columns`);
      assert.ok(Math.max(...widths) > 60, `${Math.max(...widths)} columns`);
    }
  }
});

test('no colours into a pipe, unless asked for', () => {
  assert.ok(!preview(...noisy).includes(escape));
  assert.ok(!preview('--color', 'auto', ...noisy).includes(escape));
  assert.ok(preview('--color', 'always', ...noisy).includes(escape));
});

test('on a terminal there are colours, as wide as it is, unless NO_COLOR is set', (t) => {
  if (shell('command -v script').status !== 0) {
    return t.skip('SKIPPED: script (package bsdutils) is not installed');
  }
  const inTerminal = (environment) => {
    const command = 'stty columns 132; exec "$PROGRAM" preview --tokens 0 --generator pattern';
    const run = shell(`PROGRAM="$0" ${environment} script -qec '${command}' /dev/null`);
    assert.equal(run.status, 0, run.stderr);
    return run.stdout.replaceAll('\r\n', '\n');
  };
  const colored = inTerminal('TERM=xterm NO_COLOR=');
  assert.ok(colored.includes(`${escape}[38;2;0;114;178m`));
  const widths = colored.split('\n').map((row) => row.replaceAll(/\x1b\[[\d;]+m/g, '').length);
  assert.ok(Math.max(...widths) > 120 && Math.max(...widths) <= 132, `${Math.max(...widths)}`);
  assert.ok(!inTerminal('TERM=xterm NO_COLOR=1').includes(escape));
  assert.ok(!inTerminal('TERM=dumb NO_COLOR=').includes(escape));
});

test('notes go to stderr, so that the records stay JSON', () => {
  const result = runWith({}, 'preview', '--json', '--pattern-length', 6, '--count', 1);
  assert.match(result.stderr, /no generator named: using pattern/);
  assert.equal(records(result.stdout).length, 1);
});
