import type { Synthgen } from 'synthgen';

import { stageFiles, gathered } from './stage_files';
import { FileMeasuring } from './file_measuring';
import { filePreview } from './file_preview';
import type { Answers, Calls, FileMeasures } from './messages';
import { VisitorFile } from './visitor_file';

type FileCalls = Pick<
  Calls,
  'openFile' | 'nextPiece' | 'fileMeasures' | 'fileRows' | 'fileCurriculum'
>;

async function* measuredLines(measuring: FileMeasuring, file: VisitorFile): AsyncGenerator<number> {
  let byte = 0;
  for await (const piece of file.pieces()) {
    file.mark({ byte, sequence: measuring.sequences });
    measuring.add(piece);
    if (measuring.isRefused) return;
    byte += piece.bytes.byteLength;
    yield piece.bytesRead;
  }
}

async function* measuredFile(measuring: FileMeasuring, file: VisitorFile): AsyncGenerator<number> {
  yield* measuring.addFile(await file.bytes());
}

/** Answers the calls about a file of the visitor's: one file at a time, piece by piece. */
export function fileCalls(core: Promise<Synthgen>): Answers<FileCalls> {
  /** Each measures a piece of the file and tells how many bytes are read. */
  let pieces: AsyncGenerator<number> | undefined;
  let open: { file: VisitorFile; measuring: FileMeasuring } | undefined;
  let measured: FileMeasures | undefined;
  const opened = () => {
    if (!open) throw new Error('no file is open');
    return open;
  };
  const report = () => (measured ??= opened().measuring.finish()).report;
  return {
    async openFile({ file: blob, name, limits }) {
      const synthgen = await core;
      const file = new VisitorFile(synthgen, blob, name);
      const measuring = new FileMeasuring(synthgen, name, limits);
      open = { file, measuring };
      measured = undefined;
      pieces = file.isWhole ? measuredFile(measuring, file) : measuredLines(measuring, file);
      return null;
    },
    async nextPiece() {
      const next = await pieces?.next();
      if (!open || !next || next.done) return null;
      return { bytes: next.value, sequences: open.measuring.sequences };
    },
    async fileMeasures() {
      report();
      return measured!;
    },
    async fileRows(request) {
      const { num_sequences, max_length } = report();
      const { file, measuring } = opened();
      const extent = {
        sequences: num_sequences,
        longest: max_length ?? 0,
        vocabSize: measuring.vocabSize,
      };
      return filePreview(await core, file, extent, request);
    },
    async fileCurriculum(stages) {
      const { file, measuring } = opened();
      const { num_tokens } = report();
      const instead = `synthgen curriculum ${file.name} --stages stages.json --output-dir stages`;
      const batch = await gathered(file.sequencesFrom(0), num_tokens, instead);
      return stageFiles(await core, batch, measuring.vocabSize, stages, 'train');
    },
  };
}
