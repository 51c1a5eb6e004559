import type { Synthgen } from 'synthgen';

import type { Answers, Calls } from './messages';

/** Answers what only the whole module knows of a config: its floor, and the settings of papers. */
export function floorCalls(core: Promise<Synthgen>): Answers<Pick<Calls, 'floor' | 'presets'>> {
  return {
    async floor({ config, split, from, count }) {
      const synthgen = await core;
      const generator = synthgen.generator(config);
      try {
        const measured = generator.floorMeasures({ split, first: from, count });
        return { ...measured, measures: synthgen.measures() };
      } finally {
        generator.delete();
      }
    },
    async presets() {
      return (await core).presets();
    },
  };
}
