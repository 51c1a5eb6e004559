// What README and the guide show is what happens: commands, examples, names, links, dependencies.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { commands, documents, examples, shown } from './blocks.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const ofLanguage = (language) => (block) => block.language === language;

/** Runs a command in bash, with the built program on the PATH: standard output and error together. */
function outputOf(command, cwd) {
  const { stdout } = spawnSync('bash', ['-c', `exec 2>&1; ${command}`], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(root, 'build/native')}:${process.env.PATH}` },
  });
  return stdout === '' || stdout.endsWith('\n') ? stdout : `${stdout}\n`;
}

for (const { path, blocks } of documents) {
  const shownCommands = blocks.filter(ofLanguage('console')).flatMap(({ text }) => commands(text));
  if (shownCommands.length === 0) continue;
  test(`every command of ${path} prints what is shown`, (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'synthgen-readme-'));
    t.after(() => rmSync(folder, { recursive: true }));
    for (const { command, output } of shownCommands) {
      assert.match(outputOf(command, folder), shown(output), command);
    }
  });
}

test('commands are found, continued lines and output included', () => {
  const text = '$ one --a \\\n    --b\nout\nput\n$ two\n';
  assert.deepEqual(commands(text), [
    { command: 'one --a \\\n    --b', output: 'out\nput\n' },
    { command: 'two', output: '' },
  ]);
  const counts = documents.map(({ blocks }) => blocks.filter(ofLanguage('console')).length);
  assert.ok(counts[0] > 0 && counts.reduce((sum, count) => sum + count) > 10);
});

for (const [index, { path, code, output }] of examples('js').entries()) {
  test(`the JavaScript of ${path} prints what is shown (${index})`, (t) => {
    const folder = join(root, `build/readme-${index}`);
    mkdirSync(folder, { recursive: true });
    t.after(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'example.js'), code);
    assert.equal(execFileSync('node', [join(folder, 'example.js')], { encoding: 'utf8' }), output);
  });
}

test('the guide has examples in the languages of the library', () => {
  for (const language of ['js', 'cpp', 'python']) {
    assert.ok(examples(language).length > 0, language);
  }
});

test('every npm script that is named exists', () => {
  const named = documents.flatMap(({ text }) =>
    [...text.matchAll(/(?:`|^)npm (?:run )?(?!run\b)([a-z][a-z:-]+)/gm)].map(([, name]) => name),
  );
  assert.ok(named.length > 3);
  for (const name of named) assert.ok(name in manifest.scripts, name);
});

test('every picture and file that is linked exists', () => {
  const paths = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\(([^):#]+)(?:#[^)]*)?\)/g)].map(([, to]) => join(dirname(path), to)),
  );
  assert.ok(paths.includes('web/readme/playground.png'));
  for (const path of paths) assert.ok(existsSync(join(root, path)), path);
});

test('README links to every page of the guide, but for single families and tasks', () => {
  const [readme, ...pages] = documents;
  const ofFamilies = (path) => path.startsWith('web/guide/families/') && !path.endsWith('index.md');
  const linked = pages.filter(({ path }) => !ofFamilies(path));
  assert.ok(linked.length > 10);
  for (const { path } of linked) assert.ok(readme.text.includes(`](${path})`), path);
});

test('every config in the guide is one that the program takes', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'synthgen-readme-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const configs = documents.flatMap(({ path, blocks }) =>
    blocks
      .filter(({ language, text }) => language === 'json' && 'generator' in JSON.parse(text))
      .map(({ text }) => ({ path, text })),
  );
  assert.ok(configs.length > 0);
  for (const { path, text } of configs) {
    writeFileSync(join(folder, 'config.json'), text);
    const output = outputOf('synthgen preview --count 1 --config config.json', folder);
    assert.match(output, /^train 0: /m, `${path}: ${output}`);
  }
});

test('every dependency is in the table of the guide', () => {
  const setup = readFileSync(join(root, 'tools/setup'), 'utf8');
  const { text } = documents.find(({ path }) => path === 'web/guide/development.md');
  const [, table] = text.split('\n## Dependencies\n');
  const system = [...setup.matchAll(/^ {2}need "[^"]*" \S+ ([\w+.-]+) /gm)].map(([, name]) => name);
  const npm = Object.keys(manifest.devDependencies).filter((name) => !name.startsWith('@types/d3'));
  assert.ok(system.length > 10);
  for (const name of [...system, ...npm]) assert.ok(table.includes(`\`${name}\``), name);
});
