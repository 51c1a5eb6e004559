/**
 * `npm run bench`: how fast synthgen is, next to other programs and to what the machine needs to
 * move the same bytes. Works that are compared alternate within one run, because the speed of a
 * shared machine varies; times are processor time unless a line says otherwise.
 *
 *   npm run bench -- [WORD...] [--quick] [--json FILE] [--no-instructions]
 *
 * Words choose groups: those whose titles contain one. --quick takes about a minute: fewer
 * sequences, three rounds.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { judge, rates } from './goals.js';
import { countInstructions } from './instructions.js';
import analysis from './lines/analysis.js';
import files from './lines/files.js';
import generation from './lines/generation.js';
import inWebAssembly from './lines/module.js';
import prediction from './lines/prediction.js';
import inPython from './lines/python.js';
import reading from './lines/reading.js';
import { closingLine, instructionTable, table } from './table.js';
import { Worker } from './worker.js';
import { sequenceLength } from './works.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    instructions: { type: 'boolean', default: true },
    build: {
      type: 'string',
      default: fileURLToPath(new URL('../../build/bench', import.meta.url)),
    },
  },
  allowNegative: true,
});

const wanted = [
  ...[generation, files, reading, analysis],
  ...[prediction, inPython, inWebAssembly],
].filter(
  ({ title }) =>
    positionals.length === 0 ||
    positionals.some((word) => title.toLowerCase().includes(word.toLowerCase())),
);
const rounds = values.quick ? 3 : 7;
const sequences = values.quick ? 4096 : 50000;
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'synthgen-bench-'));
const program = join(values.build, 'synthgen');
const bench = join(values.build, 'tools/bench/synthgen_bench');

/** The file of a dataset with so many times the sequences, generated when it is first needed. */
function data(factor) {
  const directory = join(folder, `data-${factor}`);
  if (!existsSync(directory)) {
    const { status } = spawnSync(
      program,
      ['generate', '--quiet', '--output-dir', directory, '--num-val', '0'].concat([
        '--num-train',
        `${factor * sequences}`,
        '--seq-length',
        `${sequenceLength}`,
      ]),
      { stdio: 'inherit' },
    );
    if (status !== 0) throw new Error('the data for the analysis could not be generated');
  }
  return join(directory, 'train.jsonl');
}

const peers = [
  fileURLToPath(new URL('peers/peers.py', import.meta.url)),
  folder,
  `${sequences}`,
  join(values.build, 'python'),
];
const once = (work) => ['/usr/bin/python3', ...peers, work];
const setting = { sequences, program, data, once };
const workers = {
  native: new Worker(bench, [folder, `${sequences}`]),
  python: new Worker('/usr/bin/python3', peers),
  module: new Worker(process.execPath, [
    fileURLToPath(new URL('peers/module.js', import.meta.url)),
    `${sequences}`,
  ]),
};

/** One measurement of a work; null if the machine lacks what it needs. */
async function measure(work) {
  const answer = await workers[work.worker].do(work.request(setting));
  return answer.absent === undefined ? rates(answer, work.tokens?.(setting)) : null;
}

async function measureLine(line) {
  const measured = [];
  for (let round = 0; round < rounds; round += 1) {
    const ours = await measure(line.work);
    measured.push({ ours, peer: line.peer && (await measure(line.peer)) });
  }
  return judge(line, measured);
}

const machine = `${cpus().length} × ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}`;

try {
  console.log(`${machine}; ${sequences} sequences of ${sequenceLength} tokens, ${rounds} rounds`);
  const groups = [];
  for (const { title, lines } of wanted) {
    const results = [];
    for (const line of lines) {
      process.stderr.write(`${title}: ${line.name}\n`);
      results.push(await measureLine(line));
    }
    groups.push({ title, results });
  }
  console.log(`\n${table(groups)}\n`);
  const instructions = values.instructions ? countInstructions(bench, folder) : [];
  if (values.instructions) console.log(`${instructionTable(instructions)}\n`);
  console.log(closingLine(groups));
  if (values.json !== undefined) {
    const result = { machine, sequences, rounds, groups, instructions };
    writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
  }
} finally {
  Object.values(workers).forEach((worker) => worker.end());
  rmSync(folder, { recursive: true });
}
