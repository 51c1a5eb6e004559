#pragma once

#include "synthgen/analyze/measure.hpp"

namespace synthgen {

/// The options in an object of `ngram`, `top`, `per_sequence`, `measures` (a list of names),
/// `memory_limit` (bytes), `approximate` and `vocab_size` (at least 1), all optional. Fails (usage)
/// with every problem at once; whether measures of these names exist is known to
/// `Analyzer::create`.
Result<AnalysisOptions> read_analysis_options(const Json& object);

}  // namespace synthgen
