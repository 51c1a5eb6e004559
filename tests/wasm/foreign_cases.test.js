// The module makes of every small file of another program what the command line makes of it.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { createSynthgen } from 'synthgen';

import { cases } from '../support/foreign/cases.js';

const synthgen = await createSynthgen();
const bytesOf = (content) => new Uint8Array(Buffer.from(content));

/** The sequences of a batch without their padding. */
function sequencesOf({ tokens, offsets, padding }) {
  return Array.from({ length: offsets.length - 1 }, (_, i) => [
    ...tokens.subarray(offsets[i], offsets[i + 1] - (padding?.[i] ?? 0)),
  ]);
}

/** The module reads no compressed text; whoever has such a file decompresses it first. */
const isCompressed = (bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b;

// Files in memory have no side files, so streams cannot be read at all.
for (const { what, name, bytes, sequences, refused } of cases) {
  if (name.endsWith('.bin')) continue;
  describe(`${name}, ${what}`, () => {
    test(refused || isCompressed(bytesOf(bytes)) ? 'is refused by name' : 'is read', () => {
      const read = () => synthgen.loadSyntheticData(bytesOf(bytes), name);
      if (isCompressed(bytesOf(bytes))) assert.throws(read, /is compressed by gzip|gzip/);
      else if (refused) assert.throws(read, refused);
      else assert.deepEqual(sequencesOf(read()), sequences);
    });
  });
}
