// What makes a release reproducible, and the one place of its version.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { packDirectory } from '../../tools/release/archives.js';

const folder = mkdtempSync(join(tmpdir(), 'synthgen-archives-'));
after(() => rmSync(folder, { recursive: true }));

const textOf = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test('an archive depends on paths, contents and permissions alone', () => {
  const files = { 'b.txt': 'one', 'a/c.txt': 'two', 'a b.txt': 'three', 'Z.txt': '' };
  const packed = (name, order, { text = 'one', mode = 0o644 } = {}) => {
    const directory = join(folder, name);
    mkdirSync(join(directory, 'a'), { recursive: true });
    for (const path of order) {
      const file = join(directory, path);
      writeFileSync(file, path === 'b.txt' ? text : files[path]);
      utimesSync(file, Math.random() * 1e9, Math.random() * 1e9);
    }
    chmodSync(join(directory, 'b.txt'), mode);
    const archive = join(folder, `${name}.tar.gz`);
    packDirectory(directory, archive, { epoch: 1_700_000_000, prefix: 'thing-1.0' });
    return archive;
  };
  const names = Object.keys(files);
  const first = packed('first', names);
  const bytes = readFileSync(first);
  assert.deepEqual(readFileSync(packed('second', names.toReversed())), bytes);
  assert.deepEqual(readFileSync(packed('shared', names, { mode: 0o664 })), bytes);
  assert.notDeepEqual(readFileSync(packed('run', names, { mode: 0o755 })), bytes);
  assert.notDeepEqual(readFileSync(packed('other', names, { text: 'two' })), bytes);
  const listed = execFileSync('tar', ['-tzf', first], { encoding: 'utf8' }).trimEnd().split('\n');
  assert.deepEqual(
    listed,
    ['Z.txt', 'a b.txt', 'a/c.txt', 'b.txt'].map((n) => `thing-1.0/${n}`),
  );
  const texts = execFileSync('tar', ['-xzOf', first], { encoding: 'utf8' });
  assert.equal(texts, 'threetwoone');
});

test('package.json alone says which version this is', () => {
  const { version } = JSON.parse(textOf('package.json'));
  const lock = JSON.parse(textOf('package-lock.json'));
  assert.deepEqual([lock.version, lock.packages[''].version], [version, version]);
  const [, newest] = /^## (\S+?),? /m.exec(textOf('CHANGELOG.md'));
  assert.equal(newest, version);
  for (const path of [
    'CMakeLists.txt',
    'pyproject.toml',
    'setup.py',
    'tools/cmake/install.cmake',
  ]) {
    assert.ok(!textOf(path).includes(version), path);
  }
  assert.match(textOf('CMakeLists.txt'), /file\(READ package\.json/);
  assert.match(textOf('setup.py'), /version=json\.loads\(\(source \/ "package\.json"\)/);
});
