import { posix } from 'node:path';

/** A longer file has to be split. */
export const longestFile = 400;

/** A folder with more sources has to be divided by what they are for. */
export const largestRoom = 32;

const source = /(\.(cpp|hpp|js|ts|css|html|cmake|sh|py)|CMakeLists\.txt|^tools\/[^.]+|^\.ci\/run)$/;
/** Pictures, and inputs for the readers of binary files. */
const mayBeBinary = /\.(png|ico)$|^tests\/fuzz\/corpus\//;

/** Faults of one committed file, from its path and bytes: [{line, message}]. */
export function fileFaults(path, bytes) {
  const isBinary = bytes.includes(0);
  if (isBinary) {
    return mayBeBinary.test(path)
      ? []
      : [{ line: 1, message: 'a binary file; what can be built is not committed' }];
  }
  if (!source.test(path)) return [];
  const lines = bytes.toString('utf8').split('\n').length - 1;
  return lines > longestFile
    ? [{ line: longestFile + 1, message: `${lines} lines; at most ${longestFile}: split it` }]
    : [];
}

/** Folders of cpp/ and web/ with too many sources: [{path, message}]. */
export function roomFaults(paths) {
  const counts = new Map();
  for (const path of paths) {
    if (!/^(cpp|web)\//.test(path) || !source.test(path)) continue;
    const room = posix.dirname(path);
    counts.set(room, (counts.get(room) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > largestRoom)
    .map(([path, count]) => ({
      path,
      message: `${count} files; at most ${largestRoom}: divide it by what they are for`,
    }));
}
