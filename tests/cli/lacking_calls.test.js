// File systems of object stores and FUSE lack system calls. What is safe without them works; else the
// message says what is lacking and what to do.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { noStrace, straced } from '../support/strace.js';
import { exitStatus, names, scratch, synthgen } from './synthgen.js';

const size = ['--num-train', 20, '--num-val', 0, '--seq-length', 16, '--quiet'];

test('a dataset is written where fsync and ftruncate are lacking', { skip: noStrace }, (t) => {
  const out = join(scratch(t), 'data');
  const rules = ['inject=fsync:error=ENOSYS', 'inject=ftruncate:error=ENOSYS'];
  const made = straced(rules, 'generate', '--output-dir', out, ...size);
  assert.equal(made.status, 0, made.stderr);
  assert.deepEqual(names(out), ['metadata.json', 'train.jsonl']);
  assert.equal(synthgen('verify', out, '--quiet').status, 0);
});

test('without rename the message says what to do', { skip: noStrace }, (t) => {
  const out = join(scratch(t), 'data');
  const made = straced(['inject=rename:error=ENOSYS'], 'generate', '--output-dir', out, ...size);
  assert.equal(made.status, exitStatus.io, made.stderr);
  assert.match(
    made.stderr,
    /cannot rename the finished file, which this file system lacks; write to a local directory and copy/,
  );
});
