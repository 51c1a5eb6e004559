import type { Config, DatasetEncoder, Generator, Synthgen } from 'synthgen';

import type { Answers, Calls } from './messages';

type FileMaking = Pick<Calls, 'openDataset' | 'nextChunk' | 'manifest'>;
type ChunkMaking = Pick<Calls, 'nextPart' | 'encodeChunk' | 'appendChunk'>;

/** Answers the calls for a dataset's files with the generators that `make` makes. */
export function datasetCalls(
  core: Promise<Synthgen>,
  make: (synthgen: Synthgen, config: Config) => Generator,
): Answers<FileMaking & ChunkMaking> {
  let opened: { generator: Generator; encoder: DatasetEncoder } | undefined;
  const encoder = () => {
    if (opened === undefined) throw new Error('no dataset is open');
    return opened.encoder;
  };
  return {
    async openDataset({ config, options }) {
      const synthgen = await core;
      const generator = make(synthgen, config);
      opened = { generator, encoder: synthgen.datasetEncoder(generator, options) };
      return opened.encoder.files;
    },
    nextChunk: async () => encoder().next(),
    nextPart: async () => encoder().next({ encode: false }),
    encodeChunk: async (place) => encoder().encodeChunk(place),
    async appendChunk(chunk) {
      encoder().appendChunk(chunk);
      return { bytes: chunk.bytes };
    },
    manifest: async () => encoder().manifest(),
  };
}

/** What of an answer moves to the page instead of being copied: the bytes of a piece. */
export function movedBytes(answer: unknown): Transferable[] {
  const bytes = (answer as { bytes?: unknown } | null)?.bytes;
  return bytes instanceof Uint8Array && bytes.buffer instanceof ArrayBuffer ? [bytes.buffer] : [];
}
