import { makeZip } from 'client-zip';
import type { DatasetPiece } from 'synthgen';

/** The same for every ZIP, so that equal settings make equal bytes: the earliest that a ZIP can hold. */
export const unknownTime = new Date(1980, 0, 1);

/** The files of a stream of pieces, each to be read to its end before the next. */
async function* entriesOf(pieces: AsyncIterator<DatasetPiece>) {
  let next = await pieces.next();
  while (!next.done) {
    const { file } = next.value;
    const content = async function* () {
      while (!next.done && next.value.file === file) {
        yield next.value.bytes;
        next = await pieces.next();
      }
    };
    yield { name: file, lastModified: unknownTime, input: content() };
  }
}

/** All files as one ZIP, stored as they are, made while they come. */
export async function* zipPieces(
  pieces: AsyncGenerator<DatasetPiece>,
  name: string,
): AsyncGenerator<DatasetPiece> {
  const reader = makeZip(entriesOf(pieces)).getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield { file: name, sequences: 0, bytes: value as Uint8Array<ArrayBuffer> };
    }
  } finally {
    // Ends the pieces as well, if they have not come to their end.
    await reader.cancel().catch(() => {});
    await pieces.return(undefined).catch(() => {});
  }
}
