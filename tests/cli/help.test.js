import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { shell, synthgen } from './synthgen.js';

const commands = [
  ...['generate', 'preview', 'analyze', 'validate', 'curriculum', 'verify', 'merge'],
  ...['eval', 'audit', 'families', 'presets', 'measures', 'schema', 'completions', 'man'],
];
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url)));

function help(...args) {
  const result = synthgen(...args, '--help');
  assert.equal(result.status, 0, result.stderr);
  assert.equal(result.stderr, '');
  return result.stdout;
}

test('--version names the program and the version of its random streams', () => {
  const result = synthgen('--version');
  assert.equal(result.status, 0);
  assert.equal(result.stderr, '');
  assert.match(result.stdout, /^synthgen \S+ \(stream version \d+\)\n$/);
  assert.equal(result.stdout.split(' ')[1], version);
});

test('--help lists every command, and each has its own', () => {
  const text = help();
  for (const command of commands) {
    assert.match(text, new RegExp(`^  ${command} +\\S`, 'm'));
    assert.ok(help(command).includes(`Usage: synthgen ${command}`));
  }
  assert.equal(synthgen('-h').stdout, text);
});

test('help and version are commands too', () => {
  const same = (words, flags) => {
    const { status, stdout, stderr } = synthgen(...words);
    assert.deepEqual([status, stdout, stderr], [0, synthgen(...flags).stdout, '']);
  };
  same(['help'], ['--help']);
  same(['version'], ['--version']);
  for (const command of commands) same(['help', command], [command, '--help']);
  const { status, stderr } = synthgen('help', 'genrate');
  assert.equal(status, 2);
  assert.match(stderr, /"genrate": is not a known command; did you mean generate\?/);
});

test('parameters are grouped, with meaning, allowed range and default', () => {
  for (const command of ['generate', 'preview']) {
    const text = help(command);
    const groups = [...text.matchAll(/^(\S.*):$/gm)].map(([, group]) => group);
    assert.deepEqual(groups, [
      'Options',
      'Dataset',
      'Tokens',
      'Noise and length',
      'Pattern',
      'Hierarchy',
      'Condition',
      'Template',
      'Mixture',
      'Custom',
      'Machine',
      'Markov chain',
      'Labels',
      'Recall',
    ]);
    const words = text.replaceAll(/\s+/g, ' ');
    assert.match(
      words,
      /--vocab-size N .*Allowed: an integer from 2 to 2147483647\. Default: 10000\. --seq-length N/,
    );
    assert.match(words, /--pattern-types WORD,\.\.\. .*Default: all\./);
  }
});

test('the help says what a choice of measures brings with it', () => {
  const words = help('analyze').replaceAll(/\s+/g, ' ');
  assert.match(words, /--measures NAMES .*brings its whole group with it, see synthgen measures/);
  assert.match(words, /--html REPORT .*adds the measures .* to the report, --json's too\./);
});

test('help is wrapped at 80 columns where there is no terminal', () => {
  for (const command of [[], ...commands.map((name) => [name])]) {
    for (const line of help(...command).split('\n')) assert.ok(line.length <= 80, line);
  }
});

test('help is wrapped to a terminal', (t) => {
  if (shell('command -v script').status !== 0) {
    return t.skip('SKIPPED: script (package bsdutils) is not installed');
  }
  const run = shell(`P="$0" script -qec 'stty columns 70; exec "$P" generate --help' /dev/null`);
  assert.equal(run.status, 0);
  for (const line of run.stdout.split('\r\n')) assert.ok(line.length <= 70, line);
});
