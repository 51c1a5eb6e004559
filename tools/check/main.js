/** `npm run check`: format, lint, types, includes, files. Prints every fault, not just the first. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

import { fileFaults, roomFaults } from './files.js';
import { circles, misdirected } from './includes.js';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));

/** Everything that is or may be committed. */
const files = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .stdout.split('\0')
  .filter((path) => path !== '' && existsSync(path));

const matching = (pattern) => files.filter((path) => pattern.test(path));

function run(command, ...parameters) {
  const { status, error } = spawnSync(command, parameters, {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (error) console.error(`${command}: ${error.message}`);
  return status === 0;
}

/** Prints faults, [{path, line, message}]; whether there are none. */
function none(faults) {
  for (const { path, line, message } of faults) {
    console.error(`${path}:${line === undefined ? '' : `${line}:`} ${message}`);
  }
  return faults.length === 0;
}

const eachFile = (faultsOf) =>
  files.flatMap((path) => faultsOf(path, readFileSync(path)).map((fault) => ({ path, ...fault })));

const texts = (pattern) => matching(pattern).map((path) => [path, readFileSync(path, 'utf8')]);

const shellScripts = files.filter((path) =>
  readFileSync(path, 'utf8').startsWith('#!/usr/bin/env bash'),
);

const checks = {
  'C++ format (npm run format mends it)': () =>
    run('clang-format', '--dry-run', '-Werror', ...matching(/\.(cpp|hpp)$/)),
  'web format (npm run format mends it)': () =>
    run('node_modules/.bin/prettier', '--check', '--log-level=warn', '.'),
  'script lint': () => run('node_modules/.bin/oxlint', '--deny-warnings'),
  'shell lint': () => run('shellcheck', ...shellScripts),
  types: () => run('node_modules/.bin/tsc', '--noEmit'),
  'direction of includes': () =>
    none(eachFile((path, bytes) => misdirected(path, bytes.toString('utf8')))),
  'circles of rooms': () => none(circles(texts(/^(cpp|web)\/.*\.(cpp|hpp|js|ts)$/))),
  files: () => none([...eachFile(fileFaults), ...roomFaults(files)]),
};

const failed = Object.keys(checks).filter((name) => !checks[name]());
failed.forEach((name) => console.error(`check failed: ${name}`));
if (failed.length === 0) console.log(`${Object.keys(checks).length} checks passed`);
process.exitCode = failed.length > 0 ? 1 : 0;
