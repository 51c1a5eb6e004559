import type { Plugin } from 'vite';

const id = 'virtual:schema';
const resolved = `\0${id}`;

/** The module `virtual:schema`: the core's JSON Schema of the parameters that are lists or objects. */
export function schemaPlugin(): Plugin {
  return {
    name: 'schema',
    resolveId: (wanted) => (wanted === id ? resolved : undefined),
    async load(wanted) {
      if (wanted !== resolved) return undefined;
      const { createSynthgen } = await import('synthgen');
      const synthgen = await createSynthgen();
      const { properties, $defs } = synthgen.schema() as Record<string, Record<string, unknown>>;
      const keys = synthgen
        .parameters()
        .filter(({ type }) => type === 'json')
        .map(({ key }) => key);
      const known = Object.fromEntries(keys.map((key) => [key, properties?.[key]]));
      return `export default ${JSON.stringify({ properties: known, $defs })};`;
    },
  };
}
