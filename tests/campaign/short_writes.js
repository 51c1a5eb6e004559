// Builds the library that makes writes short, and says how a command is run with it.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('short_writes.cpp', import.meta.url));

let library;

/** The environment of a command whose writes from a point on, or at it, are short. */
export function shortWrites({ call, number, lasting }) {
  if (library === undefined) {
    const directory = mkdtempSync(join(tmpdir(), 'synthgen-short-writes-'));
    process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
    library = join(directory, 'short_writes.so');
    execFileSync('g++', ['-std=c++20', '-shared', '-fPIC', '-o', library, source, '-ldl']);
  }
  return {
    ...process.env,
    ...{ LD_PRELOAD: library, SHORT_WRITE_CALL: call, SHORT_WRITE_AT: String(number) },
    SHORT_WRITE_LASTING: lasting ? '1' : '0',
  };
}
