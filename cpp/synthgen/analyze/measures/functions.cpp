#include "synthgen/analyze/measures/functions.hpp"

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/analyze/measures/coherence.hpp"
#include "synthgen/analyze/measures/diversity.hpp"
#include "synthgen/analyze/measures/entropy.hpp"
#include "synthgen/analyze/measures/ngrams.hpp"
#include "synthgen/analyze/measures/pattern_runs.hpp"
#include "synthgen/analyze/measures/statistics.hpp"

#include <initializer_list>
#include <utility>

namespace synthgen {

std::vector<NgramCount> detect_patterns(const SequenceBatch& batch, unsigned min_length) {
  if (min_length < 1 || min_length > longest_ngram) return {};
  NgramAccumulator ngrams({.ngram = min_length, .memory_limit_bytes = UINT64_MAX});
  ngrams.add(batch);
  return std::move(*ngrams.most_common());
}

QualityMetrics compute_quality_metrics(const SequenceBatch& batch) {
  StatisticsAccumulator statistics({});
  SequenceDiversityAccumulator diversity({});
  EntropyAccumulator entropy({});
  PatternRunsAccumulator patterns({});
  for (Accumulator* part :
       std::initializer_list<Accumulator*>{&statistics, &diversity, &entropy, &patterns}) {
    part->add(batch);
  }
  return {diversity.sequence_diversity(), *statistics.tokens().distinct(),
          entropy.average_entropy(), patterns.pattern_ratio()};
}

Coherence measure_coherence(const SequenceBatch& batch) {
  CoherenceAccumulator coherence({});
  coherence.add(batch);
  return {coherence.local_coherence(), coherence.global_coherence()};
}

}  // namespace synthgen
