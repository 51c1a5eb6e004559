import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'synthgen-install-'));
const prefix = join(folder, 'prefix');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const run = (command, ...parameters) => execFileSync(command, parameters, { encoding: 'utf8' });

after(() => rmSync(folder, { recursive: true }));

test('the installed program runs and tells its version', () => {
  run('cmake', '--install', join(root, 'build/native'), '--prefix', prefix);
  assert.ok(run(join(prefix, 'bin/synthgen'), '--version').includes(version));
});

test('nothing installed names the folders that it was built in', () => {
  for (const entry of readdirSync(prefix, { recursive: true, withFileTypes: true })) {
    if (!/\.(cmake|hpp)$/.test(entry.name)) continue;
    const text = readFileSync(join(entry.path, entry.name), 'utf8');
    assert.ok(!text.includes(root), entry.name);
  }
});

test("another project's find_package finds the library and uses it", () => {
  const build = join(folder, 'consumer');
  run('cmake', '-S', join(root, 'tests/install'), '-B', build, `-DCMAKE_PREFIX_PATH=${prefix}`);
  run('cmake', '--build', build);
  assert.match(
    run(join(build, 'consumer')),
    /^100 sequences, local coherence 0\.\d{4}, global coherence 0\.\d{4}\n$/,
  );
});
