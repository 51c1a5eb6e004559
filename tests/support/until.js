// Waiting for a state, for all tests that run under node.

import { AssertionError } from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a test waits for a state before it fails, however busy the machine is. */
export const patienceMs = 120_000;

const pauseMs = 20;

/**
 * Waits until `check` holds and returns its result. It holds when it returns anything but false and
 * none of its assertions fails; until then it is repeated. After `patienceMs` the last failed
 * assertion is thrown, or one that names the `description`.
 */
export async function until(check, description) {
  const end = performance.now() + patienceMs;
  for (;;) {
    let failure;
    try {
      const result = await check();
      if (result !== false) return result;
    } catch (error) {
      if (!(error instanceof AssertionError)) throw error;
      failure = error;
    }
    if (performance.now() >= end) {
      const message = `${patienceMs / 1000} s went by before ${description}`;
      throw failure ?? new AssertionError({ message });
    }
    await sleep(pauseMs);
  }
}
