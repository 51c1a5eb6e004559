import { checkedSequence } from './checks.js';
import { unwrap } from './errors.js';

/** The part of the interface that consists of single functions. */
export function functions(module, { analyzeSequences }) {
  const samples = (family) => (options) =>
    unwrap(module.generateSamples({ ...options, generator: family }));
  return {
    checkConfig: (config) => unwrap(module.checkConfig(config)),
    formats: () => module.formats(),
    schema: () => module.schema(),
    presets: () => module.presets(),
    presetConfig: (name, config = {}) => unwrap(module.presetConfig(name, config)),
    generateRandomSequences: samples('random'),
    generatePatternSequences: samples('pattern'),
    generateHierarchicalSequences: samples('hierarchical'),
    generateConditionalSequences: samples('conditional'),
    analyzeDataset: analyzeSequences,
    detectPatterns: (batch, minLength = 3) =>
      analyzeSequences(batch, { ngram: minLength }).pattern_detection,
    computeQualityMetrics: (batch) => {
      const { sequence_diversity, token_diversity, average_entropy, pattern_ratio } =
        analyzeSequences(batch);
      return { sequence_diversity, token_diversity, average_entropy, pattern_ratio };
    },
    measureCoherence: (batch) => {
      const { local_coherence, global_coherence } = analyzeSequences(batch);
      return { local_coherence, global_coherence };
    },
    computeEntropy: (sequence) => module.computeEntropy(checkedSequence(sequence)),
    hasPattern: (sequence) => module.hasPattern(checkedSequence(sequence)),
    patternRuns: (sequence) => module.patternRuns(checkedSequence(sequence)),
  };
}
