import type { ComplexityOptions, Stage } from './analysis.js';
import type { SequenceBatch } from './synthgen.js';

/** The part of the interface that sorts sequences by complexity. */
export interface Curricula {
  /**
   * The largest id of a batch plus 1: what complexities are normalised with where `vocab_size` is
   * not given. That of several batches together is the largest of theirs.
   */
  smallestVocabSize(batch: SequenceBatch): number;
  /**
   * The entropy complexity of each sequence, from its entropy in bits and its length: the entropy as a
   * share of the largest that so many tokens of `vocabSize` ids can have.
   * @throws {SynthgenError} when `vocabSize` is not a positive integer
   */
  entropyComplexities(
    entropies: ArrayLike<number>,
    lengths: ArrayLike<number>,
    vocabSize: number,
  ): Float64Array;
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
}
