/**
 * Runs a GoogleTest program as two processes with half of its tests each:
 *
 *   node tools/test/sharded.js RESULTS.xml COMMAND...
 *
 * Their results go to one file, where a process that ended before it wrote its own has one: the test
 * that ended it, with the end of its output. Fails when a process does, or takes more than half an hour.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const shards = 2;
const timeout = 30 * 60_000;

/** So many of the last characters of a process's output are kept, for the case that it goes wrong. */
const kept = 2_000_000;

const escaped = (text) =>
  text
    .replace(/[^\t\n\x20-\uFFFF]/g, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;');

/** What a sanitizer or the program itself says of its end, else its last line. */
function reason(output) {
  const lines = output.trim().split('\n');
  return lines.find((line) => /runtime error|ERROR:|terminate called/.test(line)) ?? lines.at(-1);
}

/** The output without the lines of tests that began and passed. */
const withoutPassing = (output) => output.replace(/^\[(?: RUN {6}| {7}OK |-{10})\].*\n/gm, '');

/** Results with one test, the last that `output` says to have begun, which ended its process. */
export function crashed(output, ending) {
  const test = [...output.matchAll(/^\[ RUN {6}\] (.+)$/gm)].at(-1)?.[1] ?? 'before the first test';
  const message = `its process ended with ${ending}: ${reason(output)}`;
  return `<testcase name="${escaped(test)}"><failure message="${escaped(message)}"/></testcase>\n`;
}

function runShard(index, [program, ...parameters], file) {
  const child = spawn(program, [...parameters, `--gtest_output=xml:${file}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, GTEST_TOTAL_SHARDS: shards, GTEST_SHARD_INDEX: index },
    timeout,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data) => (output = (output + data).slice(-kept)));
  }
  return new Promise((done, broken) => {
    child.on('error', broken);
    child.on('close', (code, signal) => done({ ending: signal ?? code, output }));
  });
}

async function main([results, ...command]) {
  const files = Array.from({ length: shards }, (_, index) => `${results}.${index}`);
  const runs = await Promise.all(files.map((file, index) => runShard(index, command, file)));
  const texts = runs.map(({ ending, output }, index) => {
    if (ending !== 0) console.log(withoutPassing(output));
    if (!existsSync(files[index])) return crashed(output, `status ${ending}`);
    const text = readFileSync(files[index], 'utf8');
    rmSync(files[index]);
    return text;
  });
  writeFileSync(results, texts.join(''));
  process.exitCode = runs.every(({ ending }) => ending === 0) ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
