import type { Config, Range, SequenceBatch } from './index.js';

export interface WorkerJob {
  /** URL of a module file whose default export makes the class: `({ SequenceGenerator }) => class …`. */
  module: URL | string;
  config: Config;
  range: Range;
  /** How long one sequence, or loading the module, may take; default 5000. */
  timeoutMs?: number;
}

/**
 * Generates with a class of your own in a worker thread of Node.js. Rejects with a SynthgenError
 * that names the sequence, also when one never ends: its worker is stopped then.
 */
export function generateInWorker(job: WorkerJob): Promise<SequenceBatch>;
