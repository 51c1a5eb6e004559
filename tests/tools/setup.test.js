import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'node:test';

const setup = fileURLToPath(new URL('../../tools/setup', import.meta.url));

/** A machine whose commands are a few basic ones and `commands`: {name: script}. */
function machine(t, commands) {
  const bin = mkdtempSync(join(tmpdir(), 'synthgen-setup-'));
  t.after(() => rmSync(bin, { recursive: true }));
  for (const name of ['bash', 'env', 'dirname', 'sort', 'head', 'ln']) {
    const found = spawnSync('bash', ['-c', `type -P ${name}`], { encoding: 'utf8' }).stdout.trim();
    symlinkSync(found, join(bin, name));
  }
  for (const [name, script] of Object.entries({ id: 'echo 0', ...commands })) {
    // 'wx' never writes through one of the links above into the real machine.
    const text = `#!/usr/bin/env bash\n${script}\n`;
    writeFileSync(join(bin, name), text, { mode: 0o755, flag: 'wx' });
  }
  return {
    bin,
    run: (...parameters) => {
      const { status, stdout, stderr } = spawnSync(setup, parameters, {
        encoding: 'utf8',
        env: { PATH: bin, PYTHON_MODULES: join(bin, 'python') },
      });
      return { status, stdout, stderr };
    },
  };
}

const required = ['cmake', 'ninja', 'make', 'xxh128sum'];
const optional = ['dpkg-shlibdeps', 'groff', 'zsh', 'fish', 'strace'];
const present = Object.fromEntries([...required, ...optional].map((name) => [name, '']));

test('it is silent and fast when nothing is missing', () => {
  // Processor time, which other programs on the machine do not lengthen.
  const timed = 'TIMEFORMAT="%U %S"; time "$0" native';
  const { status, stdout, stderr } = spawnSync('bash', ['-c', timed, setup], { encoding: 'utf8' });
  const seconds = stderr.trim().split(' ').map(Number);
  assert.deepEqual([status, stdout], [0, '']);
  assert.match(stderr, /^[\d.]+ [\d.]+\n$/, 'nothing but the time');
  assert.ok(seconds[0] + seconds[1] < 1, `${stderr}`);
});

test('without apt it lists what is missing, its package and its purpose, and fails', (t) => {
  const { status, stderr } = machine(t, present).run('native');
  assert.equal(status, 1);
  assert.match(stderr, /^tools\/setup: {3}g\+\+ +g\+\+ +C\+\+20 compiler$/m);
  assert.doesNotMatch(stderr, /cmake|emcc/);
});

test('with apt it installs the missing packages only, then checks again', (t) => {
  const { bin, run } = machine(t, {
    ...present,
    'apt-get':
      'echo "$DEBIAN_FRONTEND $*" >> "$0.log"\n[[ $* == *install* ]] && ln -s "$0" "${0%/*}/g++"; true',
  });
  const { status, stdout, stderr } = run('native');
  assert.equal(status, 0, stderr);
  assert.equal(stdout, 'tools/setup: installing g++\n');
  const calls = readFileSync(join(bin, 'apt-get.log'), 'utf8').trim().split('\n');
  assert.equal(calls.length, 2);
  assert.match(calls[0], /^noninteractive .*update$/);
  assert.match(calls[1], /^noninteractive .*install --yes --no-install-recommends g\+\+$/);
});

test('a failed installation is reported', (t) => {
  const failing = { ...present, 'apt-get': '[[ $* == *update* ]]' };
  const { status, stderr } = machine(t, failing).run('native');
  assert.equal(status, 1);
  assert.match(stderr, /apt-get could not install: g\+\+/);
});

test('an installation without effect is reported', (t) => {
  const idle = { ...present, 'apt-get': '' };
  const { status, stderr } = machine(t, idle).run('native');
  assert.equal(status, 1);
  assert.match(stderr, /still not found:\n.*g\+\+/);
});

test('a user who is not root goes through sudo, and gets a message without it', (t) => {
  const user = { ...present, id: 'echo 1000', 'apt-get': '' };
  const { status, stderr } = machine(t, user).run('native');
  assert.equal(status, 1);
  assert.match(stderr, /root or sudo, and neither is available/);
  const { bin, run } = machine(t, { ...user, sudo: 'echo "$*" >> "$0.log"' });
  run('native');
  assert.match(
    readFileSync(join(bin, 'sudo.log'), 'utf8'),
    /^env DEBIAN_FRONTEND=noninteractive apt-get .*update$/m,
  );
});

test('an old Node.js is refused, with both versions in the message', (t) => {
  const old = { ...present, emcc: '', npm: '', node: 'echo v18.20.4' };
  const { status, stderr } = machine(t, old).run('wasm');
  assert.equal(status, 1);
  assert.match(stderr, /v18\.20\.4 is too old: 20\.19\.0 or newer/);
});

test('an unknown subset is refused with the known ones', (t) => {
  const { status, stderr } = machine(t, present).run('nativ');
  assert.equal(status, 1);
  assert.match(
    stderr,
    /unknown subset 'nativ'; known: native, wasm, package, web, firefox, python, fuzz, bench, cluster, aarch64, documentation, all/,
  );
});

test('missing packages of optional tests are reported without failing', (t) => {
  const { status, stderr } = machine(t, present).run('python');
  assert.equal(status, 0);
  assert.match(stderr, /^tools\/setup: not available here; tests that need it are skipped:$/m);
  assert.match(stderr, /^tools\/setup: {3}\S+\/torch +python3-torch +\S/m);
});

test('without strace the build is set up, and the tests that need it are named', (t) => {
  const { strace, ...others } = { ...present, 'g++': '' };
  assert.equal(strace, '');
  const { status, stderr } = machine(t, others).run('native');
  assert.equal(status, 0);
  assert.match(
    stderr,
    /not available here; tests that need it are skipped:\n.* strace +strace +\S/,
  );
});
