// In every format a stopped run can be resumed, and shards can be merged and verified.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { isSanitized, names, scratch, start, synthgen } from './synthgen.js';

const config = ['--generator', 'pattern', '--vocab-size', 300, '--seq-length', 64, '--quiet'];
const sizes = ['--num-train', isSanitized ? 6000 : 25_000, '--num-val', 50];
const variants = {
  npy: ['--format', 'npy'],
  'ragged npy': ['--format', 'npy', '--length-variation', 0.4],
  pt: ['--format', 'pt'],
  'ragged safetensors': ['--format', 'safetensors', '--length-variation', 0.4],
  bin: ['--format', 'bin'],
  'ragged llmc': ['--format', 'llmc', '--separator', 300, '--length-variation', 0.4],
  'ragged megatron': ['--format', 'megatron', '--length-variation', 0.4],
  csv: ['--format', 'csv'],
  'gzip jsonl': ['--compress', 'gzip', '--latents'],
};

function generate(directory, ...args) {
  const result = synthgen('generate', '--output-dir', directory, ...config, ...sizes, ...args);
  assert.equal(result.status, 0, result.stderr);
}

function assertSame(directory, other) {
  assert.deepEqual(names(directory), names(other));
  for (const name of names(other)) {
    assert.ok(readFileSync(join(directory, name)).equals(readFileSync(join(other, name))), name);
  }
}

for (const [name, flags] of Object.entries(variants)) {
  describe(name, () => {
    test('a killed run is resumed to the same bytes', async (t) => {
      const folder = scratch(t);
      generate(join(folder, 'whole'), ...flags);
      const out = join(folder, 'out');
      for (const pause of [1, 8, 20]) {
        const child = start(
          ...['generate', '--output-dir', out, ...config, ...sizes, ...flags],
          ...['--threads', 1, '--resume'],
        );
        const ended = once(child, 'close');
        const isWriting = () => names(out).some((file) => file.endsWith('.partial'));
        while (!isWriting() && child.exitCode === null) await sleep(1);
        await sleep(pause);
        child.kill('SIGKILL');
        await ended;
      }
      generate(out, ...flags, '--resume');
      assertSame(out, join(folder, 'whole'));
    });

    test('shards written in any order equal those of one run, and are verified byte by byte', (t) => {
      const folder = scratch(t);
      const few = ['--num-train', 300, '--num-val', 7];
      const run = (directory, ...args) => {
        const result = synthgen(
          ...['generate', '--output-dir', directory, ...config, ...few, ...flags, ...args],
        );
        assert.equal(result.status, 0, result.stderr);
      };
      run(join(folder, 'all'), '--num-shards', 3);
      run(join(folder, 'parts'), '--shard', '1-2/3');
      run(join(folder, 'parts'), '--shard', '0/3');
      assert.equal(synthgen('merge', join(folder, 'parts')).status, 0);
      assertSame(join(folder, 'parts'), join(folder, 'all'));
      for (const full of [[], ['--full']]) {
        const verified = synthgen('verify', join(folder, 'parts'), ...full);
        assert.equal(verified.status, 0, verified.stdout + verified.stderr);
        assert.match(verified.stdout, /^Verification passed: 307 sequences in 6 files/);
      }
      const again = join(folder, 'again');
      const manifest = join(folder, 'parts', 'metadata.json');
      const repeated = synthgen('generate', '--config', manifest, '--output-dir', again, '--quiet');
      assert.equal(repeated.status, 0, repeated.stderr);
      assertSame(again, join(folder, 'parts'));
    });
  });
}
