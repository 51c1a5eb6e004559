// What the module finds out about sequences: reports, advice, faults, and stages of a curriculum.

import type { Config, Freed, Generator, Range, SequenceBatch } from './synthgen.js';

export interface Ngram {
  pattern: number[];
  count: number;
}

/** Consecutive tokens that form a pattern, found without knowing how they were made. */
export interface PatternRun {
  /** Position of the first token. */
  start: number;
  length: number;
  kind: 'repetition' | 'alternation' | 'progression' | 'reversal';
}

/**
 * A property that tends to make training fail, and the parameter change that fixes it, if there is
 * one.
 */
export interface Advice {
  rule: string;
  /**
   * "low diversity", "poor patterns", "memory issues", "training instability", or the recommended
   * practice that the data violates: "use appropriate size", "validate data", "add complexity gradually".
   */
  trouble: string;
  /** What in the report or the config triggered it, its value and what that should not pass. */
  measure: string;
  value: number;
  threshold: number;
  message: string;
  /** Empty where no parameter would help. */
  parameter: string;
  /** The parameter with its new value, to be merged into a config; empty without one. */
  change: Config;
}

/** How a measure of single sequences is distributed over them; null without sequences. */
export interface Distribution {
  count: number;
  mean: number;
  sd: number;
  min: number;
  max: number;
  /** By share: "0.05", "0.25", "0.5", "0.75" and "0.95". */
  quantiles: Record<string, number>;
  /** Bins of equal width; the last includes both of its edges. */
  histogram: { edges: number[]; counts: number[] };
}

/**
 * The measures by name; null if a number is not defined for the data. Without the options' `measures`
 * only the default ones; the others are optional here.
 */
export interface Report {
  num_sequences: number;
  avg_length: number | null;
  min_length: number | null;
  max_length: number | null;
  num_tokens: number;
  vocab_usage: number;
  local_coherence: number | null;
  global_coherence: number | null;
  /** Number of distinct ids. */
  token_diversity: number;
  /** Share of distinct sequences among all sequences. */
  sequence_diversity: number | null;
  /** Mean entropy of the sequences, in bits. */
  average_entropy: number | null;
  /** Share of sequences in which the detector finds a pattern of at least 6 tokens. */
  pattern_ratio: number | null;
  /** Of the sequences with latents; absent when there are none. */
  oracle_bits_per_token?: number;
  /** With measures 'baselines': what simple rules reach, fitted to half of the sequences. */
  shortcut_uniform_bits?: number | null;
  shortcut_uniform_accuracy?: number | null;
  shortcut_unigram_bits?: number | null;
  shortcut_unigram_accuracy?: number | null;
  shortcut_majority_bits?: number | null;
  shortcut_majority_accuracy?: number | null;
  shortcut_position_bits?: number | null;
  shortcut_position_accuracy?: number | null;
  shortcut_bigram_bits?: number | null;
  shortcut_bigram_accuracy?: number | null;
  shortcut_trigram_bits?: number | null;
  shortcut_trigram_accuracy?: number | null;
  shortcut_copy_previous_bits?: number | null;
  shortcut_copy_previous_accuracy?: number | null;
  shortcut_last_value_bits?: number | null;
  shortcut_last_value_accuracy?: number | null;
  shortcut_induction_bits?: number | null;
  shortcut_induction_accuracy?: number | null;
  shortcut_context_slot_bits?: number | null;
  shortcut_context_slot_accuracy?: number | null;
  shortcut_query_rank_bits?: number | null;
  shortcut_query_rank_accuracy?: number | null;
  /** Of data with predictive_bits: their mean, what the best possible model pays for a token. */
  predictive_bits_per_token?: number;
  /**
   * The same by position, from 64 on by stretches of positions; and what the tokens there cost a
   * reader who is told the structure, and by the frequencies of ids in all of the data.
   */
  predictive_bits_by_position?: {
    position: number[];
    floor: (number | null)[];
    oracle: (number | null)[];
    unigram: (number | null)[];
  };
  /** The detector against the latents' patterns; absent where there is nothing to compare. */
  pattern_precision?: number;
  pattern_recall?: number;
  /** Share of sequences that equal an earlier one. */
  duplicate_share?: number | null;
  /** Share of sequences that resemble another one. */
  near_duplicate_share?: number | null;
  /** Exponent of the Zipf law that best fits the counts of the ids, and its standard error. */
  zipf_exponent?: number | null;
  zipf_exponent_error?: number | null;
  /** Of a token given the one before it, in bits; the same for shuffled tokens. */
  conditional_entropy?: number | null;
  conditional_entropy_baseline?: number | null;
  /** Mean normalised Lempel-Ziv complexity, 0 to 1. */
  lz_complexity?: number | null;
  /** Size of the vocabulary, if known: complexities are normalised by it. */
  vocab_size?: number;
  /** Whether every count is exact. */
  exact: boolean;
  /** For each measure that is not exact, its possible error. */
  error_bounds?: Record<string, Record<string, unknown>>;
  /** Count of each id, ids ascending. */
  token_distribution: Record<string, number>;
  /** Count of each length, lengths ascending. */
  length_histogram: Record<string, number>;
  coherence_left_out: { under_2_tokens: number; empty: number };
  /** The most common n-grams, ties in lexicographic order. */
  pattern_detection: Ngram[];
  /** Between tokens at each distance, in bits; the baseline is for shuffled tokens. */
  mutual_information?: {
    distance: number[];
    bits: (number | null)[];
    baseline: (number | null)[];
    exact: boolean;
    tokens: number;
  };
  /** Share of pairs of equal tokens at each lag. */
  lag_equality?: { lag: number[]; share: (number | null)[] };
  /** By the name of a list in `per_sequence`. */
  distributions?: Record<string, Distribution>;
  /** Different n-grams over all n-grams, by n = "1" … "4". */
  distinct_n?: Record<string, number | null>;
  /** Mean share of n-grams that occurred earlier in their sequence, by n = "1" … "4". */
  rep_n?: Record<string, number | null>;
  /** What to do about it; empty for healthy data. */
  advice: Advice[];
  /** With `perSequence`: one value a sequence, in order. */
  per_sequence?: {
    length: number[];
    local_coherence: (number | null)[];
    global_coherence: (number | null)[];
    entropy: number[];
    /** Where the size of the vocabulary is known. */
    entropy_complexity?: number[];
    lz_complexity?: (number | null)[];
  };
}

