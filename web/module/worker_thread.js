// The worker's side of generateInWorker.

import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';

import { createSynthgen, SynthgenError } from './node.js';

const { module, config, range, current } = workerData;

async function batch() {
  const synthgen = await createSynthgen();
  if (module === undefined) return synthgen.generator(config).generate(range);
  const { default: makeClass } = await import(module);
  const generator = synthgen.customGenerator(makeClass(synthgen), config, {
    source: await readFile(new URL(module), 'utf8'),
    onSequence: ({ index }) => Atomics.store(current, 0, BigInt(index)),
  });
  return generator.generate(range);
}

try {
  parentPort.postMessage({ batch: await batch() });
} catch (error) {
  if (!(error instanceof SynthgenError)) throw error;
  const { kind, message, problems } = error;
  parentPort.postMessage({ refusal: { kind, message, problems } });
}
