#pragma once

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/shard.hpp"

#include <array>
#include <functional>

namespace synthgen {

/// The sequences of each split.
using SequenceRanges = std::array<SequenceRange, all_splits.size()>;

/// Told of sequences when they have been measured, in their order and by one thread at a time; what
/// it fails with ends the analysis.
using SequenceObserver = std::function<Result<void>(Split, const SequenceBatch&)>;

/// Measures sequences of all splits as they are generated, without files. The report is the same
/// with any number of threads. Fails as generator, analyzer and observer do.
Result<Analyzer> analyze_ranges(const Generator& generator, bool with_latents,
                                const SequenceRanges& ranges, const AnalysisOptions& options,
                                unsigned threads, const SequenceObserver& observe = {});

/// Those of a shard. `go_on` is asked from time to time; fails also (cancelled) when told to stop.
Result<Analyzer> analyze_shard(const Generator& generator, bool with_latents, const Shard& shard,
                               const AnalysisOptions& options, unsigned threads,
                               const std::function<bool()>& go_on = {});

}  // namespace synthgen
