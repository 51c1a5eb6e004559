import type { Config } from 'synthgen';

import type { DatasetClient } from './messages';

export interface MadeFile {
  name: string;
  blob: Blob;
}

/** Pieces of this size leave the page's memory as a Blob, which browsers keep where they have room. */
const pieceBytes = 32 * 2 ** 20;

/** Grows a file from chunks without ever holding more than a piece of it. */
class BlobBuilder {
  #blobs: Blob[] = [];
  #chunks: Uint8Array<ArrayBuffer>[] = [];
  #pending = 0;

  add(chunk: Uint8Array<ArrayBuffer>): void {
    this.#chunks.push(chunk);
    this.#pending += chunk.byteLength;
    if (this.#pending >= pieceBytes) this.#flush();
  }

  finish(type: string): Blob {
    this.#flush();
    return new Blob(this.#blobs, { type });
  }

  #flush(): void {
    this.#blobs.push(new Blob(this.#chunks));
    this.#chunks = [];
    this.#pending = 0;
  }
}

/**
 * Makes the dataset's files in a worker of their own, which ends with them, byte for byte the CLI's;
 * `progress` hears the number of sequences and bytes so far. Aborting the signal ends the worker;
 * the promise rejects.
 */
export async function makeFiles(
  core: DatasetClient,
  config: Config,
  latents: boolean,
  progress: (sequences: number, bytes: number) => void,
  signal: AbortSignal,
): Promise<MadeFile[]> {
  const cancel = () => core.close();
  signal.addEventListener('abort', cancel);
  try {
    await core.call('openDataset', { config, latents });
    const files = new Map<string, BlobBuilder>();
    let sequences = 0;
    let bytes = 0;
    for (;;) {
      const chunk = await core.call('nextChunk', null);
      if (chunk === null) break;
      let file = files.get(chunk.file);
      if (file === undefined) files.set(chunk.file, (file = new BlobBuilder()));
      file.add(chunk.bytes);
      sequences += chunk.sequences;
      bytes += chunk.bytes.byteLength;
      progress(sequences, bytes);
    }
    const manifest = await core.call('manifest', null);
    return [
      ...[...files].map(([name, file]) => ({ name, blob: file.finish('application/jsonl') })),
      { name: 'metadata.json', blob: new Blob([manifest], { type: 'application/json' }) },
    ];
  } finally {
    signal.removeEventListener('abort', cancel);
    core.close();
  }
}
