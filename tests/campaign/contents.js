// What is in a directory, and what of it belongs to whom.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** {path: bytes} of the files below a directory, or of none where it does not exist. */
export function contentsOf(directory) {
  let names;
  try {
    names = readdirSync(directory, { recursive: true });
  } catch (error) {
    if (error.code === 'ENOENT') return {};
    throw error;
  }
  return Object.fromEntries(
    names
      .sort()
      .filter((name) => !statSync(join(directory, name)).isDirectory())
      .map((name) => [name, readFileSync(join(directory, name))]),
  );
}

/** Whether a file is what an unfinished run needs or leaves, and no part of a dataset. */
export const isTemporary = (path) => /\.(partial(-\d+)?|journal)$/.test(path);

/** Whether a file is a shard's own, until all shards are merged. */
export const isOfShard = (path) => /(^|\/)(metadata|analysis)-\d{5}-of-\d{5}\.\w+$/.test(path);

/** Those files of contents whose path passes the test. */
export const only = (contents, test) =>
  Object.fromEntries(Object.entries(contents).filter(([path]) => test(path)));

export const withoutTemporary = (contents) => only(contents, (path) => !isTemporary(path));

export function areSame(one, other) {
  const paths = Object.keys(one);
  return (
    paths.length === Object.keys(other).length &&
    paths.every((path) => other[path]?.equals(one[path]) ?? false)
  );
}

/** Whether every file of `part` is in `whole`, with the same bytes. */
export const isPartOf = (part, whole) =>
  Object.entries(part).every(([path, bytes]) => whole[path]?.equals(bytes) ?? false);

/** The same for contents that differ in no more than the number of the process. */
export function digestOf(contents) {
  const hash = createHash('sha1');
  for (const [path, bytes] of Object.entries(contents)) {
    const text = isTemporary(path) ? bytes.toString('latin1').replace(/process \d+ /g, '') : bytes;
    hash.update(`${path.replace(/partial-\d+$/, 'partial')}\n${text.length}\n`).update(text);
  }
  return hash.digest('hex');
}

/** In words, for a message: the paths, and whose bytes each file has. */
export function described(contents, { old, reference }) {
  const words = Object.entries(contents).map(([path, bytes]) => {
    if (isTemporary(path)) return path;
    if (reference[path]?.equals(bytes)) return `${path} (new)`;
    return `${path} (${old[path]?.equals(bytes) ? 'old' : 'WRONG'})`;
  });
  return words.length === 0 ? 'nothing' : words.join(', ');
}

/** What the files of one dataset's file have in common: its path up to the format's endings. */
export const stemOf = (path) =>
  path.replace(/\.[^/]*$/, '').replace(/_(lengths|labels|metadata)$/, '');

/** Whether `validate` reads the file by itself. */
export const isDataFile = (path) =>
  /\.(jsonl|csv|npy|pt|bin|safetensors)(\.gz|\.zst)?$/.test(path) &&
  !/_(lengths|labels)\.\w+$/.test(path);
