import type {
  Analyzer,
  AnalyzerOptions,
  ComplexityOptions,
  ExpectedMeasure,
  Limits,
  Ngram,
  PatternRun,
  Report,
  Stage,
  ValidationReport,
  Validator,
} from './analysis.js';

export * from './analysis.js';

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
  readonly kind: 'data' | 'usage' | 'io' | 'cancelled';
  readonly problems: Problem[];
}

/** One row of the parameter table. */
export interface Parameter {
  key: string;
  /** In words, for forms. */
  label: string;
  type: 'integer' | 'number' | 'word' | 'words' | 'integers' | 'json';
  /** Null for JSON values, which have no default. */
  default: number | string | string[] | number[] | null;
  /** For integers, numbers and lists of integers. */
  minimum?: number;
  maximum?: number;
  /** For words. */
  choices?: string[];
  /** "tokens", "sequences", …; empty for a pure number. */
  unit: string;
  /** Heading under which forms list it. */
  group: string;
  /** The families that use it. */
  families: string[];
  /** How a slider should spread the range. */
  scale: 'linear' | 'logarithmic';
  help: string;
  /** The accepted values in words. */
  allowed: string;
}

export interface Family {
  name: string;
  summary: string;
  /** A few tokens that show the structure. */
  example: string;
}

export interface Measure {
  name: string;
  /** The measures of a group come together, whichever is asked for. */
  group: string;
  /** Whether it is measured unless something else is asked for. */
  in_default: boolean;
  /** When the page measures it: with each preview, after it, of files only, or never. */
  in_page: 'at_once' | 'after_preview' | 'of_files' | 'never';
  /** Empty for a pure number. */
  unit: string;
  formula: string;
  range: string;
  source: string;
  /** The form of its value in a report. */
  kind: 'number' | 'counts' | 'ranking' | 'by_n' | 'curve' | 'distributions';
  /** Which sequences show what to expect of it, if the family has no closed form. */
  expected: 'never' | 'by_mean' | 'by_ratio' | 'by_dataset';
  needs_latents: boolean;
  chart: 'none' | 'bars' | 'histogram' | 'ranks' | 'curve';
  /** Of a curve: the names of its lists (places, then lines over them), and the chart's texts. */
  curve?: { places: string; lines: string[]; title: string; across: string; up: string };
  /** The part of the page's table of numbers that lists it, and when. */
  section: 'statistics' | 'quality' | 'structure';
  listed: 'always' | 'if_measured' | 'if_expected';
  /** Name of its list in `per_sequence` and of its distribution; empty if it has none. */
  per_sequence: string;
}

/** A closed-form expectation: what the parameters do to a measurement. */
export interface Expectation {
  name: string;
  value: number;
  formula: string;
  unit: string;
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
    | 'slot';
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
    /** Runs [start, length] of tokens from the condition's band; composed: whether it chose the theme. */
    style: [number, number][] | boolean;
    /** Absent where lengths cannot be steered. */
    length?: boolean;
  };
  /** Mixture: which component made the sequence. */
  component?: number;
  /** Template: which template. */
  template?: number;
  /** Bits that the sequence costs a reader who knows its structure but not its noise. */
  oracle_bits?: number;
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
}

/** What a generator makes: all sequences have latents, or none. */
export interface GeneratedBatch extends TokenBatch {
  latents?: Latents[];
}

/** A run of sequences of one split. */
export interface Range {
  /** Default: train. */
  split?: Split;
  /** Index of the first sequence, 0 … 2^53 − 1; default 0. */
  first?: number;
  /** Number of sequences. */
  count: number;
  /** Also tell what the tokens do not show; default false. */
  latents?: boolean;
}

/** Makes the sequences of one config: sequence i is a pure function of (config, seed, split, i). */
export interface Generator {
  /** The config with its family named and defaults filled in. */
  readonly config: Config;
  /** Closed-form expectations for a split, default train. */
  truth(split?: Split): Expectation[];
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
  generate(range: Range): GeneratedBatch;
  /** The same sequences as JSONL, as the CLI writes them. */
  encodeJsonl(range: Range): Uint8Array;
  /** Frees the generator's memory in the module. */
  delete(): void;
}

/** A sequence whose last `padding` tokens only fill the row. */
export interface AdjustedSequence {
  tokens: number[];
  padding: number;
}

/** Which sequence is being made. */
export interface Item {
  split: Split;
  index: number;
}

