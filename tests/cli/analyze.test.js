import assert from 'node:assert/strict';
import { copyFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { assertRefused, exitStatus, runWith, scratch, shell, synthgen } from './synthgen.js';

const sequences = [[1, 1, 2, 3], [1, 2, 3, 1, 2, 3], [9]];

function jsonl(lists) {
  return lists.map((ids) => `${JSON.stringify({ input_ids: ids })}\n`).join('');
}

function file(t, text, name = 'data.jsonl') {
  const path = join(scratch(t), name);
  writeFileSync(path, text);
  return path;
}

function report(...args) {
  const result = synthgen('analyze', '--json', ...args);
  assert.equal(result.status, 0, result.stderr);
  assert.equal(result.stderr, '');
  return JSON.parse(result.stdout);
}

test('--json gives statistics, n-grams and coherence under their names', (t) => {
  const measured = report(file(t, jsonl(sequences)));
  assert.equal(measured.num_sequences, 3);
  assert.equal(measured.avg_length, 11 / 3);
  assert.equal(measured.vocab_usage, 4);
  assert.deepEqual(measured.token_distribution, { 1: 4, 2: 3, 3: 3, 9: 1 });
  assert.deepEqual(measured.pattern_detection, [
    { pattern: [1, 2, 3], count: 3 },
    { pattern: [1, 1, 2], count: 1 },
    { pattern: [2, 3, 1], count: 1 },
    { pattern: [3, 1, 2], count: 1 },
  ]);
  assert.ok(Math.abs(measured.local_coherence - (1 / 3 + 0) / 2) < 1e-12);
  assert.ok(Math.abs(measured.global_coherence - (2 / 4 + 2 / 6 + 1) / 3) < 1e-12);
});

test('plain numbers come ahead of distributions', (t) => {
  const values = Object.values(report(file(t, jsonl(sequences))));
  const firstStructure = values.findIndex((value) => typeof value !== 'number');
  assert.ok(firstStructure >= 5);
  assert.ok(values.slice(firstStructure).every((value) => typeof value !== 'number'));
});

test('--ngram and --top choose the n-grams', (t) => {
  const path = file(t, jsonl(sequences));
  assert.deepEqual(report(path, '--ngram', 2, '--top', 1).pattern_detection, [
    { pattern: [1, 2], count: 3 },
  ]);
  assert.deepEqual(report(path, '--ngram', 1, '--top', 2).pattern_detection, [
    { pattern: [1], count: 4 },
    { pattern: [2], count: 3 },
  ]);
});

test('several files are measured together, in any order', (t) => {
  const [whole, head, tail] = [sequences, sequences.slice(0, 1), sequences.slice(1)].map((part) =>
    file(t, jsonl(part)),
  );
  const together = report(whole);
  assert.deepEqual(report(head, tail), together);
  assert.deepEqual(report(tail, head), together);
});

test('a directory means the dataset in it', (t) => {
  const directory = join(scratch(t), 'set');
  const generated = synthgen(
    ...['generate', '--output-dir', directory, '--vocab-size', 40, '--seq-length', 16],
    ...['--num-train', 60, '--num-val', 20, '--num-test', 10],
  );
  assert.equal(generated.status, 0, generated.stderr);
  const { expected, vocab_size, ...measured } = report(directory);
  assert.equal(vocab_size, 40);
  assert.equal(measured.num_sequences, 90);
  assert.ok(expected.avg_length);
  assert.deepEqual(
    measured,
    report(...['train', 'val', 'test'].map((split) => join(directory, `${split}.jsonl`))),
  );
  const text = synthgen('analyze', directory).stdout;
  assert.match(text, /^vocab_usage +40\/40 +40$/m);
  assert.match(text, /^ +measured +expected$/m);
  assert.match(text, /^avg_length +16 +16$/m);
});

test('tables show the same numbers', (t) => {
  const result = synthgen('analyze', file(t, jsonl(sequences)), '--top', 2);
  assert.equal(result.status, 0, result.stderr);
  assert.equal(result.stderr, '');
  assert.match(result.stdout, /^num_sequences +3$/m);
  assert.match(result.stdout, /^avg_length +3\.66667$/m);
  assert.match(result.stdout, /^vocab_usage +4$/m);
  assert.match(
    result.stdout,
    /^local_coherence +0\.166667 \(1 sequence under 2 tokens left out\)$/m,
  );
  assert.match(result.stdout, /^global_coherence +0\.611111$/m);
  assert.match(result.stdout, /token_distribution \(2 of 4 ids\)\n.*\n +1 +4 +36\.364 %\n +2 +3/);
  assert.match(result.stdout, /pattern_detection.*\n.*\n +3 +1 2 3\n +1 +1 1 2\n/);
});

test('bare arrays, tokens, CRLF, a byte order mark and a blank last line are accepted', (t) => {
  const plain = report(file(t, jsonl(sequences)));
  const other =
    '\uFEFF' +
    [
      `[1,1,2,3]`,
      `{"note": [7], "tokens": [1, 2, 3, 1, 2, 3]}`,
      `{"input_ids":[9],"x":{"y":1}}`,
      '',
    ]
      .map((line) => `${line}\r\n`)
      .join('');
  const path = file(t, other);
  const result = synthgen('analyze', '--json', path);
  assert.equal(result.stderr, `synthgen analyze: ${path}: not read: note, x\n`);
  assert.deepEqual(JSON.parse(result.stdout), plain);
});

test('what has no sequences has no means', (t) => {
  const measured = report(file(t, ''));
  assert.equal(measured.num_sequences, 0);
  assert.equal(measured.avg_length, null);
  assert.equal(measured.local_coherence, null);
  assert.equal(measured.global_coherence, null);
  assert.deepEqual(measured.pattern_detection, []);
  const text = synthgen('analyze', file(t, ''));
  assert.equal(text.status, 0);
  assert.match(text.stdout, /^avg_length +-$/m);
});

test('reads a pipe', (t) => {
  const result = shell('cat "$1" | "$0" analyze --json /dev/stdin', file(t, jsonl(sequences)));
  assert.equal(result.status, 0, result.stderr);
  assert.equal(JSON.parse(result.stdout).num_sequences, 3);
});

test('data with latents shows the bits that its structure leaves', (t) => {
  const directory = join(scratch(t), 'data');
  const parameters = [
    '--vocab-size',
    '64',
    '--seq-length',
    '10',
    '--num-train',
    '9',
    '--num-val',
    '0',
  ];
  const made = synthgen('generate', '--output-dir', directory, '--latents', ...parameters);
  assert.equal(made.status, 0, made.stderr);
  assert.equal(
    JSON.parse(synthgen('analyze', '--json', directory).stdout).oracle_bits_per_token,
    6,
  );
  assert.match(synthgen('analyze', directory).stdout, /^oracle_bits_per_token +6 +6$/m);
});

test('--measures chooses what is measured', (t) => {
  const path = file(t, jsonl(sequences));
  assert.deepEqual(Object.keys(report(path, '--measures', 'entropy,pattern_detection')), [
    'average_entropy',
    'exact',
    'pattern_detection',
    'advice',
  ]);
  const text = synthgen('analyze', path, '--measures', 'local_coherence');
  assert.equal(text.status, 0, text.stderr);
  assert.match(
    text.stdout,
    /^local_coherence +0\.166667 \(1 .*\)\nglobal_coherence +0\.611111\n\nadvice\n/,
  );
  const wrong = synthgen('analyze', path, '--measures', 'entropi', '--top', 0);
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /--measures: got "entropi"; .*all.*did you mean entropy\?/);
  assert.match(wrong.stderr, /--top/);
});

