import createModule from '../../build/wasm/synthgen.js';
import { wrap } from './api.js';
import { useVectors } from './kernels.js';

export { SynthgenError } from './errors.js';

/**
 * Loads the module in a page or worker; `wasmUrl` says where a bundler put synthgen.wasm, `wasmBytes`
 * is the file itself. `simd: false` does without vector instructions.
 */
export async function createSynthgen({ wasmUrl, wasmBytes, simd = true } = {}) {
  const url = wasmUrl ?? (wasmBytes && 'synthgen.wasm');
  const module = await createModule({
    ...(url !== undefined && { locateFile: () => url }),
    ...(wasmBytes !== undefined && { wasmBinary: wasmBytes }),
  });
  return { ...wrap(module), simd: simd && (await useVectors(module)) };
}
