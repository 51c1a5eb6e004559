import type { Synthgen } from 'synthgen';

import { FileMeasuring } from './file_measuring';
import { linePieces, type LinePiece } from './line_pieces';
import { isWhole, wholeFile } from './whole_file';
import type { Answers, Calls } from './messages';

type FileCalls = Pick<Calls, 'openFile' | 'nextPiece' | 'fileMeasures' | 'stageFiles'>;

async function* measuredLines(
  measuring: FileMeasuring,
  pieces: AsyncGenerator<LinePiece>,
): AsyncGenerator<number> {
  for await (const piece of pieces) {
    measuring.add(piece);
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
