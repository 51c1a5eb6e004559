// Work side by side: a sweep starts thousands of short processes.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The results of an asynchronous function of each item, some of them at once; in order. */
export async function mapAtOnce(items, work, atOnce = availableParallelism()) {
  const results = new Array(items.length);
  let next = 0;
  const one = async () => {
    while (next < items.length) {
      const i = next++;
      results[i] = await work(items[i], i);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return results;
}

/** Numbers in [0, 1), the same in each run. */
export function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** At most `most` of the items, drawn from all of them; the same in each run. */
export function sampleOf(items, most, seed) {
  const random = randomNumbers(seed);
  return items
    .map((item) => [random(), item])
    .sort(([a], [b]) => a - b)
    .slice(0, most)
    .map(([, item]) => item);
}

/** Where the cases of a campaign stand: in memory, if there is a file system in it. */
export function campaignDirectory(t) {
  const root = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const directory = mkdtempSync(join(root, 'synthgen-campaign-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Whether every case is tried, and not a sample. */
export const isFull = process.env.SYNTHGEN_CAMPAIGN === 'full';
