// Runs the built command line for the tests in this folder.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The program under test: `SYNTHGEN_BIN`, or the native build. */
export const binary =
  process.env.SYNTHGEN_BIN ??
  fileURLToPath(new URL('../../build/native/synthgen', import.meta.url));

/** Whether that program was built with AddressSanitizer, which has memory limits of its own. */
export const isSanitized = readFileSync(binary).includes('__asan_init');

/**
 * The steps of a sweep that are tried: all, or every fourth with a sanitizer, which makes programs
 * start slowly. What is left where one is killed does not depend on it.
 */
export const sampled = (steps) => (isSanitized ? steps.filter((_, i) => i % 4 === 0) : steps);

const largestOutput = 1 << 28;

/** Runs it to the end: {status, signal, stdout, stderr}. */
export function synthgen(...args) {
  return runWith({}, ...args);
}

/** The same with options of `spawnSync`. */
export function runWith(options, ...args) {
  const words = args.map(String);
  const result = spawnSync(binary, words, {
    encoding: 'utf8',
    maxBuffer: largestOutput,
    ...options,
  });
  if (result.error) throw result.error;
  return result;
}

/** Runs it through `sh -c`, where "$0" is the program and "$1" … are `args`. */
export function shell(script, ...args) {
  const result = spawnSync('sh', ['-c', script, binary, ...args.map(String)], {
    encoding: 'utf8',
    maxBuffer: largestOutput,
  });
  if (result.error) throw result.error;
  return result;
}

/** Starts it without waiting. */
export function start(...args) {
  return spawn(binary, args.map(String), { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs it to the end: the most memory that it held, in bytes. */
export async function peakMemory(...args) {
  const child = spawn(binary, args.map(String), { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', resolve);
  });
  let peak = 0;
  while (child.exitCode === null && child.signalCode === null) {
    try {
      const lines = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peak = Math.max(peak, 1024 * Number(/^VmHWM:\s*(\d+) kB$/m.exec(lines)?.[1] ?? 0));
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'ESRCH') throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  assert.equal(await ended, 0);
  return peak;
}

/** A directory for one test, removed after it. */
export function scratch(test) {
  const directory = mkdtempSync(join(tmpdir(), 'synthgen-cli-'));
  test.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Makes a curriculum of one stage from a dataset's train split: the stage's directory. */
export function stageOf(directory, name, stage) {
  const stages = join(directory, 'stages.json');
  writeFileSync(stages, JSON.stringify({ [name]: stage }));
  const source = join(directory, 'train.jsonl');
  const made = synthgen('curriculum', source, '--stages', stages, '--output-dir', directory);
  assert.equal(made.status, 0, made.stderr);
  return join(directory, name);
}

/** The names in a directory, sorted; none when there is no such directory. */
export function names(directory) {
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  }
}

/** The records of a JSONL text. */
export function records(text) {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** The lines that a command wrote to stderr, without the command's name before each. */
export function complaints(result) {
  return result.stderr
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/^synthgen( [a-z]+)?: /, ''));
}

export const exitStatus = { faults: 1, usage: 2, io: 3, stopped: 130 };

/** It failed with `status`, one line on stderr for each of `messages`, nothing on stdout. */
export function assertRefused(result, status, ...messages) {
  assert.equal(result.status, status, result.stderr || `signal ${result.signal}`);
  assert.equal(result.stdout, '');
  const lines = complaints(result);
  assert.equal(lines.length, messages.length, result.stderr);
  messages.forEach((message, i) => {
    if (message instanceof RegExp) assert.match(lines[i], message);
    else assert.equal(lines[i], message);
  });
}
