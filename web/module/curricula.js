import { checkedBatch } from './checks.js';
import { unwrap } from './errors.js';

/** The part of the interface that sorts sequences by complexity. */
export const curricula = (module) => ({
  smallestVocabSize: (batch) => unwrap(module.smallestVocabSize(checkedBatch(batch))),
  entropyComplexities: (entropies, lengths, vocabSize) =>
    unwrap(
      module.entropyComplexities(
        Float64Array.from(entropies),
        Uint32Array.from(lengths),
        vocabSize,
      ),
    ),
  filterByComplexity: (batch, minComplexity, maxComplexity, options = {}) => {
    const stage = {
      min_complexity: minComplexity,
      max_complexity: maxComplexity,
      max_length: Number.MAX_SAFE_INTEGER,
    };
    return unwrap(module.filterByComplexity(checkedBatch(batch), stage, options));
  },
  adjustSequenceLengths: (batch, maxLength) =>
    unwrap(module.adjustSequenceLengths(checkedBatch(batch), maxLength)),
  createCurriculumData: (batch, stages, options = {}) =>
    unwrap(module.createCurriculumData(checkedBatch(batch), stages, options)),
});
