#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/dataset/curriculum/curriculum.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <string_view>
#include <vector>

namespace synthgen {

// Functions on sequences in memory whose options and reports are JSON, for bindings to other
// languages.

/// What `Analyzer` reports. Fails (usage) as `read_analysis_options` and `Analyzer` do.
Result<Json> analysis_report(const SequenceBatch& batch, const Json& options);

/// What `Validator` reports of sequences, or of a JSONL text. Fails (usage) as
/// `read_validation_options` and `Validator` do.
Result<Json> validation_report(const SequenceBatch& batch, const Json& options);
Result<Json> validation_report_of_lines(std::string_view lines, const Json& options);

/// The sequences of each stage. Fails (usage) as `read_stages` and `read_complexity_options` do.
Result<std::vector<StageData>> curriculum_stages(const SequenceBatch& batch, const Json& stages,
                                                 const Json& options);

}  // namespace synthgen
