import createModule from '../../build/wasm/synthgen.js';
import { wrap } from './api.js';

export { SynthgenError } from './errors.js';

/**
 * Loads the module in a page or worker; `wasmUrl` says where a bundler put synthgen.wasm, `wasmBytes`
 * is the file itself.
 */
export async function createSynthgen({ wasmUrl, wasmBytes } = {}) {
  const url = wasmUrl ?? (wasmBytes && 'synthgen.wasm');
  return wrap(
    await createModule({
      ...(url !== undefined && { locateFile: () => url }),
      ...(wasmBytes !== undefined && { wasmBinary: wasmBytes }),
    }),
  );
}
