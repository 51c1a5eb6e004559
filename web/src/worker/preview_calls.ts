import type { Config, Expectation, LatentShares, Split, TokenBatch } from 'synthgen';
import type { LiveGenerator, LiveSynthgen } from 'synthgen/live';

import type { Preview, PreviewRequest } from '../model/preview';
import {
  configOfSplit,
  longestSequence,
  mostTokens,
  pageSizeOf,
  rowsFrom,
  splitSizeOf,
  textRows,
} from '../model/preview_rows';
import type { Answers, Calls } from './messages';

/** The config is fine, but its sequences are too long to look at here. */
export class TooLong extends Error {}

/** A module to make previews with, live.wasm or synthgen.wasm. */
export type PreviewModule = Pick<LiveSynthgen, 'analyzeSequences' | 'encodeJsonl'>;

/** A generator of a module, with what is known as soon as it is made. */
class Dataset {
  readonly key: string;
  readonly module: PreviewModule;
  readonly generator: LiveGenerator;
  readonly config: Config;
  readonly notes: string[];
  readonly #truths = new Map<Split, Expectation[]>();

  constructor(key: string, module: PreviewModule, generator: LiveGenerator) {
    this.key = key;
    this.module = module;
    this.generator = generator;
    this.config = generator.config;
    this.notes = generator.notes;
  }

  truth(split: Split): Expectation[] {
    const truth = this.#truths.get(split) ?? this.generator.truth(split);
    this.#truths.set(split, truth);
    return truth;
  }
}

/** Those of a split without sequences. */
const noShares: LatentShares = { per_sequence: {}, kinds: [] };

/** The first sequences of a batch. */
function firstOf({ tokens, offsets, padding }: TokenBatch, rows: number): TokenBatch {
  return {
    tokens: tokens.subarray(0, offsets[rows]),
    offsets: offsets.subarray(0, rows + 1),
    ...(padding && { padding: padding.subarray(0, rows) }),
  };
}

function previewOf(dataset: Dataset, split: Split, from: number): Preview {
  const { module, generator, config, notes } = dataset;
  const pageSize = pageSizeOf(config, split);
  const splitSize = splitSizeOf(config, split);
  if (pageSize === 0) {
    const longest = longestSequence(configOfSplit(config, split));
    const message = `The preview holds ${mostTokens} tokens; one sequence can have ${longest}. Download the files, or make the sequences shorter.`;
    throw new TooLong(message);
  }
  const count = rowsFrom(from, pageSize, splitSize);
  const started = performance.now();
  const made = generator.generate({ split, first: from, count, latents: true });
  const generated = performance.now();
  const { tokens, offsets, padding, latents = [], latentShares = noShares } = made;
  // Without latents, whose way into the module takes longer than all the measuring.
  const batch = { tokens, offsets, ...(padding && { padding }) };
  const report = module.analyzeSequences(batch, { config, perSequence: true });
  const analyzed = performance.now();
  const shown = module.encodeJsonl(firstOf(batch, textRows(offsets)));
  return {
    config,
    notes,
    truth: dataset.truth(split),
    limits: generator.limits(split),
    tokens,
    offsets,
    padding,
    latents,
    latentShares,
    jsonl: new TextDecoder().decode(shown),
    split,
    from,
    splitSize,
    pageSize,
    report,
    generate_ms: generated - started,
    analyze_ms: analyzed - generated,
  };
}

/**
 * Answers previews. `use` calls with the module, `make` makes a generator with it, which the next
 * call can use again: moving about in one dataset rebuilds no tables.
 */
export function previewCalls<Module extends PreviewModule>(
  use: <Answer>(call: (module: Module) => Answer) => Promise<Answer>,
  make: (module: Module, config: Config) => LiveGenerator,
): Answers<Pick<Calls, 'preview'>> {
  let last: Dataset | undefined;
  const datasetOf = (module: Module, config: Config): Dataset => {
    const key = JSON.stringify(config);
    // A module that broke has taken its generators with it.
    if (last?.module === module && last.key === key) return last;
    if (last?.module === module) last.generator.delete();
    last = undefined;
    last = new Dataset(key, module, make(module, config));
    return last;
  };
  return {
    preview: ({ config, split, from }: PreviewRequest) =>
      use((module) => previewOf(datasetOf(module, config), split, from)),
  };
}
