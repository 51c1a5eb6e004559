// All artefacts of a release, made twice.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { filesBelow } from '../../tools/release/archives.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'synthgen-release-test-'));
const outputs = ['build/release-test/first', 'build/release-test/second'];
after(() => {
  rmSync(folder, { recursive: true });
  rmSync(join(root, 'build/release-test'), { recursive: true, force: true });
});

const run = (command, ...parameters) =>
  execFileSync(command, parameters, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });

function unpacked(name) {
  const directory = join(folder, name);
  mkdirSync(directory);
  run('tar', '-xzf', join(root, outputs[0], name), '-C', directory);
  return directory;
}

before(() => {
  for (const output of outputs) {
    run('node', 'tools/release/main.js', '--no-build', '--output', output);
    // What was built once more must be the same, too.
    if (output === outputs[0]) run('npm', 'run', '--silent', 'build:page');
  }
});

test('a release has all artefacts, twice with the same bytes', () => {
  const [names, again] = outputs.map((output) => readdirSync(join(root, output)).toSorted());
  assert.deepEqual(names, again);
  const patterns = [
    'SHA256SUMS',
    `synthgen-${version}-source\\.tar\\.gz`,
    `synthgen-${version}-site\\.tar\\.gz`,
    `synthgen-${version}\\.tgz`,
    `synthgen-${version}\\.tar\\.gz`,
    `synthgen-${version}-cp\\w+-cp\\w+-linux_\\w+\\.whl`,
    'synthgen_torch\\.py',
    `synthgen_${version}_\\w+\\.deb`,
  ];
  for (const pattern of patterns) {
    assert.equal(names.filter((name) => new RegExp(`^${pattern}$`).test(name)).length, 1, pattern);
  }
  assert.equal(names.length, patterns.length);
  for (const name of names) {
    const [one, two] = outputs.map((output) => readFileSync(join(root, output, name)));
    assert.ok(one.equals(two), `${name} differs`);
  }
});

test('the archives hold what they promise', () => {
  const site = join(unpacked(`synthgen-${version}-site.tar.gz`), `synthgen-${version}-site`);
  assert.deepEqual(filesBelow(site), filesBelow(join(root, 'build/site')));
  for (const name of filesBelow(site).filter((each) => each.endsWith('.html'))) {
    const html = readFileSync(join(site, name), 'utf8');
    // Relative, so that any host and path will do.
    assert.doesNotMatch(html, /(?:src|href)="\//, name);
  }
  const source = join(unpacked(`synthgen-${version}-source.tar.gz`), `synthgen-${version}`);
  assert.deepEqual(
    filesBelow(source),
    run('git', 'ls-tree', '-r', '--name-only', '-z', 'HEAD').split('\0').filter(Boolean).toSorted(),
  );
  const python = join(unpacked(`synthgen-${version}.tar.gz`), `synthgen-${version}`);
  assert.match(
    readFileSync(join(python, 'PKG-INFO'), 'utf8'),
    new RegExp(`^Version: ${version}$`, 'm'),
  );
  const [wheel] = readdirSync(join(root, outputs[0])).filter((name) => name.endsWith('.whl'));
  const installed = join(folder, 'wheel');
  run('/usr/bin/python3', '-m', 'zipfile', '-e', join(root, outputs[0], wheel), installed);
  const program =
    'import synthgen; print(len(synthgen.generate(num_train=3, seq_length=4).tokens))';
  const printed = execFileSync('/usr/bin/python3', ['-c', program], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: installed },
  });
  assert.equal(printed, '3\n');
});
