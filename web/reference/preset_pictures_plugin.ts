import { fileURLToPath } from 'node:url';

import { runnerImport, type Plugin } from 'vite';

const id = 'virtual:preset_pictures';
const resolved = `\0${id}`;
const maker = fileURLToPath(new URL('preset_pictures.ts', import.meta.url));

/** The module `virtual:preset_pictures`: what each preset makes, drawn by the core beforehand. */
export function presetPicturesPlugin(): Plugin {
  return {
    name: 'preset-pictures',
    resolveId: (wanted) => (wanted === id ? resolved : undefined),
    async load(wanted) {
      if (wanted !== resolved) return undefined;
      const { module } = await runnerImport<typeof import('./preset_pictures')>(maker);
      return `export default ${JSON.stringify(await module.presetPictures())};`;
    },
  };
}
