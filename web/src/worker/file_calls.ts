import type { Synthgen } from 'synthgen';

import { FileMeasuring } from './file_measuring';
import { linePieces, type LinePiece } from './line_pieces';
import type { Answers, Calls } from './messages';

type FileCalls = Pick<Calls, 'openFile' | 'nextPiece' | 'fileMeasures' | 'stageFiles'>;

/** Answers the calls about a file of the visitor's: one file at a time, piece by piece. */
export function fileCalls(core: Promise<Synthgen>): Answers<FileCalls> {
  let pieces: AsyncGenerator<LinePiece> | undefined;
  let measuring: FileMeasuring | undefined;
  return {
    async openFile({ file, name, limits }) {
      pieces = linePieces(file, name.endsWith('.gz'));
      measuring = new FileMeasuring(await core, name, limits);
      return null;
    },
    async nextPiece() {
      const next = await pieces?.next();
      if (!measuring || !next || next.done) return null;
      measuring.add(next.value);
      return { bytes: next.value.bytesRead, sequences: measuring.sequences };
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
