// Stops a command at a chosen system call, or lets that call fail.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { run } from './process.js';

/** The calls that change files, and those that a change depends on. */
const calls = [
  ...['openat', 'read', 'pread64', 'write', 'pwrite64', 'writev', 'ftruncate', 'fallocate'],
  ...['fsync', 'fdatasync', 'close', 'rename', 'renameat', 'renameat2', 'link', 'linkat'],
  ...['unlink', 'unlinkat', 'mkdir', 'rmdir', 'flock', 'chmod', 'fchmod', 'chown', 'fchown'],
];

const trace = ['-f', '-qq', '--seccomp-bpf'];

/** Why no sweep is possible here; false where it is. */
export function straceIsMissing() {
  const result = spawnSync('strace', [...trace, '-e', 'trace=openat', '-o', '/dev/null', 'true']);
  if (result.error) return 'needs strace, which was not found';
  return result.status === 0 ? false : `strace cannot trace here: ${String(result.stderr).trim()}`;
}

/**
 * The calls of a command that concern files below its directory `cwd`, in order:
 * [{call, number, path, flags, failed}]. `number` counts the calls of that name in one thread, as
 * strace does.
 */
export async function callsOf(program, args, cwd, options = {}) {
  const log = join(cwd, '..', 'calls');
  const result = await run(
    'strace',
    [...trace, '-y', '-o', log, '-e', `trace=${calls}`, program, ...args],
    { cwd, ...options },
  );
  const counts = new Map();
  const found = [];
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const match = /^(\d+) +(\w+)\((.*)/.exec(line);
    if (match === null) continue;
    const [, thread, call, rest] = match;
    const key = `${thread} ${call}`;
    const number = (counts.get(key) ?? 0) + 1;
    counts.set(key, number);
    const [, described] = /^\d+<([^>]*)>/.exec(rest) ?? [];
    const [, named] = /"([^"]*)"/.exec(rest) ?? [];
    const path = described ?? named ?? '';
    const isOurs = path.startsWith(cwd) || (described === undefined && !path.startsWith('/'));
    if (!isOurs || (path === '' && described === undefined)) continue;
    const returned = / = (-?\d+)/.exec(rest)?.[1] ?? '0';
    found.push({ call, number, path, text: rest, failed: returned.startsWith('-') });
  }
  return { result, calls: found };
}

/**
 * Runs a command with a fault at one call: `fault` is what strace's `inject` takes, such as
 * "signal=KILL" or "error=ENOSPC"; `lasting` repeats it at every later call.
 */
export function runWithFault({ call, number }, fault, lasting, program, args, options) {
  const inject = `inject=${call}:${fault}:when=${number}${lasting ? '+' : ''}`;
  return run(
    'strace',
    [...trace, '-o', '/dev/null', '-e', `trace=${call}`, '-e', inject, program, ...args],
    options,
  );
}

/** Runs a command whose calls of some names begin later, each by `delayMs`. */
export function runWithDelay(names, delayMs, program, args, options) {
  const inject = `inject=${names}:delay_enter=${1000 * delayMs}`;
  return run(
    'strace',
    [...trace, '-o', '/dev/null', '-e', `trace=${names}`, '-e', inject, program, ...args],
    options,
  );
}
