#pragma once

#include "synthgen/analyze/counting/token_counts.hpp"
#include "synthgen/analyze/measure.hpp"

#include <cstdint>
#include <map>
#include <optional>

namespace synthgen {

/// Basic statistics: numbers of sequences and tokens, lengths, and the count of each id.
class StatisticsAccumulator final : public Accumulator {
 public:
  explicit StatisticsAccumulator(const AnalysisOptions& options);

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;
  std::optional<Error> failure() const override { return tokens_.failure(); }

  std::uint64_t num_sequences() const noexcept;
  /// Mean length in tokens; none without sequences.
  std::optional<double> avg_length() const noexcept;
  const TokenCounts& tokens() const noexcept { return tokens_; }
  /// Number of sequences of each length.
  const std::map<std::uint64_t, std::uint64_t>& lengths() const noexcept { return lengths_; }

 private:
  void report_tokens(ReportSections& sections) const;

  bool per_sequence_;
  std::size_t most_listed_;  ///< largest number of ids in the token distribution
  std::map<std::uint64_t, std::uint64_t> lengths_;
  TokenCounts tokens_;
  std::vector<std::uint64_t> sequence_lengths_;
};

}  // namespace synthgen
