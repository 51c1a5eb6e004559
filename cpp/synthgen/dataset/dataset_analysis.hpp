#pragma once

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/dataset/shard.hpp"
#include "synthgen/generate/generator.hpp"

#include <functional>

namespace synthgen {

/// Measures a shard's sequences of all splits as they are generated, without files. `go_on` is
/// asked from time to time. Fails as generator and analyzer do, and (cancelled) when told to stop.
Result<Analyzer> analyze_shard(const Generator& generator, bool with_latents, const Shard& shard,
                               const AnalysisOptions& options, unsigned threads,
                               const std::function<bool()>& go_on = {});

}  // namespace synthgen
