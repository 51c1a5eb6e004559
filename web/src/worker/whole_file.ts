import type { Format } from 'synthgen';

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
export async function wholeFile(file: Blob): Promise<Uint8Array> {
  if (file.size > mostBytes) {
    throw new Error(
      `The file is larger than the ${mostBytes / 2 ** 20} MiB that a page can hold; JSONL is read in pieces, and on the command line synthgen analyze reads any size.`,
    );
  }
  return new Uint8Array(await file.arrayBuffer());
}
