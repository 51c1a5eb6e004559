import type { Plugin } from 'vite';

const id = 'virtual:tasks';
const resolved = `\0${id}`;

/** The module `virtual:tasks`: the core's names of research tasks, for a page that has no core yet. */
export function tasksPlugin(): Plugin {
  return {
    name: 'tasks',
    resolveId: (wanted) => (wanted === id ? resolved : undefined),
    async load(wanted) {
      if (wanted !== resolved) return undefined;
      const { createSynthgen } = await import('synthgen');
      const tasks = (await createSynthgen()).families().filter((family) => family.is_task);
      return `export default ${JSON.stringify(tasks.map(({ name }) => name))};`;
    },
  };
}
