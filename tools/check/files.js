/** A file past this is to be split. */
export const longestFile = 400;

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
