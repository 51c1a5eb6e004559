import type { Plugin } from 'vite';

const id = 'virtual:formats';
const resolved = `\0${id}`;

/** The module `virtual:formats`: the core's list of formats, for pages that have no core yet. */
export function formatsPlugin(): Plugin {
  return {
    name: 'formats',
    resolveId: (wanted) => (wanted === id ? resolved : undefined),
    async load(wanted) {
      if (wanted !== resolved) return undefined;
      const { createSynthgen } = await import('synthgen');
      const formats = (await createSynthgen()).formats();
      return `export default ${JSON.stringify(formats)};`;
    },
  };
}
