/**
 * Works of the WebAssembly module in node: `node module.js SEQUENCES` reads names of works from stdin
 * and answers each with a line of JSON.
 */
import process from 'node:process';
import { createInterface } from 'node:readline';

const sequences = Number(process.argv[2]);
const [seqLength, batch] = [512, 64];
const families = {
  random: {},
  zipf: { vocab_distribution: 'zipf' },
  'noisy pattern': { generator: 'pattern', noise_probability: 0.1 },
};
const generators = new Map();

/** The generator of "simd random" or "scalar random"; undefined where the module is not built. */
async function generatorOf(name) {
  if (generators.has(name)) return generators.get(name);
  const [kind, ...family] = name.split(' ');
  let generator;
  try {
    const { createSynthgen } = await import('synthgen');
    const synthgen = await createSynthgen({ simd: kind === 'simd' });
    if (synthgen.simd === (kind === 'simd')) {
      const config = { vocab_size: 10000, seq_length: seqLength, ...families[family.join(' ')] };
      generator = synthgen.generator(config);
    }
  } catch (error) {
    if (!['ENOENT', 'ERR_MODULE_NOT_FOUND'].includes(error.code)) throw error;
  }
  generators.set(name, generator);
  // The first calls run code that the engine has not optimized yet.
  for (let i = 0; i < 20; i += 1) generator?.generate({ count: batch });
  return generator;
}

async function answer(name) {
  const generator = await generatorOf(name);
  if (generator === undefined) return { absent: 'build/wasm' };
  const [wall, processor] = [process.hrtime.bigint(), process.cpuUsage()];
  for (let first = 0; first < sequences; first += batch)
    generator.generate({ first, count: batch });
  const { user, system } = process.cpuUsage(processor);
  return {
    processor_ns: (user + system) * 1000,
    wall_ns: Number(process.hrtime.bigint() - wall),
    tokens: Math.ceil(sequences / batch) * batch * seqLength,
  };
}

for await (const name of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(name)));
}
