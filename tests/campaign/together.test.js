// Commands that write to one directory at the same time do not harm one another: each ends well or
// is refused with a message, and what stands there is what one of them makes.
//
// Their renames, removals and closes are delayed, so that they meet. SYNTHGEN_CAMPAIGN=full tries
// more delays.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { binary, isSanitized } from '../cli/synthgen.js';
import { run } from '../support/run.js';
import { noStrace, runWithDelay } from '../support/strace.js';
import { areSame, contentsOf, isTemporary } from './contents.js';
import { campaignDirectory, isFull, mapAtOnce, randomNumbers } from './process.js';

const skip = noStrace || (isSanitized && 'a sanitized program cannot be traced');
const rounds = isFull ? 40 : 2;

const sizes = ['--seq-length', '12', '--vocab-size', '50', '--num-train', '20', '--num-val', '6'];
const generate = (...args) => [
  ...['generate', '--output-dir', 'out', ...sizes, '--quiet', '--threads', '1', ...args],
];
const source = (name, seed) => [
  ...['generate', '--output-dir', name, ...sizes, '--length-variation', '0.5', '--quiet'],
  ...['--seed', seed],
];
const convert = (from, output, ...args) => [
  ...['convert', `${from}/train.jsonl`, '--output', `out/${output}`, '--quiet', ...args],
];
const curriculum = (from) => [
  ...['curriculum', `${from}/train.jsonl`, '--stages', 'stages.json', '--output-dir', 'out'],
  ...['--force', '--quiet'],
];
const merge = ['merge', 'out', '--quiet'];
const shard = (i, ...args) => generate('--shard', `${i}/4`, ...args);
const shards = (...args) => [0, 1, 2, 3].map((i) => shard(i, ...args));
const sources = [source('a', '1'), source('b', '2')];

// name        of the test
// before      commands that run before, one after another
// together    commands that run at the same time
// after       commands that run after them
// results     sequences of commands, each of which makes what may stand at the end
// all         whether each of the commands must end well
const sets = [
  {
    name: 'two runs of generate',
    together: [generate(), generate()],
    results: [[generate()]],
  },
  {
    name: 'two runs of generate --force with different seeds',
    before: [generate('--seed', '9')],
    together: [generate('--seed', '1', '--force'), generate('--seed', '2', '--force')],
    results: [[generate('--seed', '1')], [generate('--seed', '2')]],
  },
  ...['jsonl', 'bin', 'pt', 'megatron'].map((format) => ({
    name: `four shards of ${format}`,
    together: shards('--format', format),
    after: [merge],
    results: [[generate('--num-shards', '4', '--format', format)]],
    all: true,
  })),
  ...['jsonl', 'bin'].map((format) => ({
    name: `two merges of ${format}`,
    before: shards('--format', format),
    together: [merge, merge],
    results: [[generate('--num-shards', '4', '--format', format)]],
    all: true,
  })),
  {
    name: 'two merges, and two runs of a shard that exists',
    before: shards(),
    together: [merge, shard(1, '--resume'), merge, shard(2, '--resume')],
    after: [merge],
    results: [[generate('--num-shards', '4')]],
  },
  ...[
    ['npy', 'a.npy', '--format', 'npy'],
    ['pt', 'a.pt', '--format', 'pt'],
    ['megatron', 'a.bin', '--format', 'megatron'],
    ['gzip', 'a.jsonl.gz', '--compress', 'gzip'],
  ].map(([name, output, ...args]) => ({
    name: `four runs of convert --force to ${name}`,
    before: [...sources, ['mkdir', 'out']],
    together: ['a', 'b', 'a', 'b'].map((from) => convert(from, output, ...args, '--force')),
    results: ['a', 'b'].map((from) => [
      ...sources,
      ['mkdir', 'out'],
      convert(from, output, ...args),
    ]),
  })),
  {
    name: 'two runs of curriculum --force',
    before: [...sources, ['stages']],
    together: [curriculum('a'), curriculum('b')],
    results: ['a', 'b'].map((from) => [...sources, ['stages'], curriculum(from)]),
  },
];

const stages = {
  easy: { min_complexity: 0, max_complexity: 0.5, max_length: 8 },
  hard: { min_complexity: 0.5, max_complexity: 1, max_length: 16 },
};

async function execute(commands, cwd) {
  for (const [name, ...args] of commands) {
    if (name === 'mkdir') mkdirSync(join(cwd, args[0]));
    else if (name === 'stages') writeFileSync(join(cwd, 'stages.json'), JSON.stringify(stages));
    else {
      const { status, stderr } = await run(binary, [name, ...args], { cwd });
      assert.equal(status, 0, `${name} ${args.join(' ')}: ${stderr}`);
    }
  }
}

/** A directory in which the commands ran one after another. */
async function madeBy(commands, root, name) {
  const cwd = join(root, name);
  mkdirSync(cwd);
  await execute(commands, cwd);
  return cwd;
}

const delayed = ['rename', 'unlink', 'close', 'fsync', 'flock', 'rename,unlink', 'fcntl', 'none'];

for (const { name, before = [], together, after = [], results, all = false } of sets) {
  test(`${name}, at once`, { skip }, async (t) => {
    const root = campaignDirectory(t);
    const template = await madeBy(before, root, 'template');
    const allowed = [];
    for (const [i, commands] of results.entries()) {
      allowed.push(contentsOf(join(await madeBy(commands, root, `result ${i}`), 'out')));
    }
    const random = randomNumbers(name.length);
    const delays = Array.from({ length: rounds }, () =>
      together.map(() => [
        delayed[Math.floor(random() * delayed.length)],
        Math.ceil(random() * 40),
      ]),
    );
    await mapAtOnce(delays, async (round, i) => {
      const cwd = join(root, String(i));
      cpSync(template, cwd, { recursive: true });
      const where = `round ${i}, delays ${round.join(' ')}`;
      const options = { cwd, longestMs: 120_000 };
      const ends = await Promise.all(
        together.map((command, k) =>
          round[k][0] === 'none'
            ? run(binary, command, options)
            : runWithDelay(...round[k], binary, command, options),
        ),
      );
      const messages = ends.map(({ status, signal, stderr }) => `${status ?? signal}: ${stderr}`);
      for (const { status, stderr } of ends) {
        const isRefused = status === 2 && stderr !== '' && !all;
        assert.ok(status === 0 || isRefused, `${where}\n${messages.join('')}`);
      }
      assert.ok(
        ends.some(({ status }) => status === 0),
        `${where}\n${messages.join('')}`,
      );
      await execute(after, cwd);
      const left = contentsOf(join(cwd, 'out'));
      assert.deepEqual(Object.keys(left).filter(isTemporary), [], where);
      assert.ok(
        allowed.some((result) => areSame(left, result)),
        `${where}: ${Object.keys(left)}`,
      );
    });
  });
}
