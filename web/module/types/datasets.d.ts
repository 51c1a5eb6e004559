// A dataset's files as bytes, identical to what the CLI writes.

import type { Freed, Split } from './synthgen.js';

/** How a dataset's files are written. */
export interface DatasetOptions {
  /** Name of a format, as in the CLI's --format; default jsonl. */
  format?: string;
  /** Whether to write each sequence's structure and noise, in jsonl; default false. */
  latents?: boolean;
  /** Whether to write each token's label; default false. */
  labels?: boolean;
  /**
   * With jsonl, npy and safetensors: what each token costs the best possible model in bits, or the
   * probability of every id at each token; with labels, that of the labels.
   */
  predictive?: 'bits' | 'law';
  /** Type of the ids: uint16, uint32, int32 or int64, as far as the format has it. */
  dtype?: string;
  /** With bin, llmc and megatron: an id after each sequence, above every token's. */
  separator?: number;
  /** Whether the separator precedes each sequence instead; default false. */
  separator_first?: boolean;
  /** With jsonl: also attention_mask, and labels equal to the ids; default false. */
  trainer_columns?: boolean;
  /** With jsonl: also a README.md for Hugging Face's load_dataset; default false. */
  dataset_card?: boolean;
}

/** A file of a dataset, before it is encoded. */
export interface DatasetFile {
  file: string;
  split: Split;
  sequences: number;
  /** Runs of sequences that can be encoded on their own. */
  chunks: number;
}

/** Chunk `chunk` of file `file`, an index into `files`; both count from 0. */
export interface ChunkPlace {
  file: number;
  chunk: number;
}

/** A run of a file's sequences, and what the end of the file needs of it. */
export interface EncodedChunk extends ChunkPlace {
  sequences: number;
  tokens: number;
  crc32: number;
  bytes: Uint8Array<ArrayBuffer>;
  lengths: Uint32Array<ArrayBuffer>;
  labels: Uint8Array<ArrayBuffer>;
  predictive: Uint8Array<ArrayBuffer>;
}

/** The next bytes of a file: each file comes as a whole before the next one. */
export interface DatasetPiece {
  file: string;
  sequences: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** A dataset's files as byte chunks, identical to what the CLI writes: `for (const piece of encoder)`. */
export interface DatasetEncoder extends Freed {
  /** What programs that read such files would take amiss; usually none. */
  readonly notes: string[];
  /** The files of the splits; some formats have others next to them. */
  readonly files: DatasetFile[];
  /** The next piece of the next file; null after the last one. */
  next(): DatasetPiece | null;
  /**
   * The same, but a chunk is not encoded: `due` is its place, and `appendChunk` has to bring it. So
   * several workers encode one dataset: each has an encoder of its own, and one of these puts the
   * chunks together.
   */
  next(options: { encode: false }): DatasetPiece | { due: ChunkPlace } | null;
  /** Encodes a chunk, any one at any time. */
  encodeChunk(place: ChunkPlace): EncodedChunk;
  /**
   * Takes the chunk that is due: its `bytes` are the file's next ones.
   * @throws {SynthgenError} for any other chunk
   */
  appendChunk(chunk: EncodedChunk): void;
  /** metadata.json, once `next` has returned null. */
  manifest(): string;
  [Symbol.iterator](): IterableIterator<DatasetPiece>;
}
