// Every small file of another program goes through the commands that read files: each reads what is
// in it, or refuses it by name, and none makes anything else of it.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';

import { cases } from '../support/foreign/cases.js';
import { complaints, exitStatus, records, scratch, synthgen } from './synthgen.js';

/** Writes the file and those next to it; its path. */
function written(t, { name, bytes, others = {} }) {
  const directory = join(scratch(t), 'given');
  mkdirSync(directory);
  writeFileSync(join(directory, name), bytes);
  for (const [ending, text] of Object.entries(others)) {
    writeFileSync(join(directory, name.replace(/\.\w+$/, ending)), text);
  }
  return join(directory, name);
}

function assertSays(result, notes) {
  const lines = complaints(result).filter((line) => line !== '' && !line.startsWith('wrote '));
  if (notes === undefined) assert.deepEqual(lines, []);
  else assert.match(lines.join('\n'), notes);
}

for (const { what, sequences, refused, notes, ...files } of cases) {
  describe(`${files.name}, ${what}`, () => {
    test(
      refused ? 'is refused by name in every command' : 'is read alike by every command',
      (t) => {
        const path = written(t, files);
        const output = join(path, '../../out.jsonl');
        const converted = synthgen('convert', path, '--format', 'jsonl', '--output', output);
        const analyzed = synthgen('analyze', path, '--json', '--no-expected');
        const validated = synthgen('validate', path, '--allow-duplicates');
        for (const result of [converted, analyzed, validated]) {
          assert.doesNotMatch(result.stdout + result.stderr, /\uFFFD/, 'UTF-8');
          assert.equal(result.status, refused ? exitStatus.faults : 0, result.stderr);
        }
        if (refused) {
          for (const text of [converted.stderr, analyzed.stderr, validated.stdout]) {
            assert.match(text, refused);
          }
          return;
        }
        const read = records(readFileSync(output, 'utf8'));
        assert.deepEqual(
          read.map(({ input_ids, padding = 0 }) => input_ids.slice(0, input_ids.length - padding)),
          sequences,
        );
        const { num_sequences, num_tokens } = JSON.parse(analyzed.stdout);
        assert.deepEqual([num_sequences, num_tokens], [sequences.length, sequences.flat().length]);
        for (const result of [converted, analyzed, validated]) assertSays(result, notes);
      },
    );
  });
}
