import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import test from 'node:test';

import {
  atLeast,
  atMost,
  judge,
  noGoal,
  nsPerToken,
  rates,
  shareOfSpeed,
  timesAsFast,
} from '../../tools/bench/goals.js';
import { collected, countInstructions, counted } from '../../tools/bench/instructions.js';
import { closingLine, instructionTable, table } from '../../tools/bench/table.js';

const folder = new URL('../../tools/bench/', import.meta.url);

const allGroups = await Promise.all(
  readdirSync(new URL('lines', folder)).map(
    async (name) => (await import(new URL(`lines/${name}`, folder))).default,
  ),
);

const answer = (processorNs, tokens = 1000, bytes = 4000) =>
  rates({ processor_ns: processorNs, wall_ns: 2 * processorNs, tokens, bytes });

test('a line is judged by the median of its rounds, each with its own peer', () => {
  const line = {
    name: 'random',
    peer: { name: 'numpy' },
    compare: timesAsFast,
    goal: atLeast(3),
  };
  const rounds = [
    { ours: answer(1000), peer: answer(4000) },
    { ours: answer(5000), peer: answer(10000) }, // a busy moment slows both
    { ours: answer(1000), peer: answer(9000) },
  ];
  const { value, reached, ns_per_token, peer_ns_per_token } = judge(line, rounds);
  assert.deepEqual([value, reached, ns_per_token, peer_ns_per_token], [4, true, 1, 9]);
  assert.equal(judge({ ...line, goal: atLeast(4.5) }, rounds).reached, false);
});

test('the speed in bytes counts what each of both moved', () => {
  const line = {
    name: 'bin',
    peer: { name: 'bare write' },
    compare: shareOfSpeed,
    goal: atLeast(0.6),
  };
  const { value } = judge(line, [{ ours: answer(1000, 1000, 2000), peer: answer(1000) }]);
  assert.equal(value, 0.5);
});

test('a goal needs no peer, and a peer that is absent decides nothing', () => {
  const alone = { name: 'rep_n', compare: nsPerToken, goal: atMost(15) };
  const { value, reached } = judge(alone, [{ ours: answer(15000) }]);
  assert.deepEqual([value, reached], [15, true]);
  const absent = judge(
    { name: 'pt', peer: { name: 'torch' }, compare: timesAsFast, goal: atLeast(4) },
    [{ ours: answer(1000), peer: null }],
  );
  assert.deepEqual([absent.absent, absent.value], [true, undefined]);
});

test('a work of ours that this machine cannot do is left out of the goals', () => {
  const line = { name: 'batches', compare: nsPerToken, goal: atMost(3) };
  const absent = judge(line, [{ ours: null, peer: undefined }]);
  const groups = [{ title: 'Python', results: [absent] }];
  assert.match(table(groups), /batches +– +– ns\/token +≤ 3 +not available here/);
  assert.equal(closingLine(groups), '0 of 0 goals reached');
});

test('a command is told how many tokens it handled', () => {
  assert.equal(rates({ processor_ns: 500, wall_ns: 1 }, 250).nsPerToken, 2);
});

test('the table has a line for each result, and names the goals that were missed', () => {
  const result = (name, goal, value) =>
    judge({ name, compare: nsPerToken, goal }, [{ ours: answer(1000 * value) }]);
  const pt = judge(
    { name: 'pt', peer: { name: 'torch' }, compare: timesAsFast, goal: atLeast(4) },
    [{ ours: answer(1000), peer: null }],
  );
  const groups = [
    { title: 'Files', results: [result('jsonl', atMost(2), 1), pt] },
    { title: 'Analysis', results: [result('rep_n', atMost(15), 20), result('x', noGoal, 123.4)] },
  ];
  assert.equal(
    table(groups),
    [
      '       ns/token  compared                  goal  reached',
      '',
      'Files',
      'jsonl      1.00  1.00 ns/token             ≤ 2   yes',
      'pt         1.00  – times as fast as torch  ≥ 4   not available here',
      '',
      'Analysis',
      'rep_n      20.0  20.0 ns/token             ≤ 15  MISSED',
      'x           123  123 ns/token',
    ].join('\n'),
  );
  assert.equal(closingLine(groups), '1 of 2 goals reached; missed: Analysis: rep_n');
});

test('instructions are read from Callgrind, and a machine without it says so', () => {
  assert.equal(collected('==7== \n==7== Collected : 184467\n==7==\n'), 184467);
  assert.equal(collected('valgrind: no such tool'), undefined);
  assert.match(instructionTable({ absent: 'valgrind' }), /valgrind is missing/);
  assert.match(
    instructionTable([{ name: 'generate random', instructions_per_token: 5.4321 }]),
    /generate random +5\.43$/m,
  );
  const { PATH } = process.env;
  process.env.PATH = '/nonexistent';
  try {
    assert.deepEqual(countInstructions('bench', '/tmp'), { absent: 'valgrind' });
  } finally {
    process.env.PATH = PATH;
  }
});

test('every line compares works that can be told apart', () => {
  for (const { title, lines } of allGroups) {
    for (const { name, work, peer } of lines) {
      assert.ok(
        work.request({ program: 'p', data: () => 'd', once: () => ['o'] }),
        `${title}: ${name}`,
      );
      assert.notDeepEqual(work.name, peer?.name, `${title}: ${name}`);
    }
  }
});

test('every work of Python exists', () => {
  const source = readFileSync(new URL('peers/peers.py', folder), 'utf8');
  const python = allGroups
    .flatMap(({ lines }) => lines.flatMap(({ work, peer }) => [work, peer]))
    .filter((work) => work?.worker === 'python' && work.tokens === undefined);
  assert.ok(python.length > 0);
  for (const work of python) assert.match(source, new RegExp(`def ${work.request()}\\(self\\)`));
  const once = (work) => assert.match(source, new RegExp(`def ${work}\\(self\\)`)) ?? [];
  allGroups
    .flatMap(({ lines }) => lines.flatMap(({ work, peer }) => [work, peer]))
    .forEach((work) => work?.request({ once, data: () => 'd' }));
});

test('instructions are counted of works that are compared', () => {
  const compared = new Set(
    allGroups.flatMap(({ lines }) =>
      lines.map(({ work }) => work.request({ data: () => 'd', once: () => ['o'] })),
    ),
  );
  for (const name of counted) assert.ok(compared.has(name), name);
});
