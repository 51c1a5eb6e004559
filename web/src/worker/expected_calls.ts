import type { Generator, Report, Split, Synthgen } from 'synthgen';

import { tokenEntropyBits } from '../model/comparisons';
import type { Entropies } from '../model/expected';
import { mean, standardError } from '../model/statistics';
import type { Answers, Calls } from './messages';

/** Tokens in all samples together, and how many samples that may be. */
const sampledTokens = 2 ** 20;
const samples = { fewest: 4, most: 16 };
/** No preview shows sequences from here on. */
const firstSequence = 2 ** 48;

function entropyOf(tokens: Uint32Array): number | undefined {
  const counts = new Map<number, number>();
  for (const token of tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  return tokenEntropyBits([...counts.values()]);
}

/** The entropy of the tokens of other samples of so many sequences. */
function tokenEntropies(generator: Generator, split: Split, count: number): Entropies | undefined {
  const longest = generator.limits(split).max_length ?? 1;
  const fitting = Math.floor(sampledTokens / Math.max(1, count * longest));
  const repeats = Math.min(samples.most, Math.max(samples.fewest, fitting));
  const bits = Array.from({ length: repeats }, (_, i) => {
    const { tokens } = generator.generate({ split, first: firstSequence + i * count, count });
    return entropyOf(tokens);
  }).filter((value) => value !== undefined);
  const middle = mean(bits);
  if (middle === undefined || bits.length < samples.fewest) return undefined;
  const spread = standardError(bits) * Math.sqrt(bits.length);
  return { samples: bits.length, mean: middle, spread };
}

/** Of more tokens only means over sequences are simulated, which fewer sequences show as well. */
const mostTokens = 2 ** 22;
/** What those depend on. */
const sizes = ['num_sequences', 'vocab_size'];

/** The part of a report that is quick to simulate. */
function means(synthgen: Synthgen, report: Partial<Report>): Partial<Report> {
  const names = synthgen
    .measures()
    .filter(({ expected }) => expected === 'by_mean')
    .map(({ name }) => name);
  const chosen = Object.entries(report).filter(([name]) => [...names, ...sizes].includes(name));
  return Object.fromEntries(chosen);
}

/** Answers what is expected of some sequences, as `synthgen analyze` does. */
export function expectedCalls(core: Promise<Synthgen>): Answers<Pick<Calls, 'expected'>> {
  return {
    async expected({ config, split, count, report }) {
      const synthgen = await core;
      const generator = synthgen.generator(config);
      try {
        const isLarge = count * (generator.limits(split).max_length ?? 1) > mostTokens;
        const asked = isLarge ? means(synthgen, report) : report;
        return {
          measures: generator.expectedMeasures(asked, { [split]: count }),
          tokenEntropy: isLarge ? undefined : tokenEntropies(generator, split, count),
        };
      } finally {
        generator.delete();
      }
    },
  };
}
