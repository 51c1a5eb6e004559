import type { Config, DatasetEncoder, Generator, Synthgen } from 'synthgen';

import { configOfSplit, longestSequence, mostTokens, previewRows } from '../state/preview_rows';
import type { Answers, Chunk, DatasetCalls, PreviewRequest } from './messages';

/** The config is fine, but its sequences are too long to look at here. */
export class TooLong extends Error {}

/** The generator of the last preview: moving about in one dataset builds no tables anew. */
class Kept {
  readonly #make: (synthgen: Synthgen, config: Config) => Generator;
  #last: { key: string; generator: Generator; notes: string[] } | undefined;

  constructor(make: (synthgen: Synthgen, config: Config) => Generator) {
    this.#make = make;
  }

  generatorFor(synthgen: Synthgen, config: Config) {
    const key = JSON.stringify(config);
    if (this.#last?.key !== key) {
      const { notes } = synthgen.checkConfig(config);
      this.#last?.generator.delete();
      this.#last = undefined;
      this.#last = { key, generator: this.#make(synthgen, config), notes };
    }
    return this.#last;
  }
}

/** Answers the calls about datasets with the generators that `make` makes. */
export function datasetCalls(
  core: Promise<Synthgen>,
  make: (synthgen: Synthgen, config: Config) => Generator,
): Answers<DatasetCalls> {
  const kept = new Kept(make);
  let dataset: { generator: Generator; encoder: DatasetEncoder } | undefined;
  return {
    async preview({ config, split, from }: PreviewRequest) {
      const synthgen = await core;
      const { generator, notes } = kept.generatorFor(synthgen, config);
      const count = previewRows(generator.config, split);
      if (count === 0) {
        const longest = longestSequence(configOfSplit(generator.config, split));
        const message = `The preview holds ${mostTokens} tokens; one sequence can have ${longest}. Download the files, or make the sequences shorter.`;
        throw new TooLong(message);
      }
      const started = performance.now();
      const batch = generator.generate({ split, first: from, count, latents: true });
      const generated = performance.now();
      const analyzer = synthgen.analyzer({ perSequence: true, config: generator.config });
      try {
        // Without latents, whose way into the module takes longer than all the measuring.
        const { tokens, offsets, padding } = batch;
        analyzer.add({ tokens, offsets, ...(padding && { padding }) });
        const report = analyzer.report();
        return {
          config: generator.config,
          notes,
          truth: generator.truth(),
          split,
          from,
          tokens: batch.tokens,
          offsets: batch.offsets,
          latents: batch.latents ?? [],
          padding: batch.padding,
          report,
          generate_ms: generated - started,
          analyze_ms: performance.now() - generated,
        };
      } finally {
        analyzer.delete();
      }
    },
    async openDataset({ config, latents }) {
      const synthgen = await core;
      const generator = make(synthgen, config);
      dataset = { generator, encoder: synthgen.datasetEncoder(generator, { latents }) };
      return null;
    },
    async nextChunk() {
      return (dataset?.encoder.next() ?? null) as Chunk | null;
    },
    async manifest() {
      return dataset?.encoder.manifest() ?? '';
    },
  };
}
