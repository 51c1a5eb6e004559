// Runs the program under strace, which stops it, fails its system calls or delays them at chosen
// points. Without strace, or where it may not trace, tests that need it are skipped.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { until } from '../support/until.js';
import { binary } from './synthgen.js';

const probe = spawnSync('strace', [
  '-qq',
  '-o',
  '/dev/null',
  '-e',
  'inject=getppid:retval=1',
  'true',
]);

/** Why tests that need strace are skipped; false where it works. */
export const noStrace =
  (probe.error !== undefined || probe.status !== 0) &&
  'SKIPPED: strace is missing or may not trace here; tools/setup installs it';

// A tracer leaves none to LeakSanitizer.
const env = { ...process.env, ASAN_OPTIONS: 'detect_leaks=0' };

const words = (log, rules, args) => [
  ...['-f', '-qq', '-o', log, ...rules.flatMap((rule) => ['-e', rule])],
  ...[binary, ...args.map(String)],
];

/** Runs it to the end with strace's rules (`inject=…`): {status, signal, stdout, stderr}. */
export function straced(rules, ...args) {
  const options = { encoding: 'utf8', env, maxBuffer: 1 << 28 };
  const result = spawnSync('strace', words('/dev/null', rules, args), options);
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
  const child = spawn('strace', words(log, rules, args), { env });
  let stderr = '';
  child.stderr.on('data', (data) => (stderr += data));
  const ended = once(child, 'close');
  const stopped = () => /^(\d+) +--- stopped by SIGSTOP ---$/m.exec(readLog(log))?.[1];
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

const readLog = (log) => (existsSync(log) ? readFileSync(log, 'utf8') : '');

/** Its system calls in order, files named: {name, count (how often that call has come), line}. */
export function systemCalls(...args) {
  const directory = mkdtempSync(join(tmpdir(), 'synthgen-strace-'));
  try {
    const log = join(directory, 'log');
    const options = { encoding: 'utf8', env };
    const result = spawnSync('strace', ['-y', ...words(log, [], args)], options);
    assert.equal(result.status, 0, result.stderr);
    const counts = {};
    return readFileSync(log, 'utf8')
      .split('\n')
      .map((line) => ({ line, name: /^\d+ +(\w+)\(/.exec(line)?.[1] }))
      .filter(({ name }) => name !== undefined)
      .map((call) => ({ ...call, count: (counts[call.name] = (counts[call.name] ?? 0) + 1) }));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