/** What a measure of a report should be; both parts have its form, or that of its numbers. */
export interface ExpectedMeasure<Value = unknown> {
  value: Value;
  formula: string;
  /** Where the value is an estimate. */
  standard_error?: Value;
}

export interface AnalyzerOptions {
  /** n of the most common n-grams, 1 … 16; default 3. */
  ngram?: number;
  /** How many n-grams to report; default 10. */
  top?: number;
  /** Also report each sequence's values; default false. */
  perSequence?: boolean;
  /** Names of measures or groups, `default` or `all`; default: `['default']`. */
  measures?: string[];
  /**
   * The config that the data was made with: the report's advice then knows what to change, and
   * complexities are normalised with its vocabulary.
   */
  config?: Config;
  /**
   * Size of the vocabulary that complexities are normalised with, at least 1. Default: that of
   * `config`, else the number of different ids in each sequence.
   */
  vocabSize?: number;
  /** Bytes for n-grams and distinct sequences; beyond them the analysis fails. Default 1 GiB. */
  memoryLimit?: number;
  /** Beyond the limit count a sample, with `error_bounds` in the report, instead of failing. */
  approximate?: boolean;
}

/** Measures batches; any partition of the data, merged in any order, gives the same report. */
export interface Analyzer extends Freed {
  add(batch: SequenceBatch): void;
  /** @throws {SynthgenError} when the other was made with other options */
  merge(other: Analyzer): void;
  /**
   * Adds sequences of a generator as `add` does, without copies of them.
   * @throws {SynthgenError} when the range is not allowed
   */
  addRange(generator: Generator, range: Range): void;
  /** Everything added so far as bytes, for `loadAnalyzer` in another worker or process. */
  save(): Uint8Array<ArrayBuffer>;
  report(): Report;
}

/** Limits of a validation; left out: any. */
export interface Limits {
  /** Ids lie below it. */
  vocab_size?: number;
  min_length?: number;
  max_length?: number;
  /** Whether sequences may have the ids of an earlier one; default false. */
  allow_duplicates?: boolean;
}

export interface FaultTally {
  kind:
    'malformed' | 'negative_id' | 'id_too_large' | 'empty' | 'too_short' | 'too_long' | 'duplicate';
  count: number;
  /** Where the first of them are; lines, or sequences, count from 1; 0: the file as a whole. */
  first: { file: string; line: number; message: string }[];
}

export interface ValidationReport {
  passed: boolean;
  num_sequences: number;
  num_faults: number;
  /** The kinds that were found. */
  faults: FaultTally[];
  /** What the user should know of how files were read, such as members that are left out. */
  notes?: string[];
}

/** Validates data that comes in pieces, and finds equal sequences in all of them. */
export interface Validator extends Freed {
  /** Sequences, whose places count on from those before. */
  add(batch: SequenceBatch): void;
  /**
   * A JSONL text that faults call `name` (default: data); a file's pieces come one after another,
   * `firstLine` (default 1) being the number of the piece's first line in the file.
   */
  addText(data: string | Uint8Array, name?: string, firstLine?: number): void;
  /** A whole file in memory, of any format that `openFile` reads. */
  addFile(bytes: Uint8Array, name: string): void;
  /** What was found so far. */
  report(): ValidationReport;
}

/** One stage of a curriculum. */
export interface Stage {
  /** From 0 to 1, themselves included. */
  min_complexity: number;
  max_complexity: number;
  /** Tokens; longer sequences are cut. */
  max_length: number;
}

export interface ComplexityOptions {
  /** Entropy of the token counts over its maximum (default), or Lempel-Ziv complexity. */
  complexity?: 'entropy' | 'lz';
  /** What bounds mean: ranks among the sequences, from 0 to 1 (default), or the complexity itself. */
  complexity_scale?: 'quantile' | 'raw';
  /** Ids that complexity is normalised with; default: the largest id plus 1. */
  vocab_size?: number;
}
