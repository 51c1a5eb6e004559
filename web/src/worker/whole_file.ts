/** A page can hold a file of so many bytes, once as it is and once in the core. */
const mostBytes = 2 ** 29;

/** Whether a file of that name is read line by line, as JSONL; others are read as a whole. */
export const isTextName = (name: string): boolean => !/\.(npy|pt|pth|safetensors|csv)$/i.test(name);

/** A file's bytes. Fails where it is larger than a page can hold. */
export async function wholeFile(file: Blob): Promise<Uint8Array> {
  if (file.size > mostBytes) {
    throw new Error(
      `The file is larger than the ${mostBytes / 2 ** 20} MiB that a page can hold; JSONL is read in pieces, and on the command line synthgen analyze reads any size.`,
    );
  }
  return new Uint8Array(await file.arrayBuffer());
}