test('a histogram of the lengths is one line, in characters of the locale', (t) => {
  const lengths = [3, 4, 4, 4, 4, 4, 4, 4, 4, 10];
  const path = file(t, jsonl(lengths.map((length) => Array(length).fill(7))));
  const line = (env) =>
    /^length_histogram\n {2}(.*)$/m.exec(runWith({ env }, 'analyze', path).stdout)[1];
  assert.equal(line({ LANG: 'C.UTF-8' }), '3 ▁█     ▁ 10');
  assert.equal(line({ LC_ALL: 'de_DE.utf8', LANG: 'C' }), '3 ▁█     ▁ 10');
  assert.equal(line({ LANG: 'C.UTF-8', LC_ALL: 'C' }), '3 .#     . 10');
  assert.equal(line({}), '3 .#     . 10');
  const equal = synthgen('analyze', file(t, '[1,2]\n[3,4]\n')).stdout;
  assert.doesNotMatch(equal, /length_histogram/);
});

test('names in the JSON document stay as they are', (t) => {
  const directory = join(scratch(t), 'set');
  const made = synthgen(
    ...['generate', '--output-dir', directory, '--latents', '--generator', 'pattern'],
    ...['--vocab-size', 50, '--seq-length', 40, '--num-train', 60, '--num-val', 0, '--quiet'],
  );
  assert.equal(made.status, 0, made.stderr);
  const names = Object.keys(report(directory));
  for (const name of [
    ...['num_sequences', 'avg_length', 'min_length', 'max_length', 'num_tokens', 'vocab_usage'],
    ...['local_coherence', 'global_coherence', 'token_diversity', 'sequence_diversity'],
    ...['average_entropy', 'pattern_ratio', 'pattern_precision', 'pattern_recall'],
    ...['oracle_bits_per_token', 'exact', 'token_distribution', 'length_histogram'],
    ...['coherence_left_out', 'pattern_detection', 'advice'],
  ]) {
    assert.ok(names.includes(name), name);
  }
});

