// Completions and manual pages, which the program makes from the table that --help shows.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { synthgen } from './synthgen.js';

const folder = mkdtempSync(join(tmpdir(), 'synthgen-shell-'));
after(() => rmSync(folder, { recursive: true }));

const has = (command) => spawnSync(command, ['--version']).error === undefined;
const skip = (command) => !has(command) && `needs ${command}`;

const made = (...words) => {
  const { status, stdout, stderr } = synthgen(...words);
  assert.deepEqual([status, stderr], [0, '']);
  return stdout;
};

/** [name, flags] of each command, as --help lists them. */
const commands = [...made('--help').matchAll(/^ {2}([a-z]+) +\S/gm)].map(([, name]) => [
  name,
  [...made(name, '--help').matchAll(/^ {2}(?:-\w,)?(--[a-z-]+)/gm)].map(([, flag]) => flag),
]);

function script(shell) {
  const path = join(folder, `completion.${shell}`);
  writeFileSync(path, made('completions', shell));
  return path;
}

/** What bash offers for the last of the words. */
function offeredByBash(path, words) {
  const program = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _synthgen
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', program, 'bash', path, ...words], {
    encoding: 'utf8',
    cwd: folder,
  });
  assert.deepEqual([status, stderr], [0, '']);
  return stdout.split('\n').filter((word) => word !== '');
}

test('bash completes commands, flags, values and files', () => {
  const path = script('bash');
  const offered = (...words) => offeredByBash(path, ['synthgen', ...words]);
  const names = commands.map(([name]) => name);
  assert.ok(names.length >= 16);
  assert.deepEqual(offered('').slice(0, names.length), names);
  assert.deepEqual(offered('cur'), ['curriculum']);
  assert.deepEqual(offered('help', 'ver'), ['verify']);
  for (const [name, flags] of commands) {
    assert.deepEqual(offered(name, '--').toSorted(), flags.toSorted(), name);
  }
  assert.ok(offered('generate', '--format', '').includes('safetensors'));
  assert.deepEqual(offered('generate', '--format', 'np'), ['npy']);
  assert.deepEqual(offered('generate', '--format', '=', 'np'), ['npy']);
  assert.deepEqual(offered('preview', '--vocab-distribution', ''), ['uniform', 'zipf']);
  assert.deepEqual(offered('preview', '--preset', 'rr'), ['rrxor']);
  assert.deepEqual(offered('generate', '--seed', ''), []);
  assert.deepEqual(offered('analyze', 'completion.b'), ['completion.bash']);
  assert.deepEqual(offered('verify', 'completion.b'), []);
});

test('zsh reads its script and offers what --help lists', { skip: skip('zsh') }, () => {
  const path = script('zsh');
  // What the script hands to zsh's own functions.
  const program = `_describe() { print -l -- $\{(P)2} }
_arguments() { shift; print -l -- $@ }
words=(synthgen "$\{@[2,-1]}"); CURRENT=$\{#words}; source $1`;
  const offered = (...words) => {
    const { status, stdout, stderr } = spawnSync('zsh', ['-fc', program, 'zsh', path, ...words], {
      encoding: 'utf8',
    });
    assert.deepEqual([status, stderr], [0, '']);
    return stdout;
  };
  const list = offered('');
  for (const [name, flags] of commands) {
    assert.match(list, new RegExp(`^${name}:\\S`, 'm'));
    const specs = offered(name, '--');
    for (const flag of flags) assert.match(specs, new RegExp(`^${flag}=?\\[`, 'm'), name);
  }
  assert.match(offered('generate', ''), /^--format=\[Format of the files\]:WORD:\(jsonl npy /m);
  assert.match(offered('verify', ''), /^\*:DIR:_files -\/$/m);
});

test('fish reads its script and completes', { skip: skip('fish') }, () => {
  const path = script('fish');
  const offered = (line) => {
    const program = `source ${path}; complete -C '${line}'`;
    const { status, stdout, stderr } = spawnSync('fish', ['--no-config', '-c', program], {
      encoding: 'utf8',
      env: { ...process.env, HOME: folder },
    });
    assert.deepEqual([status, stderr], [0, '']);
    return stdout.split('\n').map((text) => text.split('\t')[0]);
  };
  const names = offered('synthgen ');
  for (const [name] of commands) assert.ok(names.includes(name), name);
  assert.deepEqual(offered('synthgen preview --split t'), ['test', 'train', '']);
  assert.ok(offered('synthgen generate --num-').includes('--num-shards'));
});

test('the manual has a page of each command with all of its flags', { skip: skip('groff') }, () => {
  const pages = join(folder, 'man');
  spawnSync('mkdir', [pages]);
  assert.equal(made('man', '--output-dir', pages), '');
  const names = ['synthgen', ...commands.map(([name]) => `synthgen-${name}`)];
  assert.deepEqual(readdirSync(pages).toSorted(), names.map((name) => `${name}.1`).toSorted());
  for (const [name, flags] of commands) {
    const source = readFileSync(join(pages, `synthgen-${name}.1`), 'utf8');
    assert.equal(source, made('man', name));
    const { stdout, stderr } = spawnSync('groff', ['-man', '-ww', '-Kutf8', '-Tutf8', '-P-cbou'], {
      input: source,
      encoding: 'utf8',
    });
    assert.equal(stderr, '', name);
    for (const flag of flags) assert.match(stdout, new RegExp(`(^|[ ,])${flag}( |$)`, 'm'));
  }
  const front = made('man');
  for (const [name] of commands)
    assert.match(front, new RegExp(`^\\.BR synthgen\\\\-${name} `, 'm'));
});

test('an unknown shell and an unknown command are refused', () => {
  for (const [words, key] of [
    [['completions', 'tcsh'], 'SHELL'],
    [['completions'], 'SHELL'],
    [['man', 'nothing'], 'COMMAND'],
  ]) {
    const { status, stdout, stderr } = synthgen(...words);
    assert.deepEqual([status, stdout], [2, '']);
    assert.ok(stderr.includes(key), stderr);
  }
});
