import type {
  Analyzer,
  AnalyzerOptions,
  ExpectedMeasure,
  Limits,
  Ngram,
  PatternRun,
  Report,
  ValidationReport,
  Validator,
} from './analysis.js';
import type { Curricula } from './curricula.js';
import type { CustomOptions, SequenceGeneratorClass } from './custom_generators.js';
import type { DatasetEncoder, DatasetOptions } from './datasets.js';
import type { Family, Format, Measure, Parameter, Preset } from './descriptions.js';
import type { FloorMeasures, Predictor } from './predictors.js';
import type { LatentShares, TokenStructure } from './structure.js';

declare global {
  // As in TypeScript's lib.esnext.disposable, which a program may do without.
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}

/** An AbortSignal, in programs with and without its declaration. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: any;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** What lives in the module's memory until it is deleted. */
export interface Freed {
  /** Frees its memory. */
  delete(): void;
  /** The same, at the end of a block with `using`. */
  [Symbol.dispose](): void;
}

/** A config: the parameter table's keys. Everything left out has its default. */
export type Config = Record<string, unknown>;

export type Split = 'train' | 'val' | 'test';

/** One bad field: its key, what was given (JSON) and what would be accepted. */
export interface Problem {
  key: string;
  value: string;
  allowed: string;
}

/** What the core refused: its message, and the bad fields where fields were checked. */
export class SynthgenError extends Error {
  readonly kind: 'data' | 'usage' | 'io' | 'cancelled' | 'elsewhere';
  readonly problems: Problem[];
}

/** A closed-form expectation: what the parameters do to a measurement. */
export interface Expectation {
  name: string;
  value: number;
  formula: string;
  unit: string;
  /** The keys of the parameters that can change the value. */
  depends_on: string[];
}

export interface Span {
  start: number;
  length: number;
  kind:
    | 'fresh'
    | 'repetition'
    | 'alternation'
    | 'progression'
    | 'reversal'
    | 'band'
    | 'successor'
    | 'slot'
    | 'fixed'
    | 'key'
    | 'value'
    | 'query'
    | 'answer';
  /** Repetitions, and slots that spell one. */
  period?: number;
  /** Patterns: length before the span was cut, absent when uncut. Slots: how many share the pattern. */
  full_length?: number;
  /** Patterns: the condition chose the type. */
  steered?: true;
  /** Bands: first rank and number of ranks among the content ids. */
  first?: number;
  size?: number;
  /** Bands: start of the span that this one copies. */
  echo_of?: number;
  /** Slots: the pattern that they spell, and which of its slots the span begins with. */
  pattern?: string;
  first_slot?: number;
  /**
   * Keys, values, queries and answers: start of the earlier span that this one repeats. A query names
   * the key whose value is its answer.
   */
  source?: number;
}

/** Everything about one sequence that its tokens do not show. */
export interface Latents {
  spans: Span[];
  /** Positions that noise replaced, ascending. */
  noise: number[];
  /** Hierarchical, composed: which of the themes. */
  theme?: number;
  /** Conditional, composed: which of the conditions, and what followed it. */
  condition?: number;
  followed?: {
    /** Conditional: runs [start, length] of tokens from the condition's band. */
    style?: [number, number][];
    /** Composed: whether the condition chose the theme. */
    theme?: boolean;
    /** Absent where lengths cannot be steered. */
    length?: boolean;
  };
  /** Mixture: which component made the sequence. */
  component?: number;
  /** Template: which template. */
  template?: number;
  /** Bits that the sequence costs a reader who knows its structure but not its noise. */
  oracle_bits?: number;
  /** Hidden Markov model: the state that emits each token. */
  states?: number[];
  /** The law of the state that emits the next token, given the tokens up to each position. */
  beliefs?: number[][];
  /** Markov chain: the contexts that the sequence visits, ascending, and the row of each. */
  contexts?: number[];
  chain?: number[][];
}

/** Sequence i is tokens[offsets[i]] … tokens[offsets[i + 1] − 1]. Copies, owned by the caller. */
export interface TokenBatch {
  tokens: Uint32Array;
  offsets: Uint32Array;
  /** Padding tokens at the end of each sequence; absent when there are none. */
  padding?: Uint32Array;
}

/** Sequences from anywhere. */
export interface SequenceBatch extends TokenBatch {
  /** One for each sequence, null for one that came without; absent when none has any. */
  latents?: (Latents | null)[];
  /** For each token the id to predict or -100; absent when no sequence came with labels. */
  labels?: Float64Array;
  /** For each token what it costs by the exact law, in bits; absent when no sequence came with it. */
  predictiveBits?: Float32Array;
}

