// Custom generators in a worker of their own, which is stopped when one of them never ends.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { createSynthgen, SynthgenError } from 'synthgen';
import { generateInWorker } from 'synthgen/worker';

import makeCustom from '../../web/examples/custom_data_generator.js';

const folder = mkdtempSync(join(tmpdir(), 'synthgen-worker-'));
after(() => rmSync(folder, { recursive: true }));

const config = { vocab_size: 50, seq_length: 12 };

/** A module file that makes sequences by this body of generateSequence. */
function moduleOf(name, body, before = '') {
  const file = join(folder, `${name}.mjs`);
  const text = `${before}
export default ({ SequenceGenerator }) => class Made extends SequenceGenerator {
  generateSequence() { ${body} }
};`;
  writeFileSync(file, text);
  return pathToFileURL(file);
}

const refused = (job, kind, message) =>
  assert.rejects(generateInWorker(job), (error) => {
    assert.ok(error instanceof SynthgenError);
    assert.equal(error.kind, kind);
    assert.match(error.message, message);
    return true;
  });

test('a worker makes the same sequences', async () => {
  const module = new URL('../../web/examples/custom_data_generator.js', import.meta.url);
  const range = { split: 'val', first: 5, count: 40, latents: true };
  const batch = await generateInWorker({ module, config, range });
  const synthgen = await createSynthgen();
  const generator = synthgen.customGenerator(makeCustom(synthgen), config);
  assert.deepEqual(batch, generator.generate(range));
  generator.delete();
});

test('without a module a worker makes the sequences of the family', async () => {
  const pattern = { ...config, generator: 'pattern' };
  const range = { split: 'val', first: 5, count: 40, structure: true };
  const batch = await generateInWorker({ config: pattern, range });
  const generator = (await createSynthgen()).generator(pattern);
  assert.deepEqual(batch, generator.generate(range));
  generator.delete();
  await refused({ config: { vocab_size: 1 }, range }, 'usage', /vocab_size/);
});

test('an aborted signal stops the worker, and the promise rejects with its reason', async () => {
  const module = moduleOf('waiting', 'while (true);');
  const job = { module, config, range: { count: 1 }, timeoutMs: 600_000 };
  const aborting = new AbortController();
  const made = generateInWorker({ ...job, signal: aborting.signal });
  const reason = new Error('no longer wanted');
  setTimeout(() => aborting.abort(reason), 50);
  await assert.rejects(made, (error) => error === reason);
  await assert.rejects(
    generateInWorker({ ...job, signal: aborting.signal }),
    (error) => error === reason,
  );
});

test('a sequence that never ends is stopped with its worker, and named', async () => {
  const module = moduleOf('endless', 'while (this.item.index === 7); return [1];');
  const range = { split: 'test', first: 5, count: 10 };
  await refused(
    { module, config, range, timeoutMs: 4000 },
    'data',
    /^sequence 7 of test: did not end within 4000 ms; its worker was stopped$/,
  );
});

test('many sequences may take longer than one of them', async () => {
  const module = moduleOf(
    'slow',
    'const end = Date.now() + 200; while (Date.now() < end); return [1];',
  );
  const batch = await generateInWorker({ module, config, range: { count: 25 }, timeoutMs: 4000 });
  assert.equal(batch.offsets.length, 26);
});

test('a module that never loads is stopped', async () => {
  const module = moduleOf('stuck', 'return [1];', 'while (true);');
  await refused({ module, config, range: { count: 1 }, timeoutMs: 500 }, 'data', /did not load/);
});

test('mistakes are reported as without a worker', async () => {
  const range = { count: 3 };
  const wrong = moduleOf('wrong', 'return [this.item.index * 49];');
  await refused(
    { module: wrong, config, range },
    'data',
    /^sequence 2 of train: Made: token 0: got 98/,
  );
  await refused({ module: wrong, config: { vocab_size: 1 }, range }, 'usage', /vocab_size/);
  await refused(
    { module: moduleOf('broken', 'retrun 1;'), config, range },
    'usage',
    /broken\.mjs: /,
  );
  await refused(
    { module: moduleOf('leaving', 'process.exit(0);'), config, range },
    'data',
    /ended/,
  );
});
