import type { ChunkPlace, DatasetFile, DatasetPiece, EncodedChunk } from 'synthgen';

import type { CoreClient } from './client';
import type { DatasetClient, DatasetRequest } from './messages';

/** Each holds some 15 MB; more of them would take the page's memory past what a download should cost. */
const mostWorkers = 4;
/** Fewer chunks are not worth the start of more workers. */
const fewChunks = 6;
/** A worker encodes so many chunks ahead of the one that is written. */
const chunksAhead = 2;

/** The name of the last file, which lists the others. */
export const manifestFile = 'metadata.json';

/** The name of the dataset card. */
export const cardFile = 'README.md';

async function manifestPiece(core: DatasetClient): Promise<DatasetPiece> {
  const text = await core.call('manifest', null);
  return { file: manifestFile, sequences: 0, bytes: new TextEncoder().encode(text) };
}

async function* piecesOfOne(core: DatasetClient): AsyncGenerator<DatasetPiece> {
  for (;;) {
    const piece = await core.call('nextChunk', null);
    if (piece === null) break;
    yield piece;
  }
  yield await manifestPiece(core);
}

function* placesOf(files: readonly DatasetFile[]): Generator<ChunkPlace> {
  for (const [file, { chunks }] of files.entries()) {
    for (let chunk = 0; chunk < chunks; chunk += 1) yield { file, chunk };
  }
}

/** Chunks in order from several workers, which stay a little ahead. */
class ChunkQueue {
  readonly #workers: readonly CoreClient[];
  readonly #places: Iterator<ChunkPlace>;
  readonly #ahead: Promise<EncodedChunk>[] = [];
  #asked = 0;

  constructor(workers: readonly CoreClient[], files: readonly DatasetFile[]) {
    this.#workers = workers;
    this.#places = placesOf(files);
    for (let i = 0; i < chunksAhead * workers.length; i += 1) this.#ask();
  }

  async next(): Promise<EncodedChunk> {
    const chunk = await this.#ahead.shift();
    if (chunk === undefined) throw new Error('there is no further chunk');
    this.#ask();
    return chunk;
  }

  #ask(): void {
    const { value: place, done } = this.#places.next();
    const worker = this.#workers[this.#asked % this.#workers.length];
    if (done || worker === undefined) return;
    this.#asked += 1;
    const chunk = worker.call('encodeChunk', place);
    chunk.catch(() => {}); // whoever takes it hears of it
    this.#ahead.push(chunk);
  }
}

async function* piecesOfMany(
  lead: CoreClient,
  encoders: readonly CoreClient[],
  files: readonly DatasetFile[],
): AsyncGenerator<DatasetPiece> {
  const queue = new ChunkQueue(encoders, files);
  for (;;) {
    const part = await lead.call('nextPart', null);
    if (part === null) break;
    if (!('due' in part)) {
      yield part;
      continue;
    }
    const chunk = await queue.next();
    const { bytes } = await lead.call('appendChunk', chunk, [chunk.bytes.buffer]);
    yield { file: files[chunk.file]?.file ?? '', sequences: chunk.sequences, bytes };
  }
  yield await manifestPiece(lead);
}

/** Who makes a dataset's files: a worker with the visitor's code, or any number of the core's own. */
export type Makers = { code: () => DatasetClient } | { core: () => CoreClient };

/**
 * The bytes of a dataset's files in order, the manifest last, byte for byte the CLI's. They are made
 * by several workers of their own; aborting the signal ends them, and
 * the next piece rejects.
 */
export async function* datasetPieces(
  makers: Makers,
  request: DatasetRequest,
  signal: AbortSignal,
): AsyncGenerator<DatasetPiece> {
  const started: DatasetClient[] = [];
  const start = <Client extends DatasetClient>(open: () => Client): Client => {
    const client = open();
    started.push(client);
    return client;
  };
  const close = () => started.forEach((client) => client.close());
  signal.addEventListener('abort', close);
  try {
    signal.throwIfAborted();
    if ('code' in makers) {
      const maker = start(makers.code);
      await maker.call('openDataset', request);
      yield* piecesOfOne(maker);
      return;
    }
    const lead = start(makers.core);
    const files = await lead.call('openDataset', request);
    const chunks = files.reduce((sum, file) => sum + file.chunks, 0);
    if (chunks < fewChunks) {
      yield* piecesOfOne(lead);
      return;
    }
    const count = Math.min(navigator.hardwareConcurrency || 2, mostWorkers);
    const encoders = Array.from({ length: count }, () => start(makers.core));
    await Promise.all(encoders.map((encoder) => encoder.call('openDataset', request)));
    yield* piecesOfMany(lead, encoders, files);
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}
