import { readFile } from 'node:fs/promises';

import createModule from '../../build/wasm/synthgen.js';
import { wrap } from './api.js';

export { SynthgenError } from './errors.js';

/** Loads the module in node. */
export async function createSynthgen() {
  const wasmBinary = await readFile(new URL('../../build/wasm/synthgen.wasm', import.meta.url));
  return wrap(await createModule({ wasmBinary }));
}
