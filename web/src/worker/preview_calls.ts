import type { Config, Split, TokenBatch } from 'synthgen';
import type { LiveGenerator, LiveSynthgen } from 'synthgen/live';

import type { Preview, PreviewRequest } from '../model/preview';
import { longestShown, pageSizeOf, rowsFrom, splitSizeOf, textRows } from '../model/preview_rows';
import type { Answers, Calls } from './messages';

/** Custom code replaces the global one. */
const now = performance.now.bind(performance);

/** The config is fine, but its sequences are too long to look at here. */
export class TooLong extends Error {}

/** Why sequences of so many tokens are not shown. */
export function tooLong(longest: number, more = ''): TooLong {
  return new TooLong(
    `A preview shows sequences of at most ${longestShown} tokens; one of these can have ${longest}.${more}`,
  );
}

/** A module to make previews with, live.wasm or synthgen.wasm. */
export type PreviewModule = Pick<LiveSynthgen, 'analyzeSequences' | 'encodeJsonl' | 'tokenKinds'>;

/** A generator of a module, with what is known as soon as it is made. */
class Dataset {
  readonly key: string;
  readonly module: PreviewModule;
  readonly generator: LiveGenerator;
  readonly config: Config;
  readonly notes: string[];
  readonly kindNames: string[];

  constructor(key: string, module: PreviewModule, generator: LiveGenerator) {
    this.key = key;
    this.module = module;
    this.generator = generator;
    this.config = generator.config;
    this.notes = generator.notes;
    this.kindNames = module.tokenKinds();
  }
}

/** The first sequences of a batch. */
function firstOf({ tokens, offsets, padding }: TokenBatch, rows: number): TokenBatch {
  return {
    tokens: tokens.subarray(0, offsets[rows]),
    offsets: offsets.subarray(0, rows + 1),
    ...(padding && { padding: padding.subarray(0, rows) }),
  };
}

function previewOf(dataset: Dataset, split: Split, from: number): Preview {
  const { module, generator, config, notes, kindNames } = dataset;
  const limits = generator.limits(split);
  const longest = limits.max_length ?? 0;
  const pageSize = pageSizeOf(longest);
  const splitSize = splitSizeOf(config, split);
  if (pageSize === 0) throw tooLong(longest, ' Download works all the same.');
  const count = rowsFrom(from, pageSize, splitSize);
  const started = now();
  const made = generator.generate({ split, first: from, count, structure: true });
  const generated = now();
  const { tokens, offsets, padding, structure, latentShares } = made;
  const batch = { tokens, offsets, ...(padding && { padding }) };
  const report = module.analyzeSequences(batch, { config, perSequence: true });
  const analyzed = now();
  const shown = module.encodeJsonl(firstOf(batch, textRows(offsets)));
  return {
    config,
    notes,
    truth: generator.truth(split),
    limits,
    tokens,
    offsets,
    padding,
    structure,
    latentShares,
    kindNames,
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

/** What of a preview moves to the page instead of being copied: its arrays. */
export function movedArrays(answer: unknown): Transferable[] {
  const { tokens, offsets, structure } = (answer ?? {}) as Partial<Preview>;
  if (!tokens || !offsets || !structure) return [];
  const arrays = [tokens, offsets, ...Object.values(structure)] as Uint8Array<ArrayBuffer>[];
  return arrays.map(({ buffer }) => buffer);
}

/**
 * Answers previews. `use` calls with the module, told what the call is about; `make` makes a generator with it, which the next
 * call can use again: moving about in one dataset rebuilds no tables.
 */
export function previewCalls<Module extends PreviewModule>(
  use: <Answer>(call: (module: Module) => Answer, argument: unknown) => Promise<Answer>,
  make: (module: Module, config: Config) => LiveGenerator,
): Answers<Pick<Calls, 'preview' | 'settings'>> {
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
    settings: (config: Config) => use((module) => datasetOf(module, config).config, config),
    preview: ({ config, split, from }: PreviewRequest) =>
      use((module) => previewOf(datasetOf(module, config), split, from), config),
  };
}
