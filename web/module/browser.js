import createModule from '../../build/wasm/synthgen.js';
import { wrap } from './api.js';

export { SynthgenError } from './errors.js';

/** Loads the module in a page or worker; `wasmUrl` says where a bundler put synthgen.wasm. */
export async function createSynthgen({ wasmUrl } = {}) {
  return wrap(await createModule(wasmUrl === undefined ? {} : { locateFile: () => wasmUrl }));
}
