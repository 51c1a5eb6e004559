/** Where files go, one after another. */
export interface FileSink {
  /** Adds bytes to a file; another name than the last one begins the next file. */
  write(file: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Every file is complete. */
  finish(): Promise<void>;
  /** Removes what was written. */
  discard(): Promise<void>;
}

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

  finish(): Blob {
    this.#flush();
    return new Blob(this.#blobs, { type: 'application/octet-stream' });
  }

  #flush(): void {
    this.#blobs.push(new Blob(this.#chunks));
    this.#chunks = [];
    this.#pending = 0;
  }
}

/** Files in the browser's memory, or its temporary files. */
export class BlobSink implements FileSink {
  readonly #files = new Map<string, BlobBuilder>();

  async write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const file = this.#files.get(name) ?? new BlobBuilder();
    this.#files.set(name, file);
    file.add(bytes);
  }

  async finish(): Promise<void> {}

  async discard(): Promise<void> {
    this.#files.clear();
  }

  get files(): MadeFile[] {
    return [...this.#files].map(([name, file]) => ({ name, blob: file.finish() }));
  }
}

/** Not every browser can remove a file by its handle. */
type Removable = { remove?: () => Promise<void> };

/** One file that the visitor has chosen, whatever the name of what is written. */
export class DiskFileSink implements FileSink {
  readonly #handle: FileSystemFileHandle & Removable;
  #open: Promise<FileSystemWritableFileStream> | undefined;

  constructor(handle: FileSystemFileHandle) {
    this.#handle = handle;
  }

  async write(_name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#open ??= this.#handle.createWritable();
    await (await this.#open).write(bytes);
  }

  async finish(): Promise<void> {
    await (await this.#open)?.close();
  }

  /** The browser writes nothing to the file before it is closed: one with content is the visitor's. */
  async discard(): Promise<void> {
    await (await this.#open)?.abort();
    const { size } = await this.#handle.getFile();
    if (size === 0) await this.#handle.remove?.();
  }
}

/** Files in a folder that the visitor has chosen; those that are there already stay as they are. */
export class FolderSink implements FileSink {
  readonly #folder: FileSystemDirectoryHandle;
  readonly #names: string[] = [];
  #open: FileSystemWritableFileStream | undefined;

  constructor(folder: FileSystemDirectoryHandle) {
    this.#folder = folder;
  }

  /** Fails if one of these files is in the folder already. */
  async refuseOld(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const exists = await this.#folder.getFileHandle(name).then(
        () => true,
        () => false,
      );
      if (exists) throw new Error(`the folder has a file ${name} already; choose another folder`);
    }
  }

  async write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (name !== this.#names.at(-1)) await this.#begin(name);
    await this.#open?.write(bytes);
  }

  async finish(): Promise<void> {
    await this.#open?.close();
    this.#open = undefined;
  }

  async discard(): Promise<void> {
    await this.#open?.abort();
    for (const name of this.#names) await this.#folder.removeEntry(name);
  }

  async #begin(name: string): Promise<void> {
    await this.finish();
    await this.refuseOld([name]);
    const handle = await this.#folder.getFileHandle(name, { create: true });
    this.#names.push(name);
    this.#open = await handle.createWritable();
  }
}
