import type { Config, Expectation, Latents, Report, Split } from 'synthgen';

import {
  configOfSplit,
  longestSequence,
  mostTokens,
  pageSizeOf,
  rowsFrom,
  splitSizeOf,
} from '../model/preview_rows';
import type { Answers, Calls } from './messages';
import type { Preview, PreviewRequest } from '../model/preview';

/** The config is fine, but its sequences are too long to look at here. */
export class TooLong extends Error {}

/** What is known of a config as soon as there is a generator. */
export interface Made {
  /** Canonical: every key that the family uses. */
  config: Config;
  notes: string[];
  truth: Expectation[];
}

export interface PreviewBatch {
  tokens: Uint32Array;
  offsets: Uint32Array;
  padding: Uint32Array | undefined;
  latents: Latents[];
}

export interface MeasureOptions {
  /** Of the data, where it is known. */
  config: Config | null;
  measures?: readonly string[];
  perSequence?: boolean;
}

/** Whoever makes sequences to look at: the core's small module, or the core with a visitor's code. */
export interface PreviewMaker {
  /** Makes the generator of a config. */
  prepare(config: Config): Made;
  /** Sequences of the generator made last. */
  generate(split: Split, from: number, count: number): PreviewBatch;
  measure(batch: PreviewBatch, options: MeasureOptions): Report;
}

/** Answers previews with what `maker` makes; moving about in one dataset builds no tables anew. */
export function previewCalls(maker: Promise<PreviewMaker>): Answers<Pick<Calls, 'preview'>> {
  let last: { key: string; made: Made } | undefined;
  const madeOf = (core: PreviewMaker, config: Config): Made => {
    const key = JSON.stringify(config);
    if (last?.key !== key) {
      last = undefined;
      last = { key, made: core.prepare(config) };
    }
    return last.made;
  };
  return {
    async preview({ config, split, from }: PreviewRequest): Promise<Preview> {
      const core = await maker;
      const made = madeOf(core, config);
      const pageSize = pageSizeOf(made.config, split);
      const splitSize = splitSizeOf(made.config, split);
      if (pageSize === 0) {
        const longest = longestSequence(configOfSplit(made.config, split));
        const message = `The preview holds ${mostTokens} tokens; one sequence can have ${longest}. Download the files, or make the sequences shorter.`;
        throw new TooLong(message);
      }
      const started = performance.now();
      const batch = core.generate(split, from, rowsFrom(from, pageSize, splitSize));
      const generated = performance.now();
      const report = core.measure(batch, { config: made.config, perSequence: true });
      return {
        ...made,
        ...batch,
        split,
        from,
        splitSize,
        pageSize,
        report,
        generate_ms: generated - started,
        analyze_ms: performance.now() - generated,
      };
    },
  };
}
