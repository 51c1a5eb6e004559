// `npm pack` makes everything that the package holds, wherever the checkout came from.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { manifest, ownFolder, root, run } from './support.js';

const folder = ownFolder(after);

/**
 * Copies what is or may be committed. The installed modules are links, one by one, and newer than what
 * they are installed from: nothing is installed again, least of all in this checkout.
 */
function checkout(name) {
  const copy = join(folder, name);
  for (const path of run(
    root,
    'git',
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
  ).split('\0')) {
    if (path !== '' && existsSync(join(root, path))) cpSync(join(root, path), join(copy, path));
  }
  const modules = join(copy, 'node_modules');
  mkdirSync(modules);
  for (const entry of readdirSync(join(root, 'node_modules'))) {
    if (entry !== '.package-lock.json')
      symlinkSync(join(root, 'node_modules', entry), join(modules, entry));
  }
  utimesSync(join(copy, 'package-lock.json'), 0, 0);
  writeFileSync(join(modules, '.package-lock.json'), '{}');
  return copy;
}

/**
 * Replaces cmake, which would take minutes: like cmake it refuses the cache of another folder; what it
 * should compile it copies from this checkout.
 */
const cmake = `#!/usr/bin/env bash
set -euo pipefail
if [[ -e build/wasm/CMakeCache.txt ]] &&
  ! grep -qx "CMAKE_CACHEFILE_DIR:INTERNAL=$PWD/build/wasm" build/wasm/CMakeCache.txt; then
  echo "CMake Error: the current CMakeCache.txt directory is different" >&2
  exit 1
fi
mkdir -p build/wasm
cp '${root}'build/wasm/{kernels.js,{live,synthgen}.{js,wasm},tasks.wasm} build/wasm/
`;

function pack(copy) {
  const tools = join(copy, 'build/tools');
  mkdirSync(tools, { recursive: true });
  writeFileSync(join(tools, 'cmake'), cmake, { mode: 0o755 });
  const env = { ...process.env, PATH: `${tools}:${process.env.PATH}` };
  execFileSync('npm', ['pack'], { cwd: copy, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const list = run(copy, 'tar', '-tzf', `synthgen-${manifest.version}.tgz`);
  return list
    .trim()
    .split('\n')
    .map((path) => path.replace(/^package\//, ''));
}

for (const [kind, prepare] of Object.entries({
  clean: () => {},
  copied: (copy) => {
    mkdirSync(join(copy, 'build/wasm/CMakeFiles'), { recursive: true });
    const cache = 'CMAKE_CACHEFILE_DIR:INTERNAL=/some/where/else/build/wasm\n';
    writeFileSync(join(copy, 'build/wasm/CMakeCache.txt'), cache);
  },
})) {
  test(`npm pack in a ${kind} checkout makes all that the package exports`, () => {
    const copy = checkout(kind);
    prepare(copy);
    const files = pack(copy);
    const paths = (entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry).flatMap(paths);
    for (const path of paths(manifest.exports)) assert.ok(files.includes(path.slice(2)), path);
    for (const name of ['worker.js', 'live.wasm', 'tasks.wasm', 'live_view.js'])
      assert.ok(files.includes(`build/view/${name}`), name);
  });
}
