import { DiskFileSink, FolderSink, type FileSink } from '../../worker/sinks';
import type { Packaging } from './choices';

/** The browser's dialogs for a place on the visitor's disk; not every browser has them. */
interface Pickers {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;
  showDirectoryPicker?: (options: {
    id: string;
    mode: 'readwrite';
  }) => Promise<FileSystemDirectoryHandle>;
}

const pickers = () => globalThis as Pickers;

/** Whether the page can write such files straight to disk. */
export function canWriteToDisk(packaging: Packaging): boolean {
  const { showSaveFilePicker, showDirectoryPicker } = pickers();
  return (packaging === 'one ZIP' ? showSaveFilePicker : showDirectoryPicker) !== undefined;
}

/**
 * The place that the visitor chooses for the files, or for the ZIP of them; undefined if there is none,
 * or the visitor wants none. Fails if the folder has such files.
 */
export async function chooseOnDisk(
  packaging: Packaging,
  suggestedName: string,
  files: readonly string[],
): Promise<FileSink | undefined> {
  try {
    if (packaging === 'one ZIP') {
      const file = await pickers().showSaveFilePicker?.({ suggestedName });
      return file && new DiskFileSink(file);
    }
    const folder = await pickers().showDirectoryPicker?.({ id: 'synthgen', mode: 'readwrite' });
    const sink = folder && new FolderSink(folder);
    await sink?.refuseOld(files);
    return sink;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}
