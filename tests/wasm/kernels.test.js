// Sequences drawn with vector instructions, next to the same drawn without.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { createSynthgen } from 'synthgen';
import { createLive } from 'synthgen/live';

import encoded from '../../build/wasm/kernels.js';

const built = (name) => fileURLToPath(new URL(`../../build/wasm/${name}`, import.meta.url));
const vectors = await createSynthgen();
const scalar = await createSynthgen({ simd: false });

/** From ranges that reject next to no word to those that reject nearly half of them; odd lengths. */
const sizes = [2, 3, 255, 10_000, 65_536, 16_777_213, 1_073_741_825, 2_147_483_647];
const configs = [
  ...sizes.map((vocab_size) => ({ vocab_size, seq_length: 193, length_variation: 0.7 })),
  { vocab_distribution: 'zipf', zipf_exponent: 1.3, seq_length: 700 },
  { generator: 'pattern', noise_probability: 0.3, seq_length: 1000 },
  { generator: 'hierarchical', hierarchy_levels: 4, vocab_size: 77 },
  { generator: 'conditional', num_conditions: 7, seed: 2 ** 53 - 1 },
  { generator: 'composed', noise_probability: 0.01 },
  { generator: 'recall', seq_length: 64 },
  { generator: 'hmm', vocab_size: 3, seq_length: 100 },
  { generator: 'markov', vocab_size: 5, seq_length: 100 },
];
const ranges = [
  { first: 0, count: 5 },
  { split: 'test', first: 2 ** 53 - 3, count: 2 },
];

const generatedBy = (module, config, range) => {
  const generator = module.generator(config);
  const batch = generator.generate({ ...range, latents: true });
  generator.delete();
  return batch;
};

test('sequences drawn with vector instructions are the same', () => {
  assert.deepEqual([vectors.simd, scalar.simd], [true, false]);
  for (const config of configs) {
    for (const range of ranges) {
      const expected = generatedBy(scalar, config, range);
      assert.deepEqual(generatedBy(vectors, config, range), expected, JSON.stringify(config));
    }
  }
});

test('told to use vector instructions, the live modules draw the same', async () => {
  const small = await createLive(await WebAssembly.compile(readFileSync(built('live.wasm'))));
  const early = generatedBy(small, configs[9], ranges[0]);
  assert.equal(await small.useVectors(), true);
  assert.deepEqual(generatedBy(small, configs[9], ranges[0]), early);
  const live = await createLive(await WebAssembly.compile(readFileSync(built('tasks.wasm'))));
  assert.equal(await live.useVectors(), true);
  for (const config of configs) {
    assert.deepEqual(
      generatedBy(live, config, ranges[1]),
      generatedBy(scalar, config, ranges[1]),
      JSON.stringify(config),
    );
  }
});

test('without vector instructions in WebAssembly the module draws without them', () => {
  const program = `
    WebAssembly.validate = () => false;
    const { createSynthgen } = await import('synthgen');
    const synthgen = await createSynthgen();
    const { tokens } = synthgen.generator({ seq_length: 9 }).generate({ count: 1 });
    console.log(synthgen.simd, tokens.join());`;
  const { tokens } = generatedBy(vectors, { seq_length: 9 }, { count: 1 });
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    encoding: 'utf8',
  });
  assert.equal(printed, `false ${tokens.join()}\n`);
});

test('the kernels are small, need nothing but memory, and multiply by extmul', () => {
  const bytes = Buffer.from(encoded, 'base64');
  assert.deepEqual(bytes, readFileSync(built('kernels.wasm')));
  // Pages compile no more than this at once.
  assert.ok(bytes.length <= 4096, `${bytes.length} bytes`);
  const module = new WebAssembly.Module(bytes);
  const imported = WebAssembly.Module.imports(module).map(({ name }) => name);
  assert.deepEqual(imported.toSorted(), ['__stack_pointer', 'memory']);
  const text = execFileSync('wasm-dis', ['--enable-simd', built('kernels.wasm')], {
    encoding: 'utf8',
  });
  const count = (instruction) => text.split(instruction).length - 1;
  // Four in each of the loops over rounds, and those around them.
  assert.ok(count('i64x2.extmul_low_i32x4_u') >= 20);
  assert.equal(count('i64x2.mul'), 0);
});
