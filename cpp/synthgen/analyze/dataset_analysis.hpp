#pragma once

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/shard.hpp"

#include <array>
#include <functional>

namespace synthgen {

/// The sequences of each split.
using SequenceRanges = std::array<SequenceRange, all_splits.size()>;

/// Called with sequences that have been measured, in order and by one thread at a time. Its failure
/// ends the analysis.
using SequenceObserver = std::function<Result<void>(Split, const SequenceBatch&)>;

/// Measures sequences of all splits as they are generated, without files. The report is the same
/// for any number of threads. Fails like generator, analyzer and observer.
Result<Analyzer> analyze_ranges(const Generator& generator, bool with_latents,
                                const SequenceRanges& ranges, const AnalysisOptions& options,
                                unsigned threads, const SequenceObserver& observe = {});

/// Measures the sequences of a shard. `go_on` is called from time to time; if it returns false,
/// fails (cancelled).
Result<Analyzer> analyze_shard(const Generator& generator, bool with_latents, const Shard& shard,
                               const AnalysisOptions& options, unsigned threads,
                               const std::function<bool()>& go_on = {});

}  // namespace synthgen
