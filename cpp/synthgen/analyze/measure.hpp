#pragma once

#include "synthgen/analyze/counting/state_archive.hpp"
#include "synthgen/analyze/measured_batch.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/config/result.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// What to measure, and how.
struct AnalysisOptions {
  unsigned ngram = 3;  ///< n of the most common n-grams, 1 … 16
  unsigned top = 10;   ///< how many of them to report, at least 1
  /// Also report the value of each sequence, in order, for charts; memory grows with the data.
  bool per_sequence = false;
  /// Names of measures or of their groups, `default` or `all`; empty: `default`. A measure brings
  /// the others of its group with it.
  std::vector<std::string> measures = {};
  /// About how many bytes the exact counts may take before they move to temporary files.
  std::uint64_t memory_limit_bytes = std::uint64_t{1} << 30;
  /// How many analyzers, to be merged, share the limit, as one for each thread does.
  unsigned memory_shares = 1;
  /// Stay within the limit without files, by counts whose errors are bounded.
  bool approximate = false;
  /// Number of ids that the data may have, where it is known: complexities are normalised with it.
  std::optional<std::int64_t> vocab_size = std::nullopt;

  /// What this analyzer's exact counts may take.
  std::uint64_t own_memory_bytes() const noexcept {
    return memory_limit_bytes / std::max(1U, memory_shares);
  }
};

/// The parts of a report: plain numbers, then everything else, then values for each sequence.
struct ReportSections {
  Json numbers = Json::object();
  Json details = Json::object();
  Json per_sequence = Json::object();
  /// By name of a measure that is not exact: how far it may be off. The report is exact when this
  /// is empty.
  Json error_bounds = Json::object();
  /// Why a measure could not be computed, as when a temporary file cannot be read.
  std::optional<Error> failure = std::nullopt;
};

/// Accumulates one or several measures over batches. `add` in any partition of the data and `merge`
/// in any order give the identical report; only the per-sequence lists follow the order.
class Accumulator {
 public:
  virtual ~Accumulator() = default;
  virtual void add(const MeasuredBatch& batch) = 0;
  /// `other` is of the same type with the same options.
  virtual void merge(const Accumulator& other) = 0;
  virtual void report(ReportSections& sections) const = 0;
  /// Writes the state, or reads what an accumulator of the same type and options has written.
  /// Whatever the bytes are, the accumulator can be used afterwards.
  virtual void exchange(StateArchive& archive) = 0;
  /// Why not everything that was added could be kept, as when the disk is full.
  virtual std::optional<Error> failure() const { return std::nullopt; }
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
  std::string_view name;  ///< of the group of measures
  std::span<const MeasureInfo> measures;
  std::unique_ptr<Accumulator> (*make)(const AnalysisOptions&);
  bool in_default;  ///< measured unless something else is asked for
};

/// The maker of an accumulator that is constructed from the options.
template <class Made>
std::unique_ptr<Accumulator> make_accumulator(const AnalysisOptions& options) {
  return std::make_unique<Made>(options);
}

/// A JSON number, or null where there is none.
inline Json or_null(std::optional<double> value) {
  return value ? Json(*value) : Json();
}

}  // namespace synthgen
