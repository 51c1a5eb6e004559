import { readFile } from 'node:fs/promises';

/** The live module, as it was built. */
export async function compiledLive(): Promise<WebAssembly.Module> {
  const bytes = await readFile(new URL('../../../../build/wasm/live.wasm', import.meta.url));
  return WebAssembly.compile(bytes);
}
