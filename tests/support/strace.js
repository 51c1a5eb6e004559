// Runs the program under strace, which stops it, fails its system calls or delays them at chosen
// points. Without strace, or where it may not trace, tests that need it are skipped.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { binary } from '../cli/synthgen.js';
import { run } from './run.js';
import { until } from './until.js';

/** What strace is called with: its rules (`trace=…`, `inject=…`), then the program and its words. */
const words = (log, rules, program, args) => [
  ...['-f', '-qq', '-o', log, ...rules.flatMap((rule) => ['-e', rule])],
  ...[program, ...args.map(String)],
];

/** The same for a program that runs on at calls of other names. */
const quickWords = (log, names, rules, program, args) => [
  '--seccomp-bpf',
  ...words(log, [`trace=${names}`, ...rules], program, args),
];

const probe = spawnSync(
  'strace',
  quickWords('/dev/null', 'getppid', ['inject=getppid:retval=1'], 'true', []),
  { encoding: 'utf8' },
);

/** Why tests that need strace are skipped; false where it works. */
export const noStrace =
  (probe.error !== undefined || probe.status !== 0) &&
  `SKIPPED: strace is missing or may not trace here; tools/setup installs it ${probe.stderr ?? ''}`.trim();

// A tracer leaves none to LeakSanitizer.
const env = { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' };

/** Runs it to the end with strace's rules (`inject=…`): {status, signal, stdout, stderr}. */
export function straced(rules, ...args) {
  const options = { encoding: 'utf8', env, maxBuffer: 1 << 28 };
  const result = spawnSync('strace', words('/dev/null', rules, binary, args), options);
  if (result.error) throw result.error;
  return result;
}

/**
 * Starts it and returns when it has stopped right after a system call of `systemCalls`: {resume},
 * which lets it run to its end and returns {status, stderr}.
 */
export async function stoppedAfter(test, call, ...args) {
  const directory = mkdtempSync(join(tmpdir(), 'synthgen-strace-'));
  const log = join(directory, 'log');
  const rules = [`inject=${call.name}:signal=STOP:when=${call.count}`];
  const child = spawn('strace', words(log, rules, binary, args), { env });
  let stderr = '';
  child.stderr.on('data', (data) => (stderr += data));
  const ended = once(child, 'close');
  const readLog = () => (existsSync(log) ? readFileSync(log, 'utf8') : '');
  const stopped = () => /^(\d+) +--- stopped by SIGSTOP ---$/m.exec(readLog())?.[1];
  test.after(() => {
    if (child.exitCode === null && stopped() !== undefined)
      process.kill(Number(stopped()), 'SIGKILL');
    rmSync(directory, { recursive: true });
  });
  await until(() => stopped() !== undefined || child.exitCode !== null, 'it stopped');
  assert.notEqual(stopped(), undefined, `it ended before: ${stderr}`);
  return {
    async resume() {
      process.kill(Number(stopped()), 'SIGCONT');
      const [status] = await ended;
      return { status, signal: null, stdout: '', stderr };
    },
  };
}

/**
 * The system calls in a log, in order: {name, count, line, rest}. `count` is how often the thread
 * has made that call by then, as strace counts them; `rest` is what follows the call's name.
 */
function callsIn(log) {
  const counts = new Map();
  return readFileSync(log, 'utf8')
    .split('\n')
    .map((line) => [line, /^(\d+) +(\w+)\((.*)/.exec(line)])
    .filter(([, match]) => match !== null)
    .map(([line, [, thread, name, rest]]) => {
      const key = `${thread} ${name}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return { name, count: counts.get(key), line, rest };
    });
}

/** Its system calls in order, files named: {name, count (how often that call has come), line}. */
export function systemCalls(...args) {
  const directory = mkdtempSync(join(tmpdir(), 'synthgen-strace-'));
  try {
    const log = join(directory, 'log');
    const options = { encoding: 'utf8', env };
    const result = spawnSync('strace', ['-y', ...words(log, [], binary, args)], options);
    assert.equal(result.status, 0, result.stderr);
    return callsIn(log);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The calls that change files, and those that a change depends on. */
const fileCalls = [
  ...['openat', 'read', 'pread64', 'write', 'pwrite64', 'writev', 'ftruncate', 'fallocate'],
  ...['fsync', 'fdatasync', 'close', 'rename', 'renameat', 'renameat2', 'link', 'linkat'],
  ...['unlink', 'unlinkat', 'mkdir', 'rmdir', 'flock', 'chmod', 'fchmod', 'chown', 'fchown'],
];

/**
 * The calls of a command that concern files below its directory `cwd`, in order:
 * [{call, number, path, text, failed}], where `number` counts the calls of that name in one thread.
 */
export async function callsOf(program, args, cwd, options = {}) {
  const log = join(cwd, '..', 'calls');
  const traced = ['-y', ...quickWords(log, fileCalls, [], program, args)];
  const result = await run('strace', traced, { env, cwd, ...options });
  const found = [];
  for (const { name: call, count: number, rest } of callsIn(log)) {
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
  return run('strace', quickWords('/dev/null', call, [inject], program, args), { env, ...options });
}

/** Runs a command whose calls of some names begin later, each by `delayMs`. */
export function runWithDelay(names, delayMs, program, args, options) {
  const inject = `inject=${names}:delay_enter=${1000 * delayMs}`;
  return run('strace', quickWords('/dev/null', names, [inject], program, args), {
    env,
    ...options,
  });
}
