import { readFile } from 'node:fs/promises';

/** A live module, as it was built. */
export async function compiledLive(name: 'live' | 'tasks' = 'live'): Promise<WebAssembly.Module> {
  const bytes = await readFile(new URL(`../../../../build/wasm/${name}.wasm`, import.meta.url));
  return WebAssembly.compile(bytes);
}
