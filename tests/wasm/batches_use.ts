/** Uses the declarations of batches and of what is freed; `tsc` checks it. Never run. */
import type { AbortSignalLike, Batches, Freed, Generator } from 'synthgen';

/** Some sequences in batches, until something is aborted. */
export async function batched(generator: Generator, signal: AbortSignal): Promise<number> {
  const like: AbortSignalLike = signal;
  like.throwIfAborted();
  const stop = (): void => console.log(like.aborted, like.reason);
  like.addEventListener('abort', stop);
  like.removeEventListener('abort', stop);
  const wanted: Batches = {
    split: 'val',
    first: 3,
    count: 10,
    batchSize: 4,
    latents: true,
    signal,
  };
  let tokens = 0;
  for await (const batch of generator.batches(wanted)) tokens += batch.tokens.length;
  const freed: Freed = generator;
  freed[Symbol.dispose]();
  return tokens;
}
