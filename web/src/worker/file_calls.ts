import type { Format, Synthgen } from 'synthgen';

import { FileMeasuring } from './file_measuring';
import { linePieces, type LinePiece } from './line_pieces';
import type { Answers, Calls } from './messages';

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

/** A file's bytes. Fails where it is larger than a page can hold. */
async function wholeFile(file: Blob): Promise<Uint8Array> {
  if (file.size > mostBytes) {
    throw new Error(
      `The file is larger than the ${mostBytes / 2 ** 20} MiB that a page can hold; JSONL is read in pieces, and on the command line synthgen analyze reads any size.`,
    );
  }
  return new Uint8Array(await file.arrayBuffer());
}

type FileCalls = Pick<Calls, 'openFile' | 'nextPiece' | 'fileMeasures' | 'stageFiles'>;

async function* measuredLines(
  measuring: FileMeasuring,
  pieces: AsyncGenerator<LinePiece>,
): AsyncGenerator<number> {
  for await (const piece of pieces) {
    measuring.add(piece);
    if (measuring.isRefused) return;
    yield piece.bytesRead;
  }
}

async function* measuredFile(measuring: FileMeasuring, file: Blob): AsyncGenerator<number> {
  yield* measuring.addFile(await wholeFile(file));
}

/** Answers the calls about a file of the visitor's: one file at a time, piece by piece. */
export function fileCalls(core: Promise<Synthgen>): Answers<FileCalls> {
  /** Each measures a piece of the file and tells how many bytes are read. */
  let pieces: AsyncGenerator<number> | undefined;
  let measuring: FileMeasuring | undefined;
  return {
    async openFile({ file, name, limits }) {
      const synthgen = await core;
      const measures = new FileMeasuring(synthgen, name, limits);
      measuring = measures;
      pieces = isWhole(synthgen.formats(), name)
        ? measuredFile(measures, file)
        : measuredLines(measures, linePieces(file, name.endsWith('.gz')));
      return null;
    },
    async nextPiece() {
      const next = await pieces?.next();
      if (!measuring || !next || next.done) return null;
      return { bytes: next.value, sequences: measuring.sequences };
    },
    async fileMeasures() {
      if (!measuring) throw new Error('no file is open');
      return measuring.finish();
    },
    async stageFiles() {
      if (!measuring) throw new Error('no file is open');
      return measuring.stageFiles();
    },
  };
}