/** What a generator makes: all sequences have latents, or none. */
export interface GeneratedBatch extends TokenBatch {
  latents?: Latents[];
  /** With latents or structure. */
  latentShares?: LatentShares;
  /** With structure. */
  structure?: TokenStructure;
  /** For each token the id to predict or -100; absent unless a custom generator gives labels. */
  labels?: Float64Array;
}

/** What a generator makes when asked for structure. */
export type StructuredBatch = GeneratedBatch &
  Required<Pick<GeneratedBatch, 'structure' | 'latentShares'>>;

/** A run of sequences of one split. */
export interface Range {
  /** Default: train. */
  split?: Split;
  /** Index of the first sequence, 0 … 2^53 − 1; default 0. */
  first?: number;
  /** Number of sequences. */
  count: number;
  /** Also return what the tokens do not show; default false. */
  latents?: boolean;
  /** Also return the structure of each token, much faster than latents; default false. */
  structure?: boolean;
}

/** A range in batches. */
export interface Batches extends Omit<Range, 'count'> {
  /** Number of sequences; default: all of the split from the first on that the config counts. */
  count?: number;
  /** Sequences in a batch; default 256. */
  batchSize?: number;
  /** Ends the iteration with its reason when it is aborted. */
  signal?: AbortSignalLike;
}

/** Makes the sequences of one config: sequence i is a pure function of (config, seed, split, i). */
export interface Generator extends Freed {
  /** The config with its family named and defaults filled in. */
  readonly config: Config;
  /** What a user should know about how the config is understood, one sentence each. */
  readonly notes: string[];
  /** Closed-form expectations for a split, default train. */
  truth(split?: Split): Expectation[];
  /** What every sequence of a split keeps to. */
  limits(split?: Split): Limits;
  /** Expected shares of equal tokens at lags 1 … 64; undefined where no closed form is known. */
  expectedLagEquality(split?: Split): (number | null)[] | undefined;
  /**
   * What a report on so many sequences of each split (default: all of train) should show, by
   * measure: in closed form where there is one, else simulated, with a standard error. Empty for
   * custom generators. Without a closed form some measures take as long as measuring two such
   * datasets.
   * @throws {SynthgenError} when a number or an option is not allowed
   */
  expectedMeasures(
    report: Partial<Report>,
    sequences?: Partial<Record<Split, number>>,
    options?: Pick<AnalyzerOptions, 'ngram' | 'top' | 'memoryLimit' | 'approximate'>,
  ): Record<string, ExpectedMeasure>;
  /** @throws {SynthgenError} when the range is not allowed */
  generate(range: Range & { structure: true }): StructuredBatch;
  generate(range: Range): GeneratedBatch;
  /**
   * The same in batches, each made when it is asked for: `for await (const batch of …)`. Between two
   * of them timers and events run.
   * @throws {SynthgenError} when the range is not allowed
   */
  batches(options?: Batches): AsyncIterableIterator<GeneratedBatch>;
  /** The same sequences as JSONL, as the CLI writes them. */
  encodeJsonl(range: Range): Uint8Array;
  /**
   * The exact law of the next token of a split's sequences, default train.
   * @throws {SynthgenError} with the reason where the config has none
   */
  predictor(split?: Split): Predictor;
  /**
   * The floor of some of the sequences, its course over positions, and what shortcuts reach on them.
   * Costs more than `generate`.
   */
  floorMeasures(range: { count: number; first?: number; split?: Split }): FloorMeasures;
}

/** The sequences of a file in memory: `for (const batch of reader)`. */
export interface SequenceReader extends Freed {
  /** For progress. */
  readonly bytesRead: number;
  /**
   * The next sequences, of about 2^18 tokens; null at the end.
   * @throws {SynthgenError} at a fault, with its place
   */
  next(): SequenceBatch | null;
  [Symbol.iterator](): IterableIterator<SequenceBatch>;
}

export interface SampleOptions {
  vocab_size?: number;
  seq_length?: number;
  num_samples: number;
  seed?: number;
}

export interface PatternSampleOptions extends SampleOptions {
  pattern_types?: string[];
  pattern_probability?: number;
}

export interface HierarchicalSampleOptions extends SampleOptions {
  hierarchy_levels?: number;
  structure_probability?: number;
}

export interface ConditionalSampleOptions extends SampleOptions {
  num_conditions?: number;
  condition_strength?: number;
}

