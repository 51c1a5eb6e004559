import { shown } from './checks.js';
import { SynthgenError } from './errors.js';

/** Lets timers and events run, among them those that abort. */
const pause = () =>
  globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));

/** Batches of a range of a generator's sequences, each made when it is asked for. */
export async function* batchesOf(generator, options = {}) {
  const { batchSize = 256, signal, split = 'train', first = 0, ...range } = options;
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    const [value, allowed] = [shown(batchSize), 'an integer from 1 up'];
    const message = `batchSize: got ${value}; allowed: ${allowed}`;
    throw new SynthgenError({
      kind: 'usage',
      message,
      problems: [{ key: 'batchSize', value, allowed }],
    });
  }
  const { count = generator.config[`num_${split}`] } = range;
  for (let made = 0; made < count; made += batchSize) {
    signal?.throwIfAborted();
    const part = { first: first + made, count: Math.min(batchSize, count - made) };
    yield generator.generate({ ...range, split, ...part });
    await pause();
  }
}
