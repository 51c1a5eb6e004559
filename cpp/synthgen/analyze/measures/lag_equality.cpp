#include "synthgen/analyze/measure.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace synthgen {
namespace {

/// How many of `count` tokens are equal in both lists.
std::uint32_t count_equal(const std::uint32_t* a, const std::uint32_t* b,
                          std::size_t count) noexcept {
  std::uint32_t equal = 0;
  for (std::size_t i = 0; i < count; ++i) equal += a[i] == b[i] ? 1U : 0U;
  return equal;
}

/// `lag_equality`: for each lag from 1 to 64 the share of pairs x_t, x_{t+lag} of a sequence with
/// equal tokens, over the pairs of all sequences together. Peaks show periods.
class LagEqualityAccumulator final : public Accumulator {
 public:
  static constexpr std::size_t longest_lag = 64;

  explicit LagEqualityAccumulator(const AnalysisOptions&) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

 private:
  void add(std::span<const std::uint32_t> sequence, std::span<const std::uint32_t> gaps) noexcept;
  void compare(std::span<const std::uint32_t> sequence, std::size_t first) noexcept;
  /// None if no sequence is longer than the lag, which is 1 … 64.
  std::optional<double> share(std::size_t lag) const noexcept;

  std::array<std::uint64_t, longest_lag> equal_{};  ///< by lag − 1
  std::array<std::uint64_t, longest_lag> pairs_{};
};

/// Counts the pairs whose second token is at `first` or later by comparing every pair.
void LagEqualityAccumulator::compare(std::span<const std::uint32_t> sequence,
                                     std::size_t first) noexcept {
  constexpr std::size_t block = 4096;  // tokens that stay in the cache for all lags
  for (std::size_t start = first; start < sequence.size(); start += block) {
    const std::size_t end = std::min(sequence.size(), start + block);
    for (std::size_t lag = 1; lag <= longest_lag; ++lag) {
      const std::size_t second = std::max(start, lag);
      if (second >= end) break;
      equal_[lag - 1] +=
          count_equal(sequence.data() + second, sequence.data() + second - lag, end - second);
    }
  }
}

/// Visits only pairs that are equal, while they are few. `gaps` as in `MeasuredBatch`.
void LagEqualityAccumulator::add(std::span<const std::uint32_t> sequence,
                                 std::span<const std::uint32_t> gaps) noexcept {
  constexpr std::size_t visits_per_token = 4;  // take as long as all comparisons
  for (std::size_t lag = 1; lag <= std::min(longest_lag, sequence.size()); ++lag) {
    pairs_[lag - 1] += sequence.size() - lag;
  }
  std::size_t visits = visits_per_token * sequence.size();
  for (std::size_t t = 0; t < sequence.size(); ++t) {
    if (visits < longest_lag) return compare(sequence, t);
    std::size_t lag = gaps[t];
    for (std::size_t gap = lag; gap != 0 && lag <= longest_lag; lag += gap) {
      ++equal_[lag - 1];
      --visits;
      gap = gaps[t - lag];
    }
  }
}

void LagEqualityAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) add(batch.content(i), batch.gaps(i));
}

void LagEqualityAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const LagEqualityAccumulator&>(other);
  for (std::size_t i = 0; i < longest_lag; ++i) {
    equal_[i] += from.equal_[i];
    pairs_[i] += from.pairs_[i];
  }
}

std::optional<double> LagEqualityAccumulator::share(std::size_t lag) const noexcept {
  if (pairs_[lag - 1] == 0) return std::nullopt;
  return static_cast<double>(equal_[lag - 1]) / static_cast<double>(pairs_[lag - 1]);
}

void LagEqualityAccumulator::report(ReportSections& sections) const {
  Json lags = Json::array();
  Json shares = Json::array();
  for (std::size_t lag = 1; lag <= longest_lag; ++lag) {
    lags.push_back(lag);
    shares.push_back(or_null(share(lag)));
  }
  sections.details["lag_equality"] = {{"lag", std::move(lags)}, {"share", std::move(shares)}};
}

void LagEqualityAccumulator::exchange(StateArchive& archive) {
  archive(equal_, pairs_);
}

Json shares_of(const Json& curve, unsigned) {
  return curve.at("share");
}

constexpr std::array lag_equality_measures{
    MeasureInfo{.name = "lag_equality",
                .formula =
                    "for each lag d = 1 ... 64: pairs (t, t + d) with x_t = x_{t+d} / pairs, "
                    "over all sequences; null if there is no pair",
                .range = "0 to 1",
                .source = "autocorrelation of equality; synthgen",
                .kind = ValueKind::curve,
                .expected = Expected::by_ratio,
                .predicted = &shares_of,
                .chart = Chart::curve,
                .curve = {.places = "lag",
                          .lines = {"share"},
                          .has_peaks = true,
                          .title = "Equal tokens at lag",
                          .across = "lag in tokens",
                          .up = "share of pairs"}},
};

}  // namespace

extern const MeasureEntry lag_equality_entry;
const MeasureEntry lag_equality_entry{"lag_equality", lag_equality_measures,
                                      &make_accumulator<LagEqualityAccumulator>, false,
                                      InPage::after_preview};

}  // namespace synthgen
