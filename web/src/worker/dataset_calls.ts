import type { Config, DatasetEncoder, Generator, Synthgen } from 'synthgen';

import type { Answers, Calls, Chunk } from './messages';

type FileMaking = Pick<Calls, 'openDataset' | 'nextChunk' | 'manifest'>;

/** Answers the calls for a dataset's files with the generators that `make` makes. */
export function datasetCalls(
  core: Promise<Synthgen>,
  make: (synthgen: Synthgen, config: Config) => Generator,
): Answers<FileMaking> {
  let dataset: { generator: Generator; encoder: DatasetEncoder } | undefined;
  return {
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
