#pragma once

#include "synthgen/analyze/counting/state_archive.hpp"
#include "synthgen/analyze/measure_info.hpp"
#include "synthgen/analyze/measured_batch.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/config/result.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
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
  /// Names of measures or groups, `default` or `all`; empty: `default`. The measures of a group are
  /// computed together.
  std::vector<std::string> measures = {};
  /// Approximate bytes that exact counts may take; beyond it they move to temporary files.
  std::uint64_t memory_limit_bytes = std::uint64_t{1} << 30;
  /// Number of analyzers, to be merged, that share the limit, e.g. one for each thread.
  unsigned memory_shares = 1;
  /// Stay within the limit without files, with counts whose errors are bounded.
  bool approximate = false;
  /// Size of the vocabulary, if known: complexities are normalised by it.
  std::optional<std::int64_t> vocab_size = std::nullopt;

  /// Bytes that this analyzer's exact counts may take.
  std::uint64_t own_memory_bytes() const noexcept {
    return memory_limit_bytes / std::max(1U, memory_shares);
  }
};

/// The parts of a report: plain numbers, then all other values, then lists with a value for each
/// sequence.
struct ReportSections {
  Json numbers = Json::object();
  Json details = Json::object();
  Json per_sequence = Json::object();
  /// For each measure that is not exact, by name, its possible error. Empty if the report is exact.
  Json error_bounds = Json::object();
  /// Why a measure could not be computed, e.g. because a temporary file cannot be read.
  std::optional<Error> failure = std::nullopt;
};

/// Accumulates one or several measures over batches. `add` with any partition of the data and
/// `merge` in any order give the identical report; only the per-sequence lists follow the order.
class Accumulator {
 public:
  virtual ~Accumulator() = default;
  virtual void add(const MeasuredBatch& batch) = 0;
  /// `other` is of the same type with the same options.
  virtual void merge(const Accumulator& other) = 0;
  /// Like `merge`, but may take over the memory of `other`, which is then only destroyed.
  virtual void absorb(Accumulator&& other) { merge(other); }
  virtual void report(ReportSections& sections) const = 0;
  /// Writes the state, or reads the state that an accumulator of the same type and options wrote.
  /// The accumulator stays usable whatever the bytes are.
  virtual void exchange(StateArchive& archive) = 0;
  /// Why some of the data could not be kept, e.g. because the disk is full.
  virtual std::optional<Error> failure() const { return std::nullopt; }
};

/// When the page measures a group.
enum class InPage : std::uint8_t {
  at_once,        ///< with each preview
  after_preview,  ///< once the preview rests
  of_files,       ///< of files and in HTML reports only
  never,
};

/// A group of measures that one accumulator computes: a line of the registry.
struct MeasureEntry {
  std::string_view name;  ///< of the group
  std::span<const MeasureInfo> measures;
  std::unique_ptr<Accumulator> (*make)(const AnalysisOptions&);
  bool in_default;  ///< measured unless something else is asked for
  InPage in_page;
};

/// Makes an accumulator that is constructed from the options.
template <class Made>
std::unique_ptr<Accumulator> make_accumulator(const AnalysisOptions& options) {
  return std::make_unique<Made>(options);
}

/// A JSON number, or null for none.
inline Json or_null(std::optional<double> value) {
  return value ? Json(*value) : Json();
}

}  // namespace synthgen
