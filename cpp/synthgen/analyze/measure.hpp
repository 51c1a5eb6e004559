#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <memory>
#include <string_view>

namespace synthgen {

/// What to measure, and how.
struct AnalysisOptions {
  unsigned ngram = 3;  ///< n of the most common n-grams, 1 … 16
  unsigned top = 10;   ///< how many of them to report, at least 1
  /// Also report the value of each sequence, in order, for charts; memory grows with the data.
  bool per_sequence = false;
};

/// The parts of a report: plain numbers, then everything else, then values for each sequence.
struct ReportSections {
  Json numbers = Json::object();
  Json details = Json::object();
  Json per_sequence = Json::object();
};

/// Accumulates one or several measures over batches. `add` in any partition of the data and `merge`
/// in any order give the identical report; only the per-sequence lists follow the order.
class Accumulator {
 public:
  virtual ~Accumulator() = default;
  virtual void add(const SequenceBatch& batch) = 0;
  /// `other` is of the same type with the same options.
  virtual void merge(const Accumulator& other) = 0;
  virtual void report(ReportSections& sections) const = 0;
};

/// A measure for people: what a number in the report means.
struct MeasureInfo {
  std::string_view name;     ///< as in the report
  std::string_view unit;     ///< empty for a pure number
  std::string_view formula;  ///< the definition
  std::string_view range;
  std::string_view source;  ///< where the definition comes from
};

/// An accumulator's line in the registry.
struct MeasureEntry {
  std::span<const MeasureInfo> measures;
  std::unique_ptr<Accumulator> (*make)(const AnalysisOptions&);
};

}  // namespace synthgen
