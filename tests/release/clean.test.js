// All artefacts of a release, made in two clean clones at different paths: nothing that is built may depend
// on where, after what or how often. This takes most of an hour, so only SYNTHGEN_RELEASE=clean runs it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const isAsked = process.env.SYNTHGEN_RELEASE === 'clean';

/** Builds a release in a clone of the commit that is checked out: its files by their names. */
function releaseOf(context, name) {
  const folder = mkdtempSync(join(tmpdir(), `synthgen-${name}-`));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const clone = join(folder, 'clone');
  const run = (command, parameters, cwd = clone) =>
    execFileSync(command, parameters, {
      cwd,
      stdio: ['ignore', 'ignore', 'inherit'],
      // A compiler's cache would give the second build the objects of the first.
      env: { ...process.env, CCACHE_DISABLE: '1', npm_config_prefer_offline: 'true' },
    });
  run('git', ['clone', '--quiet', '--no-hardlinks', root, clone], folder);
  run('npm', ['run', '--silent', 'release']);
  const output = join(clone, 'build/release');
  return new Map(readdirSync(output).map((file) => [file, readFileSync(join(output, file))]));
}

test(
  'two clean clones at different paths make the same artefacts, byte for byte',
  { skip: !isAsked && 'runs with SYNTHGEN_RELEASE=clean' },
  (context) => {
    const [first, second] = ['first', 'other-place'].map((name) => releaseOf(context, name));
    assert.deepEqual([...first.keys()], [...second.keys()]);
    assert.ok(first.size > 6);
    const differing = [...first].filter(([file, bytes]) => !bytes.equals(second.get(file)));
    assert.deepEqual(
      differing.map(([file]) => file),
      [],
    );
  },
);
