#pragma once

#include "synthgen/analyze/measure_registry.hpp"

#include <memory>
#include <string>

#include "support/configs.hpp"

namespace synthgen::testing {

/// The accumulator of a measure, by name.
inline std::unique_ptr<Accumulator> accumulator_of(const std::string& measure,
                                                   const AnalysisOptions& options = {}) {
  return value_of(selected_measures({measure})).front()->make(options);
}

/// What a measure reports of a batch.
inline ReportSections sections_of(const std::string& measure, const SequenceBatch& batch,
                                  const AnalysisOptions& options = {}) {
  const std::unique_ptr<Accumulator> accumulator = accumulator_of(measure, options);
  accumulator->add(batch);
  ReportSections sections;
  accumulator->report(sections);
  return sections;
}

}  // namespace synthgen::testing
