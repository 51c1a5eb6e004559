import type { CoreClient } from './client';
import type { FileMeasures, FileProgress, FileRequest } from './messages';

/**
 * Measures a file in a worker of its own, which ends with it; `progress` hears how far it is.
 * Aborting the signal ends the worker; the promise rejects.
 */
export async function measureFile(
  core: CoreClient,
  request: FileRequest,
  progress: (sofar: FileProgress) => void,
  signal: AbortSignal,
): Promise<FileMeasures> {
  const cancel = () => core.close();
  signal.addEventListener('abort', cancel);
  try {
    await core.call('openFile', request);
    for (;;) {
      const sofar = await core.call('nextPiece', null);
      if (sofar === null) break;
      progress(sofar);
    }
    return await core.call('fileMeasures', null);
  } finally {
    signal.removeEventListener('abort', cancel);
    core.close();
  }
}
