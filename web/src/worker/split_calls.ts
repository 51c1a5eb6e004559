import type { Analyzer, Generator, LatentShares, Split, Synthgen } from 'synthgen';

import type { StructureSums } from '../model/whole_split';
import { groupsFor } from './measure_groups';
import type { Answers, Calls } from './messages';

/** Bytes for exact counts in each worker; beyond them a sample is counted. */
const memoryLimit = 2 ** 28;
/** What costs most: the floor, and what shortcuts reach. */
const leftOut = ['baselines', 'predictive_bits'];

/** A split of a dataset that is being measured. */
interface OpenSplit {
  generator: Generator;
  analyzer: Analyzer;
  split: Split;
  config: Generator['config'];
}

function sumsOf({ per_sequence, kinds }: LatentShares, tokens: number): StructureSums {
  const values = Object.entries(per_sequence).map(([name, list]) => [
    name,
    {
      count: list.length,
      sum: list.reduce((sum, value) => sum + value, 0),
      squares: list.reduce((sum, value) => sum + value * value, 0),
    },
  ]);
  return {
    values: Object.fromEntries(values) as StructureSums['values'],
    // Shares are counts over all tokens: rounded, they are the counts again.
    kinds: Object.fromEntries(kinds.map(({ kind, share }) => [kind, Math.round(share * tokens)])),
  };
}

type SplitCalls = Pick<Calls, 'openSplit' | 'measurePart' | 'savePart' | 'mergeParts'>;

/** Answers the calls for measuring a whole split, one worker's part of it. */
export function splitCalls(core: Promise<Synthgen>): Answers<SplitCalls> {
  let open: OpenSplit | undefined;
  const opened = () => {
    if (!open) throw new Error('no split is open');
    return open;
  };
  return {
    async openSplit({ config, split }) {
      const synthgen = await core;
      const generator = synthgen.generator(config);
      const measures = groupsFor(
        synthgen.measures(),
        'at_once',
        'after_preview',
        'of_files',
      ).filter((group) => !leftOut.includes(group));
      const analyzer = synthgen.analyzer({ config, measures, memoryLimit, approximate: true });
      open = { generator, analyzer, split, config };
      return null;
    },
    async measurePart({ first, count }) {
      const { generator, analyzer, split } = opened();
      analyzer.addRange(generator, { split, first, count, latents: true });
      const { tokens, latentShares } = generator.generate({ split, first, count, structure: true });
      return sumsOf(latentShares, tokens.length);
    },
    async savePart() {
      return opened().analyzer.save();
    },
    async mergeParts(parts) {
      const synthgen = await core;
      const { analyzer, config } = opened();
      for (const bytes of parts) {
        const part = synthgen.loadAnalyzer(bytes, { config });
        analyzer.merge(part);
        part.delete();
      }
      return { report: analyzer.report(), measures: synthgen.measures() };
    },
  };
}
