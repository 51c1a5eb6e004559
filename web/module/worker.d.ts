import type { AbortSignalLike, Config, GeneratedBatch, Range } from './index.js';

export interface WorkerJob {
  /**
   * URL of a module file whose default export makes the class: `({ SequenceGenerator }) => class …`.
   * Left out: the config's own family.
   */
  module?: { readonly href: string } | string;
  config: Config;
  range: Range;
  /** How long one sequence, or loading the module, may take; default 5000. */
  timeoutMs?: number;
  /** Stops the worker at once when it is aborted; the promise rejects with the signal's reason. */
  signal?: AbortSignalLike;
}

/**
 * Generates in a worker thread of Node.js, with a class of your own or a family. Rejects with a SynthgenError
 * that names the sequence, also when one never ends: its worker is stopped then.
 */
export function generateInWorker(job: WorkerJob): Promise<GeneratedBatch>;
