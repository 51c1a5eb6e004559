import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';

import { example } from '../readme/blocks.js';

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

test("the README's program finds the installed library and prints what is shown", () => {
  const { code, output } = example('cpp');
  const [source, build] = [join(folder, 'consumer'), join(folder, 'consumer/build')];
  cpSync(join(root, 'tests/install/consumer'), source, { recursive: true });
  writeFileSync(join(source, 'consumer.cpp'), code);
  run('cmake', '-S', source, '-B', build, `-DCMAKE_PREFIX_PATH=${prefix}`);
  run('cmake', '--build', build);
  assert.equal(run(join(build, 'consumer')), output);
});
