// Generators of your own.

import type { Config, SequenceBatch, Split } from './synthgen.js';

/** A sequence whose last `padding` tokens only fill the row. */
export interface AdjustedSequence {
  tokens: number[];
  padding: number;
}

/** A sequence with a label for each token: an id, or -100 where none is scored. */
export interface LabelledSequence {
  tokens: ArrayLike<number>;
  labels: ArrayLike<number>;
  padding?: number;
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
  /** Whether each sequence comes with labels, which noise does not change; default false. */
  readonly hasLabels: boolean;
  /** One sequence: 1 to seq_length ids (more with length_variation) from 0 to vocab_size - 1. */
  generateSequence(): ArrayLike<number> | AdjustedSequence | LabelledSequence;
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
