import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { Worker } from '../../tools/bench/worker.js';

const bench = join(dirname(process.env.SYNTHGEN_BIN ?? ''), 'tools/bench/synthgen_bench');
const moduleWorks = fileURLToPath(new URL('../../tools/bench/peers/module.js', import.meta.url));
const lines = new URL('../../tools/bench/lines/', import.meta.url);

test(
  'the benchmark can do every work that its lines name',
  { skip: !existsSync(bench) && 'this build has no benchmark' },
  async (t) => {
    const groups = await Promise.all(
      readdirSync(lines).map(async (name) => (await import(new URL(name, lines))).default),
    );
    const works = groups.flatMap((group) => group.lines.flatMap(({ work, peer }) => [work, peer]));
    const namesOf = (kind) => works.filter((work) => work?.worker === kind).map(({ name }) => name);
    const folder = mkdtempSync(join(tmpdir(), 'synthgen-bench-test-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const worker = new Worker(bench, [folder, '8']);
    t.after(() => worker.end());
    const inModule = new Worker(process.execPath, [moduleWorks, '64']);
    t.after(() => inModule.end());
    for (const [doer, kind] of [
      [worker, 'native'],
      [inModule, 'module'],
    ]) {
      for (const name of new Set(namesOf(kind))) {
        const { processor_ns, wall_ns, tokens, absent } = await doer.do(name);
        if (kind === 'module' && absent !== undefined) continue; // not built yet
        assert.ok(processor_ns > 0 && wall_ns > 0 && tokens >= 8 * 512, name);
      }
    }
  },
);
