export { SynthgenError } from './index.js';

/** A dataset that a generator of your own made, and that generator. */
export interface RemakeJob {
  /** Path of the dataset's metadata.json. */
  manifest: string;
  /** Path of the module file whose default export makes the class: `({ SequenceGenerator }) => class …`. */
  module: string;
  /** Where the files go; created if missing. Files that exist are not replaced. */
  outputDir: string;
}

/**
 * Writes a dataset of a custom generator once more, in Node.js. Rejects with a SynthgenError unless
 * the module is the one whose checksum the manifest has, and the files turn out the same.
 */
export function remakeDataset(
  job: RemakeJob,
): Promise<{ file: string; sequences: number; tokens: number }[]>;
