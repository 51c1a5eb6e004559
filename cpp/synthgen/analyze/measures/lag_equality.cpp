#include "synthgen/analyze/measures/lag_equality.hpp"

#include <algorithm>

namespace synthgen {
namespace {

/// How many of `count` tokens are the same in both places.
std::uint32_t count_equal(const std::uint32_t* a, const std::uint32_t* b,
                          std::size_t count) noexcept {
  std::uint32_t equal = 0;
  for (std::size_t i = 0; i < count; ++i) equal += a[i] == b[i] ? 1U : 0U;
  return equal;
}

constexpr std::array lag_equality_measures{
    MeasureInfo{"lag_equality", "",
                "for each lag d = 1 ... 64: pairs (t, t + d) with x_t = x_{t+d} / pairs, over all "
                "sequences; null where there is no pair",
                "0 to 1", "autocorrelation of equality; synthgen"},
};

}  // namespace

void LagEqualityAccumulator::add(std::span<const std::uint32_t> sequence) noexcept {
  constexpr std::size_t block = 4096;  // tokens that stay in the cache for all lags
  for (std::size_t start = 0; start < sequence.size(); start += block) {
    const std::size_t end = std::min(sequence.size(), start + block);
    for (std::size_t lag = 1; lag <= longest_lag; ++lag) {
      const std::size_t first = std::max(start, lag);
      if (first >= end) break;
      pairs_[lag - 1] += end - first;
      equal_[lag - 1] +=
          count_equal(sequence.data() + first, sequence.data() + first - lag, end - first);
    }
  }
}

void LagEqualityAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) add(batch.content(i));
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

const MeasureEntry lag_equality_entry{"lag_equality", lag_equality_measures,
                                      &make_accumulator<LagEqualityAccumulator>, false};

}  // namespace synthgen