test('advice has the number and what to change, from the metadata if there is some', (t) => {
  const directory = join(scratch(t), 'set');
  const generate = (...args) => {
    const made = synthgen('generate', '--output-dir', directory, '--force', '--quiet', ...args);
    assert.equal(made.status, 0, made.stderr);
  };
  const size = ['--num-train', 200, '--num-val', 20];
  generate('--vocab-size', 3, '--seq-length', 5, ...size);
  const [entry] = report(directory).advice;
  assert.equal(entry.rule, 'low_sequence_diversity');
  assert.equal(entry.trouble, 'low diversity');
  assert.equal(entry.measure, 'sequence_diversity');
  assert.ok(entry.value < entry.threshold);
  assert.deepEqual(entry.change, { vocab_size: 12 });
  const text = synthgen('analyze', directory).stdout.replaceAll(/\s+/g, ' ');
  assert.ok(text.includes(` advice low diversity ${entry.message}`), text);
  assert.match(
    entry.message,
    /^only \d+(\.\d+)? % of the sequences are different, .* vocab_size = 12$/,
  );

  generate('--vocab-size', 300, '--seq-length', 64, ...size);
  assert.deepEqual(report(directory).advice, []);
  assert.doesNotMatch(synthgen('analyze', directory).stdout, /advice/);
});

test('a file that is meant twice is refused', (t) => {
  const path = file(t, jsonl(sequences), 'train.jsonl');
  assertRefused(synthgen('analyze', path, path), exitStatus.usage, `${path}: is given twice`);
  const directory = dirname(path);
  assertRefused(synthgen('analyze', directory, path), exitStatus.usage, `${path}: is given twice`);
  const other = `${directory}/./train.jsonl`;
  assertRefused(
    synthgen('validate', path, other),
    exitStatus.usage,
    `${other}: is given twice, as ${path}`,
  );
});

test("another program's metadata.json, or none, is accepted; missing files are reported", (t) => {
  const path = file(t, jsonl(sequences), 'train.jsonl');
  assert.equal(report(dirname(path)).num_sequences, 3);
  writeFileSync(join(dirname(path), 'metadata.json'), '{"dataset_info": {"splits": 3}}');
  assert.equal(report(dirname(path)).num_sequences, 3);
  const made = join(scratch(t), 'set');
  synthgen('generate', '--output-dir', made, '--num-train', 3, '--num-val', 1, '--quiet');
  copyFileSync(join(made, 'metadata.json'), join(dirname(path), 'metadata.json'));
  renameSync(path, join(dirname(path), 'test.jsonl'));
  copyFileSync(join(made, 'train.jsonl'), path);
  const result = synthgen('analyze', '--json', dirname(path));
  assert.equal(result.status, 0);
  assert.match(result.stderr, /val\.jsonl: is missing; metadata\.json lists it\n/);
  assert.match(result.stderr, /test\.jsonl: is not in metadata\.json\n/);
});
