// A build without presets: `cmake -S . -B build && cmake --build build`.
//
// Compiling everything once more takes minutes, so the commands that would do it are compared with
// those that have built `build/native`, and one of them runs. SYNTHGEN_PLAIN_BUILD=full runs all.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'synthgen-plain-'));
const [bin, build, called] = ['bin', 'build', 'called'].map((name) => join(folder, name));
after(() => rmSync(folder, { recursive: true }));

mkdirSync(bin);
for (const name of ['node', 'npm', 'npx', 'emcc', 'em++', 'emcmake']) {
  const script = `#!/usr/bin/env bash\necho ${name} >> ${called}\nexit 99\n`;
  writeFileSync(join(bin, name), script, { mode: 0o755 });
}

const run = (command, ...parameters) =>
  execFileSync(command, parameters, {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
  });

/** How each file of the library and the program is compiled, warnings as errors or not. */
function compilations(directory) {
  const entries = JSON.parse(readFileSync(join(directory, 'compile_commands.json'), 'utf8'))
    .map(({ file, command }) => [
      relative(file.startsWith(directory) ? directory : root, file),
      command
        .replace(/ -o .*/, '')
        .replaceAll(directory, 'BUILD')
        .split(/ +/)
        .filter((word) => word !== '-Werror'),
    ])
    .filter(([file]) => /synthgen_(core|cli|cli_parts)\.dir|^cpp\/(synthgen|cli)\//.test(file))
    .filter(([file]) => !file.includes('synthgen_without_report')); // for the tests
  return Object.fromEntries(entries.toSorted());
}

test('cmake without a preset makes a Release build, with neither node nor Emscripten', () => {
  run('cmake', '-S', root, '-B', build);
  assert.match(
    readFileSync(join(build, 'CMakeCache.txt'), 'utf8'),
    /^CMAKE_BUILD_TYPE:\w+=Release$/m,
  );
  const plain = compilations(build);
  assert.ok(Object.keys(plain).length > 10);
  assert.deepEqual(plain, compilations(join(root, 'build/native')));
  run('cmake', '--build', build, '--target', 'cpp/synthgen/config/formatted.cpp.o');
  const rules = readdirSync(build, { recursive: true }).filter((name) =>
    /\/(build\.make|link\.txt)$/.test(name),
  );
  assert.ok(rules.some((name) => name.endsWith('synthgen_cli.dir/link.txt')));
  for (const name of rules) {
    const text = readFileSync(join(build, name), 'utf8');
    assert.doesNotMatch(text, /\b(node|npm|npx|emcc|em\+\+|emcmake)\b/, name);
  }
  assert.equal(existsSync(called), false);
});

if (process.env.SYNTHGEN_PLAIN_BUILD === 'full') {
  test('what is built without a preset runs', () => {
    run('cmake', '-S', root, '-B', build);
    run('cmake', '--build', build, '--parallel', '2');
    assert.match(run(join(build, 'synthgen'), '--version'), /^synthgen \d+\.\d+\.\d+/);
    assert.equal(existsSync(called), false);
  });
}
