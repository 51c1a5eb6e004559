import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { blocks, commands, example, readme, shown } from './blocks.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

test('every command prints what is shown', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'synthgen-readme-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const console = blocks.filter(({ language }) => language === 'console');
  assert.ok(console.length > 0);
  for (const { command, output } of console.flatMap(({ text }) => commands(text))) {
    const { stdout } = spawnSync('bash', ['-c', `exec 2>&1; ${command}`], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${join(root, 'build/native')}:${process.env.PATH}` },
    });
    const lines = stdout === '' || stdout.endsWith('\n') ? stdout : `${stdout}\n`;
    assert.match(lines, shown(output), command);
  }
});

test('the JavaScript prints what is shown', (t) => {
  const folder = join(root, 'build/readme');
  mkdirSync(folder, { recursive: true });
  t.after(() => rmSync(folder, { recursive: true }));
  const { code, output } = example('js');
  writeFileSync(join(folder, 'example.js'), code);
  assert.equal(execFileSync('node', [join(folder, 'example.js')], { encoding: 'utf8' }), output);
});

test('every npm script that is named exists', () => {
  const named = [...readme.matchAll(/npm (?:run )?(?!run\b)([a-z][a-z:-]+)/g)].map(
    ([, name]) => name,
  );
  assert.ok(named.length > 3);
  for (const name of named) {
    if (name !== 'package') assert.ok(name in manifest.scripts, name);
  }
});

test('every picture and file that is named exists', () => {
  const paths = [...readme.matchAll(/\]\(([^):]+)\)/g)].map(([, path]) => path);
  assert.ok(paths.includes('web/readme/playground.png'));
  for (const path of paths) assert.ok(existsSync(join(root, path)), path);
});

test('every dependency stands in the table', () => {
  const setup = readFileSync(join(root, 'tools/setup'), 'utf8');
  const system = [...setup.matchAll(/^ {2}need "[^"]*" \S+ ([\w+.-]+) /gm)].map(([, name]) => name);
  const npm = Object.keys(manifest.devDependencies).filter((name) => !name.startsWith('@types/d3'));
  assert.ok(system.length > 10);
  for (const name of [...system, ...npm]) assert.ok(readme.includes(`\`${name}\``), name);
});
