import { SynthgenError } from 'synthgen';
import type { Format, SequenceBatch, SequenceReader, Synthgen } from 'synthgen';

import { partOf } from './batches';
import { linePieces, type LinePiece } from './line_pieces';

const newline = 10;
/** A piece is JSONL whatever the file's name says of how it was compressed. */
const textName = 'piece.jsonl';
/** A page can hold a file of so many bytes, once as it is and once in the core. */
const mostBytes = 2 ** 29;

/** Whether a file of that name is read as a whole; others are read line by line, as JSONL. */
export function isWhole(formats: readonly Format[], name: string): boolean {
  const lowerCase = name.toLowerCase();
  return formats.some(
    ({ name: format, in_memory, extensions }) =>
      format !== 'jsonl' && in_memory && extensions.some((end) => lowerCase.endsWith(end)),
  );
}

/** Text cut in two near its middle, at the end of a line; undefined where it is a single line. */
function halves(bytes: Uint8Array): [Uint8Array, Uint8Array] | undefined {
  const last = bytes.byteLength - 1;
  const middle = Math.floor(last / 2);
  let at = bytes.lastIndexOf(newline, middle);
  if (at < 0) at = bytes.indexOf(newline, middle);
  return at < 0 || at >= last ? undefined : [bytes.subarray(0, at + 1), bytes.subarray(at + 1)];
}

/** Every sequence that can be read, in order; lines that cannot are left out. */
export function* readable(
  synthgen: Pick<Synthgen, 'loadSyntheticData'>,
  bytes: Uint8Array,
  name = textName,
): Generator<SequenceBatch> {
  try {
    yield synthgen.loadSyntheticData(bytes, name);
  } catch (error) {
    if (!(error instanceof SynthgenError) || error.kind !== 'data') throw error;
    const [first, second] = halves(bytes) ?? [];
    if (!first || !second) return;
    yield* readable(synthgen, first, name);
    yield* readable(synthgen, second, name);
  }
}

/** The sequences of a whole file up to its first fault, some at a time. */
export function* wholeBatches(
  synthgen: Pick<Synthgen, 'openFile'>,
  bytes: Uint8Array,
  name: string,
): Generator<{ batch: SequenceBatch; bytesRead: number }> {
  let reader: SequenceReader | undefined;
  try {
    reader = synthgen.openFile(bytes, name);
    for (let batch = reader.next(); batch !== null; batch = reader.next())
      yield { batch, bytesRead: reader.bytesRead };
  } catch (error) {
    // Validation reports it.
    if (!(error instanceof SynthgenError) || error.kind !== 'data') throw error;
  } finally {
    reader?.delete();
  }
}

/** Where in a text a piece begins, and how many sequences come before it. */
interface Landmark {
  byte: number;
  sequence: number;
}

/**
 * A file of the visitor's, which stays where it is: each use reads the part that it needs. What is kept
 * of a text is a landmark for every megabyte or so.
 */
export class VisitorFile {
  readonly name: string;
  readonly isWhole: boolean;
  readonly #synthgen: Synthgen;
  readonly #file: Blob;
  readonly #landmarks: Landmark[] = [];

  constructor(synthgen: Synthgen, file: Blob, name: string) {
    this.#synthgen = synthgen;
    this.#file = file;
    this.name = name;
    this.isWhole = isWhole(synthgen.formats(), name);
  }

  get #isPacked(): boolean {
    return this.name.endsWith('.gz');
  }

  /** A text in pieces, from its beginning. */
  pieces(): AsyncGenerator<LinePiece> {
    return linePieces(this.#file, this.#isPacked);
  }

  /** Remembers where a piece begins. */
  mark(landmark: Landmark): void {
    this.#landmarks.push(landmark);
  }

  /** All of its bytes. Fails where they are more than a page can hold. */
  async bytes(): Promise<Uint8Array> {
    if (this.#file.size > mostBytes) {
      throw new Error(
        `The file is larger than the ${mostBytes / 2 ** 20} MiB that a page can hold; JSONL is read in pieces, and on the command line synthgen analyze reads any size.`,
      );
    }
    return new Uint8Array(await this.#file.arrayBuffer());
  }

  /** The sequences from one on, in batches. Texts must have been read once, with their landmarks. */
  async *sequencesFrom(first: number): AsyncGenerator<SequenceBatch> {
    let before = this.#before(first).sequence;
    for await (const batch of this.#batchesFrom(first)) {
      const count = batch.offsets.length - 1;
      const skipped = Math.max(0, Math.min(count, first - before));
      before += count;
      if (skipped < count) yield partOf(batch, skipped, count);
    }
  }

  /** The last landmark at or before a sequence. */
  #before(sequence: number): Landmark {
    const found = this.#landmarks.findLast((mark) => mark.sequence <= sequence);
    return found ?? { byte: 0, sequence: 0 };
  }

  async *#batchesFrom(first: number): AsyncGenerator<SequenceBatch> {
    if (this.isWhole) {
      const bytes = await this.bytes();
      for (const { batch } of wholeBatches(this.#synthgen, bytes, this.name)) yield batch;
      return;
    }
    const { byte } = this.#before(first);
    if (!this.#isPacked) {
      for await (const { bytes } of linePieces(this.#file.slice(byte), false))
        yield* readable(this.#synthgen, bytes);
      return;
    }
    let end = 0;
    for await (const { bytes } of this.pieces()) {
      const start = end;
      end += bytes.byteLength;
      if (end > byte) yield* readable(this.#synthgen, bytes.subarray(Math.max(0, byte - start)));
    }
  }
}
