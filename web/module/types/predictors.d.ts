import type { Report } from './analysis.js';
import type { Freed } from './synthgen.js';

/** What some sequences measure that only their generator can tell. */
export interface FloorMeasures {
  /** The measures of the groups `predictive_bits` and `baselines`. */
  report: Report;
  /** What is predicted: labels where the sequences have some. */
  target: 'tokens' | 'labels';
  /** Why the config has no exact law, if it has none. */
  noFloor?: string;
}

/**
 * The exact law of the next token of a generator's sequences, given the tokens before it and
 * nothing else but the config: what the best possible model outputs. Feed it one sequence after
 * another: `reset`, then for each position `probability` or `law` as wanted, and `observe`.
 */
export interface Predictor extends Freed {
  /** Begins another sequence. */
  reset(): void;
  /** P(the next token is `id`), given that there is one; 0 for all after an impossible token. */
  probability(id: number): number;
  /** Takes the next token and returns the probability that it had. */
  observe(id: number): number;
  /** The probability of each id of the vocabulary. */
  law(): Float64Array;
  /** The entropy of the law in bits. */
  readonly entropyBits: number;
  /** P(there is a next token). */
  readonly continuation: number;
  /** P(the position of the last token is scored); 0 for generators without labels. */
  readonly scored: number;
  /** P(the label at the position of the last token is `id`), given that it is scored. */
  labelProbability(id: number): number;
  labelLaw(): Float64Array;
  readonly labelEntropyBits: number;
  /** What each token of a sequence costs, from its beginning, in bits: -log2 P(x_t | x_<t). */
  bits(sequence: ArrayLike<number>): Float64Array;
}
