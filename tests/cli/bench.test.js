import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import test from 'node:test';

import { Worker } from '../../tools/bench/worker.js';

const bench = join(dirname(process.env.SYNTHGEN_BIN ?? ''), 'tools/bench/synthgen_bench');
const lines = new URL('../../tools/bench/lines/', import.meta.url);

test(
  'the benchmark can do every work that its lines name',
  { skip: !existsSync(bench) && 'this build has no benchmark' },
  async (t) => {
    const groups = await Promise.all(
      readdirSync(lines).map(async (name) => (await import(new URL(name, lines))).default),
    );
    const names = groups
      .flatMap((group) => group.lines.flatMap(({ work, peer }) => [work, peer]))
      .filter((work) => work?.worker === 'native')
      .map(({ name }) => name);
    const folder = mkdtempSync(join(tmpdir(), 'synthgen-bench-test-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const worker = new Worker(bench, [folder, '8']);
    t.after(() => worker.end());
    for (const name of new Set(names)) {
      const { processor_ns, wall_ns, tokens } = await worker.do(name);
      assert.ok(processor_ns > 0 && wall_ns > 0 && tokens >= 8 * 512, name);
    }
  },
);
