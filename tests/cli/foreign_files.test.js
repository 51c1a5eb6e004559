// Files that other programs have written.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { assertRefused, exitStatus, scratch, synthgen } from './synthgen.js';

test('a stream of ids from another program is read with the metadata in a side file', (t) => {
  const directory = scratch(t);
  const stream = join(directory, 'train.bin');
  const ids = Uint16Array.from({ length: 1000 }, (_, i) => (i % 100 === 99 ? 50256 : i));
  writeFileSync(stream, ids);
  assertRefused(
    synthgen('analyze', directory, '--quiet'),
    exitStatus.faults,
    `${stream}: it is not known where its sequences begin; a file train_metadata.json next to it can say so: {"dtype": "uint16", "seq_length": 1024}, or {"dtype": "uint16", "separator": 50256} if that id follows each sequence, with "separator_first": true if it precedes them. The flags --input-dtype with --input-seq-length, or with --input-separator and --input-separator-first, say the same`,
  );
  const measured = (metadata) => {
    writeFileSync(join(directory, 'train_metadata.json'), JSON.stringify(metadata));
    const result = synthgen('analyze', directory, '--json', '--quiet');
    assert.equal(result.status, 0, result.stderr);
    const { num_sequences, min_length, max_length, num_tokens } = JSON.parse(result.stdout);
    return [num_sequences, min_length, max_length, num_tokens];
  };
  assert.deepEqual(measured({ dtype: 'uint16', seq_length: 64 }), [16, 40, 64, 1000]);
  assert.deepEqual(measured({ dtype: 'uint16', separator: 50256 }), [10, 99, 99, 990]);
  writeFileSync(
    join(directory, 'train_metadata.json'),
    '{"dtype": "uint16", "seq_length": 64, "num_samples": 16}',
  );
  assertRefused(
    synthgen('analyze', directory, '--quiet'),
    exitStatus.faults,
    /1000 ids are no whole number of rows of the seq_length 64/,
  );
});

test('an empty list is a sequence without ids in .jsonl, and no sequence in .json', (t) => {
  for (const [name, count] of [
    ['data.jsonl', 1],
    ['data.json', 0],
  ]) {
    const file = join(scratch(t), name);
    writeFileSync(file, '[]\n');
    const result = synthgen('analyze', file, '--json', '--no-expected', '--quiet');
    assert.equal(result.status, 0, result.stderr);
    assert.equal(JSON.parse(result.stdout).num_sequences, count);
  }
});
