import { Worker } from 'node:worker_threads';

import { SynthgenError } from './errors.js';

const failure = (kind, message) => new SynthgenError({ kind, message });

/** Counts sequences up in memory that both threads see; -1 while the module loads. */
const sharedIndex = () => new BigInt64Array(new SharedArrayBuffer(8)).fill(-1n);

/** What a worker that has not moved for too long was doing. */
const stuckAt = (index, split, timeoutMs) =>
  index < 0n
    ? failure('data', `the module did not load within ${timeoutMs} ms; its worker was stopped`)
    : failure(
        'data',
        `sequence ${index} of ${split}: did not end within ${timeoutMs} ms; its worker was stopped`,
      );

/** Calls `stop` when the index stays the same for `timeoutMs`; returns what ends the watch. */
function watch(current, timeoutMs, stop) {
  let seen = Atomics.load(current, 0);
  let since = performance.now();
  const timer = setInterval(
    () => {
      const index = Atomics.load(current, 0);
      if (index !== seen) {
        seen = index;
        since = performance.now();
      } else if (performance.now() - since >= timeoutMs) {
        stop(index);
      }
    },
    Math.max(10, timeoutMs / 8),
  );
  return () => clearInterval(timer);
}

export function generateInWorker({ module, config, range, timeoutMs = 5000, signal }) {
  if (signal?.aborted) return Promise.reject(signal.reason);
  const current = sharedIndex();
  const name = module === undefined ? 'generateInWorker' : String(module);
  const worker = new Worker(new URL('./worker_thread.js', import.meta.url), {
    workerData: { module: module && String(module), config, range, current },
  });
  return new Promise((resolve, reject) => {
    // What the core makes ends, and is not counted sequence by sequence.
    const stopWatching =
      module === undefined
        ? () => {}
        : watch(current, timeoutMs, (index) => {
            end();
            reject(stuckAt(index, range.split ?? 'train', timeoutMs));
          });
    const abort = () => {
      end();
      reject(signal.reason);
    };
    const end = () => {
      stopWatching();
      signal?.removeEventListener('abort', abort);
      worker.terminate();
    };
    signal?.addEventListener('abort', abort);
    worker.on('message', ({ batch, refusal }) => {
      end();
      if (refusal === undefined) resolve(batch);
      else reject(new SynthgenError(refusal));
    });
    worker.on('error', (error) => {
      end();
      reject(failure('usage', `${name}: ${error.message}`));
    });
    worker.on('exit', () => {
      end();
      reject(failure('data', `${name}: ended the worker`));
    });
  });
}