/**
 * The base class of generators of your own: extend it and override `generateSequence`. A sequence is
 * a function of the config and the item alone: draw with the methods here, keep no state between
 * calls. All draws throw outside of `generateSequence`, and when a sequence draws more random words
 * than 1024 a token and 65536 on top.
 */
export interface SequenceGenerator {
  /** The config with defaults filled in; in a split, with the split's overrides. */
  readonly config: Config;
  readonly vocabSize: number;
  readonly seqLength: number;
  /** The config's `custom_params`; an empty object when there are none. */
  readonly customParams: Record<string, any>;
  readonly item: Item;
  /** One sequence: 1 to seq_length ids (more with length_variation) from 0 to vocab_size - 1. */
  generateSequence(): ArrayLike<number> | AdjustedSequence;
  /** A real number in [0, 1). */
  random(): number;
  /** An unbiased integer in [0, range), range 1 … 2^32 − 1. */
  randomInteger(range: number): number;
  /** A token from the content distribution; the n-th is the same however much else is drawn. */
  randomToken(): number;
  /** The length that length_variation draws for this sequence. */
  randomLength(): number;
  /** The token at a position of patterns of pattern_length tokens laid end to end. */
  generatePatternToken(position: number): number;
  /** Cuts a sequence to seq_length, or fills it up with pad_token. */
  adjustLength(sequence: ArrayLike<number>): AdjustedSequence;
  /** The first `count` sequences of the train split, noise included. */
  generateDataset(count: number): SequenceBatch;
}

export type SequenceGeneratorClass = new (config?: Config) => SequenceGenerator;

export interface CustomOptions {
  /** Source text whose hash the manifest gets; default: the class's own text. */
  source?: string;
  /** Called before each sequence. */
  onSequence?(item: Item): void;
}

/** How a dataset's files are written. */
export interface DatasetOptions {
  /** Name of a format, as in the CLI's --format; default jsonl. */
  format?: string;
  /** Each sequence's structure and noise beside its ids, in jsonl; default false. */
  latents?: boolean;
  /** Type of the ids: uint16, uint32, int32 or int64, as far as the format has it. */
  dtype?: string;
  /** With bin: an id behind each sequence, above every token's. */
  separator?: number;
}

/** The sequences of a file in memory. */
export interface SequenceReader {
  /** For progress. */
  readonly bytesRead: number;
  /**
   * The next sequences, of about 2^18 tokens; null at the end.
   * @throws {SynthgenError} at a fault, with its place
   */
  next(): SequenceBatch | null;
  delete(): void;
}

/** A dataset's files as byte chunks, identical to what the CLI writes. */
export interface DatasetEncoder {
  /** The next chunk of the next file; null behind the last one. */
  next(): { file: string; sequences: number; bytes: Uint8Array } | null;
  /** metadata.json, once `next` has returned null. */
  manifest(): string;
  delete(): void;
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

export interface Synthgen {
  readonly version: string;
  readonly streamVersion: number;
  parameters(): Parameter[];
  families(): Family[];
  measures(): Measure[];
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
   * What is wrong with a batch, a JSONL text or the bytes of a file, see `loadSyntheticData`; goes on
   * behind faults.
   * @throws {SynthgenError} when a limit is not allowed
   */
  validateSyntheticData(
    data: SequenceBatch | string | Uint8Array,
    limits?: Limits,
    name?: string,
  ): ValidationReport;
  /** @throws {SynthgenError} when a limit is not allowed */
  validator(limits?: Limits): Validator;
  /**
   * The sequences whose complexity lies between the bounds, in their order.
   * @throws {SynthgenError} when a bound or an option is not allowed
   */
  filterByComplexity(
    batch: SequenceBatch,
    minComplexity: number,
    maxComplexity: number,
    options?: ComplexityOptions,
  ): SequenceBatch;
  /** The sequences cut to maxLength tokens, latents with them; oracle_bits go where that cuts. */
  adjustSequenceLengths(batch: SequenceBatch, maxLength: number): SequenceBatch;
  /**
   * For each stage the sequences in its range, cut to its length.
   * @throws {SynthgenError} with every problem of the stages
   */
  createCurriculumData(
    batch: SequenceBatch,
    stages: Record<string, Stage>,
    options?: ComplexityOptions,
  ): Record<string, SequenceBatch>;
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

/** Loads the module; `wasmUrl` (pages, workers): where a bundler put synthgen.wasm, if elsewhere. */
export function createSynthgen(options?: { wasmUrl?: string }): Promise<Synthgen>;
