import type { CoreClient } from './client';
import type { FileMeasures, FileProgress, FileRequest } from './messages';

/**
 * Measures a file in a worker, which keeps it open for more; `progress` hears how far it is.
 * Closing the worker ends it at once; the promise rejects.
 */
export async function measureFile(
  core: CoreClient,
  request: FileRequest,
  progress: (sofar: FileProgress) => void,
): Promise<FileMeasures> {
  await core.call('openFile', request);
  for (;;) {
    const sofar = await core.call('nextPiece', null);
    if (sofar === null) break;
    progress(sofar);
  }
  return core.call('fileMeasures', null);
}
