import { readFile } from 'node:fs/promises';

import { PreviewCore } from '../../../../web/src/core/preview_core';

/** The page's small module, as it was built. */
export async function previewCore(): Promise<PreviewCore> {
  const bytes = await readFile(new URL('../../../../build/wasm/preview.wasm', import.meta.url));
  return new PreviewCore(await WebAssembly.compile(bytes));
}
