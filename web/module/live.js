import createModule from '../../build/wasm/live.js';
import { analyzing } from './analyzing.js';
import { describing } from './describing.js';
import { generating } from './generating.js';

export { SynthgenError } from './errors.js';

/**
 * An instance of the compiled live.wasm or tasks.wasm with its part of the interface. Where memory ends it breaks
 * with a WebAssembly.RuntimeError or a RangeError; another instance then has to take its place.
 */
export async function createLive(compiled) {
  const instantiateWasm = (imports, use) => {
    const instance = new WebAssembly.Instance(compiled, imports);
    use(instance);
    return instance.exports;
  };
  const module = await createModule({ instantiateWasm });
  const useVectors = async () => (await import('./kernels.js')).useVectors(module);
  return { useVectors, ...describing(module), ...generating(module), ...analyzing(module) };
}
