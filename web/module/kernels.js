import encoded from '../../build/wasm/kernels.js';

const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));

/** kernels.wasm, compiled; undefined where WebAssembly has no vector instructions. */
const compiled = WebAssembly.validate(bytes) ? WebAssembly.compile(bytes) : undefined;

/**
 * Lets a raw module draw with vector instructions from now on, where there are any: the same tokens,
 * sooner. Resolves with whether it does.
 */
export async function useVectors(module) {
  if (compiled === undefined) return false;
  const { memory, table, stack } = module.kernelSurroundings();
  const stackPointer = new WebAssembly.Global({ value: 'i32', mutable: true }, stack);
  const { exports } = await WebAssembly.instantiate(await compiled, {
    env: { memory, __stack_pointer: stackPointer },
  });
  const first = table.grow(3);
  [exports.words, exports.products, exports.draw_where].forEach((made, i) =>
    table.set(first + i, made),
  );
  module.useKernels(first);
  return true;
}
