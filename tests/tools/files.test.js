import assert from 'node:assert/strict';
import test from 'node:test';

import { fileFaults, largestRoom, longestFile, roomFaults } from '../../tools/check/files.js';

const ofLines = (count) => Buffer.from('x\n'.repeat(count));

test('a source file of the longest length passes, one line more does not', () => {
  assert.deepEqual(fileFaults('cpp/cli/main.cpp', ofLines(longestFile)), []);
  const [fault] = fileFaults('cpp/cli/main.cpp', ofLines(longestFile + 1));
  assert.equal(fault.line, longestFile + 1);
  assert.match(fault.message, /401 lines; at most 400/);
});

test('every kind of source is measured, data is not', () => {
  for (const path of [
    'web/a.ts',
    'web/a.css',
    'tools/setup',
    'tools/test/main.js',
    'CMakeLists.txt',
  ]) {
    assert.equal(fileFaults(path, ofLines(1000)).length, 1, path);
  }
  assert.deepEqual(fileFaults('package-lock.json', ofLines(10_000)), []);
  assert.deepEqual(fileFaults('tests/golden/random.txt', ofLines(1000)), []);
});

test('a binary file is refused unless it is a picture or made for the fuzzer', () => {
  const bytes = Buffer.from([0, 97, 115, 109]);
  assert.match(fileFaults('web/synthgen.wasm', bytes)[0].message, /binary/);
  assert.deepEqual(fileFaults('web/readme/playground.png', bytes), []);
  assert.deepEqual(fileFaults('tests/fuzz/corpus/npy', bytes), []);
});

test('a room of the most files passes, one more does not, and data does not count', () => {
  const room = (count) => Array.from({ length: count }, (_, i) => `cpp/synthgen/io/file_${i}.hpp`);
  assert.deepEqual(roomFaults([...room(largestRoom), 'cpp/synthgen/io/notes.txt']), []);
  assert.deepEqual(roomFaults(room(largestRoom + 1)), [
    { path: 'cpp/synthgen/io', message: '33 files; at most 32: divide it by what they are for' },
  ]);
  const inside = room(largestRoom).map((path) => path.replace('io/', 'io/gzip/'));
  assert.deepEqual(roomFaults([...room(largestRoom), ...inside]), []);
});
