import type { Config, Generator, Synthgen } from 'synthgen';

import type { PreviewMaker } from '../worker/preview_calls';

/** Makes previews with a visitor's class. */
export function customMaker(synthgen: Synthgen, make: (config: Config) => Generator): PreviewMaker {
  let generator: Generator | undefined;
  return {
    prepare(config) {
      const { notes } = synthgen.checkConfig(config);
      generator?.delete();
      generator = undefined;
      generator = make(config);
      return { config: generator.config, notes, truth: generator.truth() };
    },
    generate(split, first, count) {
      if (generator === undefined) throw new Error('no generator was made');
      const batch = generator.generate({ split, first, count, latents: true });
      return { ...batch, padding: batch.padding, latents: batch.latents ?? [] };
    },
    measure({ tokens, offsets, padding }, { config, perSequence = false }) {
      // Without latents, whose way into the module takes longer than all the measuring.
      const batch = { tokens, offsets, ...(padding && { padding }) };
      return synthgen.analyzeSequences(batch, { perSequence, ...(config && { config }) });
    },
  };
}
