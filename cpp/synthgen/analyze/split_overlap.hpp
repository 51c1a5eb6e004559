#pragma once

#include "synthgen/analyze/hashing/content_index.hpp"
#include "synthgen/config/config.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <array>
#include <cstdint>

namespace synthgen {

/// Which sequences of one split occur, token for token, in another: a model should not be evaluated
/// on its training data. Holds 24 bytes a sequence; at the limit they go to temporary files or, if
/// those are not wanted, a sample of the contents is kept. Empty sequences are left out.
class SplitOverlap {
 public:
  explicit SplitOverlap(const CountLimits& limits = {}) : contents_(limits) {}

  /// Fails (io) if the limit is reached and the temporary file cannot be written.
  Result<void> add(Split split, const SequenceBatch& batch);

  struct Report {
    /// For each two splits that have sequences, in the order train, val, test: how many sequences
    /// of the second occur in the first, and their share of the second.
    ///
    /// Example: {"train/val": {"sequences": 3, "share": 0.003}}
    Json pairs = Json::object();
    /// By pair, if a sample was kept: the share's standard error. Empty if counts are exact.
    Json error_bounds = Json::object();
  };
  /// Fails (io) if the temporary file cannot be read.
  Result<Report> report() const;

 private:
  template <class Value>
  using BySplit = std::array<Value, std::size(all_splits)>;

  ContentIndex contents_;
  BySplit<bool> present_{};
  BySplit<std::uint64_t> sequences_{};  ///< that are not empty
};

}  // namespace synthgen
