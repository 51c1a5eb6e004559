import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';

import { noStrace, straced, systemCalls } from '../support/strace.js';
import { assertRefused, exitStatus, names, records, scratch, shell, synthgen } from './synthgen.js';

const threeStages = {
  stage1: { min_complexity: 0.0, max_complexity: 0.3, max_length: 128 },
  stage2: { min_complexity: 0.2, max_complexity: 0.6, max_length: 256 },
  stage3: { min_complexity: 0.5, max_complexity: 1.0, max_length: 512 },
};

/** A dataset of 101 sequences and a file of stages. */
function given(t, stages = threeStages) {
  const directory = scratch(t);
  const data = join(directory, 'data');
  const made = synthgen(
    ...['generate', '--output-dir', data, '--generator', 'pattern', '--vocab-size', 100],
    ...['--seq-length', 200, '--num-train', 101, '--num-val', 0, '--quiet'],
  );
  assert.equal(made.status, 0, made.stderr);
  const file = join(directory, 'stages.json');
  writeFileSync(file, typeof stages === 'string' ? stages : JSON.stringify(stages));
  return { source: join(data, 'train.jsonl'), stages: file, output: join(directory, 'out') };
}

function curriculum({ source, stages, output }, ...args) {
  return synthgen('curriculum', source, '--stages', stages, '--output-dir', output, ...args);
}

test('three stages become three datasets, and a table of them', (t) => {
  const paths = given(t);
  const result = curriculum(paths);
  assert.equal(result.status, 0, result.stderr);
  assert.equal(result.stderr, '');
  assert.match(result.stdout, /^stage +sequences +tokens +cut +complexity +directory\n/);
  assert.match(result.stdout, /^stage1 +31 +3968 +31 +0\.\d{4} to 0\.\d{4} +\S+stage1$/m);
  assert.match(result.stdout, /^stage2 +41 +8200 +0 +/m);
  assert.match(result.stdout, /^stage3 +51 +10200 +0 +/m);
  assert.deepEqual(names(paths.output), ['stage1', 'stage2', 'stage3']);
  for (const [stage, { max_length: longest }] of Object.entries(threeStages)) {
    const directory = join(paths.output, stage);
    assert.deepEqual(names(directory), ['metadata.json', 'train.jsonl']);
    const sequences = records(readFileSync(join(directory, 'train.jsonl'), 'utf8'));
    assert.ok(sequences.every(({ input_ids: ids }) => ids.length === Math.min(200, longest)));
    const { curriculum: made } = JSON.parse(readFileSync(join(directory, 'metadata.json')));
    assert.equal(made.stage, stage);
    assert.equal(made.vocab_size, 100);
    assert.equal(made.source.file, 'train.jsonl');
    assert.equal(synthgen('validate', directory).status, 0);
  }
});

test('--json has the same numbers', (t) => {
  const { stages, ...others } = JSON.parse(
    curriculum(given(t), '--json', '--complexity', 'lz', '--complexity-scale', 'raw').stdout,
  );
  assert.deepEqual(others, {
    complexity: 'lz',
    complexity_scale: 'raw',
    vocab_size: 100,
    num_sequences: 101,
  });
  assert.deepEqual(
    stages.map(({ stage }) => stage),
    Object.keys(threeStages),
  );
  const last = stages.at(-1);
  assert.equal(last.num_sequences, 101, 'mostly random data is complex');
  assert.equal(last.num_tokens, 101 * 200);
  assert.ok(last.least_complexity > 0.5 && last.most_complexity <= 1);
});

test('an empty stage is said', (t) => {
  const stages = { simple: { min_complexity: 0, max_complexity: 0.1, max_length: 9 } };
  const paths = given(t, stages);
  const result = curriculum(paths, '--complexity-scale', 'raw');
  assert.equal(result.status, 0);
  assert.match(result.stderr, /simple: no sequence has a complexity from 0 to 0\.1\n$/);
  assert.match(result.stdout, /^simple +0 +0 +0 +- /m);
  assert.equal(readFileSync(join(paths.output, 'simple', 'train.jsonl'), 'utf8'), '');
});

test('existing datasets are kept unless --force is given', (t) => {
  const paths = given(t);
  assert.equal(curriculum(paths).status, 0);
  rmSync(join(paths.output, 'stage1'), { recursive: true });
  assertRefused(curriculum(paths), exitStatus.usage, /stage2.metadata\.json: exists already; /);
  assert.ok(!existsSync(join(paths.output, 'stage1')));
  assert.equal(curriculum(paths, '--force').status, 0);
  assert.deepEqual(names(paths.output), ['stage1', 'stage2', 'stage3']);
});