export interface Synthgen extends Curricula {
  readonly version: string;
  readonly streamVersion: number;
  /** Whether sequences are drawn with vector instructions; the tokens are the same without. */
  readonly simd: boolean;
  parameters(): Parameter[];
  families(): Family[];
  measures(): Measure[];
  /** The kinds of tokens: `TokenStructure` holds indices into this list. */
  tokenKinds(): string[];
  formats(): Format[];
  presets(): Preset[];
  /**
   * The config of a preset with other parameters on top, which win.
   * @throws {SynthgenError} for an unknown name
   */
  presetConfig(name: string, config?: Config): Config;
  /** JSON Schema of a config. */
  schema(): Record<string, unknown>;
  /** The canonical config and notes on it. @throws {SynthgenError} with every problem at once */
  checkConfig(config: Config): { config: Config; notes: string[] };
  /** @throws {SynthgenError} with every problem of the config */
  generator(config: Config): Generator;
  readonly SequenceGenerator: SequenceGeneratorClass;
  /**
   * A generator whose sequences a class of your own makes, one object for each split whose config
   * differs. What the class does wrong later is reported with the sequence's index.
   * @throws {SynthgenError} with every problem of the config, or when the class cannot be constructed
   */
  customGenerator(
    custom: SequenceGeneratorClass,
    config: Config,
    options?: CustomOptions,
  ): Generator;
  /** @throws {SynthgenError} when an option is out of range */
  analyzer(options?: AnalyzerOptions): Analyzer;
  /**
   * The analyzer that was saved, with its options; `config` as for `analyzer`.
   * @throws {SynthgenError} unless the bytes are a complete saved analysis of this version
   */
  loadAnalyzer(bytes: Uint8Array, options?: Pick<AnalyzerOptions, 'config'>): Analyzer;
  /** A batch as JSONL, with its padding, labels and latents, as the CLI writes them. */
  encodeJsonl(batch: SequenceBatch): Uint8Array<ArrayBuffer>;
  /**
   * What is wrong with each sequence of a batch by itself: too long or short, ids too large. Unlike
   * `validateSyntheticData` it does not look for duplicates.
   * @throws {SynthgenError} when a limit is not allowed
   */
  checkSequences(batch: SequenceBatch, limits?: Omit<Limits, 'allow_duplicates'>): ValidationReport;
  /** @throws {SynthgenError} when the format is unknown or cannot carry what is asked for */
  datasetEncoder(generator: Generator, options?: DatasetOptions): DatasetEncoder;
  generateRandomSequences(options: SampleOptions): SequenceBatch;
  generatePatternSequences(options: PatternSampleOptions): SequenceBatch;
  generateHierarchicalSequences(options: HierarchicalSampleOptions): SequenceBatch;
  generateConditionalSequences(options: ConditionalSampleOptions): SequenceBatch;
  /**
   * The sequences of a file: JSONL (objects with `input_ids` or `tokens`, or bare arrays, a line
   * each), or what the extension of its name says: .npy, .pt, .safetensors, .csv.
   * @throws {SynthgenError} at the first fault, as `name:line: …` in a text (name: default data)
   */
  loadSyntheticData(data: string | Uint8Array, name?: string): SequenceBatch;
  /**
   * The same some sequences at a time.
   * @throws {SynthgenError} where name and content disagree, or what it begins with is malformed
   */
  openFile(bytes: Uint8Array, name: string): SequenceReader;
  /**
   * What is wrong with a batch, a JSONL text or the bytes of a file, see `loadSyntheticData`; reading
   * continues after faults.
   * @throws {SynthgenError} when a limit is not allowed
   */
  validateSyntheticData(
    data: SequenceBatch | string | Uint8Array,
    limits?: Limits,
    name?: string,
  ): ValidationReport;
  /** @throws {SynthgenError} when a limit is not allowed */
  validator(limits?: Limits): Validator;
  analyzeSequences(batch: SequenceBatch, options?: AnalyzerOptions): Report;
  analyzeDataset(batch: SequenceBatch, options?: AnalyzerOptions): Report;
  /** The 10 most common n-grams with n = minLength (default 3). */
  detectPatterns(batch: SequenceBatch, minLength?: number): Ngram[];
  computeQualityMetrics(
    batch: SequenceBatch,
  ): Pick<Report, 'sequence_diversity' | 'token_diversity' | 'average_entropy' | 'pattern_ratio'>;
  /** Entropy of a sequence's token counts, in bits; 0 for an empty one. */
  computeEntropy(sequence: ArrayLike<number>): number;
  /** Whether a sequence repeats, alternates, progresses or mirrors over at least 6 tokens. */
  hasPattern(sequence: ArrayLike<number>): boolean;
  /** Where it does so, by start; of overlapping runs the longer ones. */
  patternRuns(sequence: ArrayLike<number>): PatternRun[];
  measureCoherence(batch: SequenceBatch): Pick<Report, 'local_coherence' | 'global_coherence'>;
}

/**
 * Loads the module. In pages and workers `wasmUrl` says where a bundler put synthgen.wasm, and
 * `wasmBytes` is the content of that file, where it cannot be fetched. `simd: false` does without vector
 * instructions, which are used where there are any.
 */
export function createSynthgen(options?: {
  wasmUrl?: string;
  wasmBytes?: ArrayBuffer;
  simd?: boolean;
}): Promise<Synthgen>;
