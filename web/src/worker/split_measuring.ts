import type { Config, Split } from 'synthgen';

import type { SplitMeasures, StructureSums } from '../model/whole_split';
import { CoreClient } from './client';
import { fullWorker } from './core_workers';

/** A worker measures about so many tokens between two reports of progress. */
const partTokens = 2 ** 17;
const mostWorkers = 8;

/** A split to be measured as a whole. */
export interface WholeSplit {
  config: Config;
  split: Split;
  /** How many sequences it has, and the tokens of the longest. */
  sequences: number;
  longest: number;
}

function addTo(sums: StructureSums, part: StructureSums): void {
  for (const [name, { count, sum, squares }] of Object.entries(part.values)) {
    const known = (sums.values[name] ??= { count: 0, sum: 0, squares: 0 });
    known.count += count;
    known.sum += sum;
    known.squares += squares;
  }
  for (const [kind, count] of Object.entries(part.kinds)) {
    sums.kinds[kind] = (sums.kinds[kind] ?? 0) + count;
  }
}

/**
 * Measures a whole split in several workers, which end with it; any division among them gives the
 * same report. `progress` hears how many sequences are done. Aborting the signal ends the workers;
 * the promise rejects.
 */
export async function measureSplit(
  { config, split, sequences, longest }: WholeSplit,
  progress: (sequences: number) => void,
  signal: AbortSignal,
): Promise<SplitMeasures & { sums: StructureSums }> {
  const partSize = Math.max(1, Math.floor(partTokens / Math.max(1, longest)));
  const parts = Math.ceil(sequences / partSize);
  const count = Math.max(1, Math.min(navigator.hardwareConcurrency || 2, mostWorkers, parts));
  const workers = Array.from({ length: count }, () => new CoreClient(fullWorker));
  const close = () => workers.forEach((worker) => worker.close());
  signal.addEventListener('abort', close);
  const sums: StructureSums = { values: {}, kinds: {} };
  let next = 0;
  let done = 0;
  const work = async (worker: CoreClient): Promise<void> => {
    await worker.call('openSplit', { config, split });
    while (next < sequences) {
      const first = next;
      const size = Math.min(partSize, sequences - first);
      next += size;
      addTo(sums, await worker.call('measurePart', { first, count: size }));
      done += size;
      progress(done);
    }
  };
  try {
    await Promise.all(workers.map(work));
    const [first, ...others] = workers as [CoreClient, ...CoreClient[]];
    const saved = await Promise.all(others.map((worker) => worker.call('savePart', null)));
    return { ...(await first.call('mergeParts', saved)), sums };
  } finally {
    signal.removeEventListener('abort', close);
    close();
  }
}
