import { readFile } from 'node:fs/promises';

import createModule from '../../build/wasm/synthgen.js';
import { wrap } from './api.js';
import { useVectors } from './kernels.js';

export { SynthgenError } from './errors.js';

/** Loads the module in node. `simd: false` does without vector instructions. */
export async function createSynthgen({ simd = true } = {}) {
  const wasmBinary = await readFile(new URL('../../build/wasm/synthgen.wasm', import.meta.url));
  const module = await createModule({ wasmBinary });
  return { ...wrap(module), simd: simd && (await useVectors(module)) };
}
