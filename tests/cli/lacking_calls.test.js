// File systems of object stores and FUSE lack system calls. What is safe without them works; else the
// message says what is lacking and what to do.

import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { noStrace, straced } from '../support/strace.js';
import { exitStatus, names, scratch, synthgen } from './synthgen.js';

const small = ['--num-train', 20, '--num-val', 2, '--seq-length', 16, '--quiet'];
const stages = '{"s": {"min_complexity": 0, "max_complexity": 1, "max_length": 9}}';

/** Each writes to the directory `out`, from an input with labels and ragged sequences where it has one. */
const writers = {
  'generate jsonl': (out) => ['generate', '--output-dir', out, ...small],
  'generate npy': (out) => [
    'generate',
    '--output-dir',
    out,
    '--format',
    'npy',
    ...small,
    '--length-variation',
    0.5,
  ],
  'convert npy': (out, input) => ['convert', input, '--output', join(out, 'x.npy'), '--quiet'],
  'convert csv': (out, input) => ['convert', input, '--output', join(out, 'x.csv'), '--quiet'],
  curriculum: (out, input, file) => [
    'curriculum',
    input,
    '--stages',
    file,
    '--output-dir',
    out,
    '--quiet',
  ],
};

/** The bytes of all files below a directory, by name. */
const contents = (directory) =>
  Object.fromEntries(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .toSorted()
      .map((path) => [path.slice(directory.length + 1), readFileSync(path)]),
  );

/** Calls that are not needed, all refused together in each way that file systems have. */
const safe = ['ENOSYS', 'EOPNOTSUPP', 'EINVAL'].map((error) =>
  ['fsync', 'fdatasync', 'ftruncate', 'fallocate', 'flock', 'link', 'linkat', 'renameat2'].map(
    (call) => `inject=${call}:error=${error}`,
  ),
);

for (const [name, words] of Object.entries(writers)) {
  describe(name, { skip: noStrace }, () => {
    const prepared = (t) => {
      const [input, file] = ['in.jsonl', 'stages.json'].map((each) => join(scratch(t), each));
      writeFileSync(input, '{"input_ids":[1,2],"labels":[1,2]}\n{"input_ids":[1],"labels":[3]}\n');
      writeFileSync(file, stages);
      return (directory) => {
        const out = join(scratch(t), directory);
        mkdirSync(out);
        return [out, words(out, input, file)];
      };
    };

    test('writes the same where sync, truncation, locks and links are lacking', (t) => {
      const into = prepared(t);
      const [whole, run] = into('whole');
      assert.equal(synthgen(...run).status, 0);
      const expected = contents(whole);
      assert.ok(Object.keys(expected).length > 0);
      for (const [i, rules] of safe.entries()) {
        const [out, same] = into(`lacking-${i}`);
        const made = straced(rules, ...same);
        assert.equal(made.status, 0, `${rules[0]}: ${made.stderr}`);
        assert.deepEqual(contents(out), expected);
      }
    });

    test('says what to do where rename is lacking, and leaves no file under a final name', (t) => {
      const into = prepared(t);
      const [whole, run] = into('whole');
      assert.equal(synthgen(...run).status, 0);
      const final = Object.keys(contents(whole));
      for (const error of ['ENOSYS', 'EOPNOTSUPP', 'EINVAL', 'EXDEV']) {
        const [out, same] = into(error);
        const made = straced([`inject=rename:error=${error}`], ...same);
        assert.equal(made.status, exitStatus.io, made.stderr);
        assert.match(
          made.stderr,
          /cannot rename the finished file, which this file system lacks; write to a local directory and copy/,
        );
        const left = Object.keys(contents(out));
        assert.deepEqual(
          left.filter((path) => final.includes(path)),
          [],
        );
      }
    });
  });
}

test('a dataset that was written without fsync and ftruncate is whole', { skip: noStrace }, (t) => {
  const out = join(scratch(t), 'data');
  const rules = ['inject=fsync:error=ENOSYS', 'inject=ftruncate:error=ENOSYS'];
  const made = straced(rules, ...writers['generate jsonl'](out));
  assert.equal(made.status, 0, made.stderr);
  assert.deepEqual(names(out), ['metadata.json', 'train.jsonl', 'val.jsonl']);
  assert.equal(synthgen('verify', out, '--quiet').status, 0);
});

test('without writing at any place the message says what to do', { skip: noStrace }, (t) => {
  for (const error of ['ENOSYS', 'EINVAL', 'ESPIPE']) {
    const out = join(scratch(t), error);
    const made = straced([`inject=pwrite64:error=${error}`], ...writers['generate npy'](out));
    assert.equal(made.status, exitStatus.io, made.stderr);
    assert.match(
      made.stderr,
      /journal: cannot write at any place of a file, which this file system lacks; write to a local directory and copy/,
    );
    assert.deepEqual(
      names(out).filter((name) => !name.endsWith('.journal')),
      [],
    );
  }
});
