import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('cmake without a preset builds a Release program and calls neither node nor Emscripten', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'synthgen-plain-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [bin, build, called] = ['bin', 'build', 'called'].map((name) => join(folder, name));
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
  run('cmake', '-S', root, '-B', build);
  run('cmake', '--build', build, '--parallel', '2');
  assert.match(run(join(build, 'synthgen'), '--version'), /^synthgen \d+\.\d+\.\d+/);
  assert.match(
    readFileSync(join(build, 'CMakeCache.txt'), 'utf8'),
    /^CMAKE_BUILD_TYPE:\w+=Release$/m,
  );
  assert.equal(existsSync(called), false);
});