test('a stage never replaces its source, even with --force', (t) => {
  const stages = { data: { min_complexity: 0, max_complexity: 1, max_length: 8 } };
  const paths = given(t, stages);
  const data = dirname(paths.source);
  const before = readFileSync(paths.source);
  for (const output of [dirname(data), join(data, '..')]) {
    const result = curriculum({ ...paths, output }, '--force');
    const told = `${join(output, 'data', 'metadata.json')}: is a file that is read; give another --output-dir`;
    assertRefused(result, exitStatus.usage, told);
  }
  assert.deepEqual(names(data), ['metadata.json', 'train.jsonl']);
  assert.ok(readFileSync(paths.source).equals(before));
  assert.equal(synthgen('verify', data).status, 0);
});

describe('stages that are not allowed', () => {
  const stage = { min_complexity: 0, max_complexity: 1, max_length: 8 };
  const cases = [
    ['{', /stages\.json:1:2: not JSON: /],
    ['{}', /stages\.json: stages: got \{\}; allowed: an object of stages, such as /],
    [{ a: { ...stage, min_complexity: 2 } }, /: a\.min_complexity: got 2; allowed: a number from/],
    [{ a: { ...stage, max_length: '9' } }, /: a\.max_length: got "9"; allowed: an integer from 1/],
    [
      { a: { ...stage, min_complexity: 0.5, max_complexity: 0.25 } },
      /: a\.min_complexity: got 0\.5; allowed: at most max_complexity, 0\.25$/,
    ],
    [{ a: { ...stage, maximum: 1 } }, /: a\.maximum: is not a known key; known: min_complexity, /],
    [{ 'a/b': stage }, /: "a\/b": is not a name for a directory; /],
  ];
  for (const [stages, message] of cases) {
    test(JSON.stringify(stages), (t) => {
      const paths = given(t, stages);
      assertRefused(curriculum(paths), exitStatus.usage, message);
      assert.deepEqual(names(paths.output), []);
    });
  }
});

describe('many stages', () => {
  const many = (count) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `s${i}`,
        { min_complexity: 0, max_complexity: 1, max_length: 4 },
      ]),
    );

  test('more than 1000 are refused before anything is read', (t) => {
    const paths = given(t, many(15000));
    const told = `${paths.stages}: stages: got 15000 stages; allowed: at most 1000 of them`;
    assertRefused(curriculum({ ...paths, source: 'none' }), exitStatus.usage, told);
    assert.deepEqual(names(paths.output), []);
  });

  test('more than the shell lets files be open', (t) => {
    const { source, stages, output } = given(t, many(150));
    const script = 'ulimit -S -n 100; exec "$0" curriculum "$1" --stages "$2" --output-dir "$3"';
    const result = shell(script, source, stages, output);
    assert.equal(result.status, 0, result.stderr);
    assert.equal(names(output).length, 150);
  });

  test('a stop signal is noticed between two of them', { skip: noStrace }, (t) => {
    const { source, stages, output } = given(t, many(20));
    const run = ['curriculum', source, '--stages', stages, '--output-dir', output];
    const calls = systemCalls(...run);
    rmSync(output, { recursive: true });
    const found = (isWanted) => calls.filter(isWanted);
    // Temporary files of the sequences, then of the manifests: a signal at the fifth, and the tenth
    // would be refused.
    for (const name of ['train.jsonl', 'metadata.json']) {
      const opened = found(
        (call) => call.name === 'openat' && call.line.includes(`${name}.partial`),
      );
      assert.ok(opened.length >= 20);
      const before = calls.findLast(
        (call, i) => i < calls.indexOf(opened[5]) && ['mkdir', 'fsync'].includes(call.name),
      );
      const result = straced(
        [
          `inject=${before.name}:signal=TERM:when=${before.count}`,
          `inject=openat:error=EMFILE:when=${opened[10].count}+`,
        ],
        ...run,
      );
      const told = 'stopped; no file was written';
      assertRefused(result, exitStatus.stopped, told);
      assert.deepEqual(names(output), []);
    }
  });
});

test('what is missing or cannot be read is said at once, and nothing is written', (t) => {
  const paths = given(t);
  assertRefused(
    synthgen('curriculum'),
    exitStatus.usage,
    ...['FILE', '--stages', '--output-dir'].map((name) => `${name}: is required`),
  );
  const missing = { ...paths, source: `${paths.source}.none` };
  assertRefused(curriculum(missing), exitStatus.io, /cannot open: No such file/);
  writeFileSync(paths.source, '[1]\n[-2]\n');
  assertRefused(curriculum(paths), exitStatus.faults, /train\.jsonl:2: token 0: negative id -2$/);
  assert.deepEqual(names(paths.output), []);
});
