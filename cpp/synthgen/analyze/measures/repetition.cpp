#include "synthgen/analyze/counting/distinct_ngrams.hpp"
#include "synthgen/analyze/counting/fixed_sum.hpp"
#include "synthgen/analyze/measure.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace synthgen {
namespace {

/// `rep_n`: for n = 1 … 4 the mean over sequences of 1 − different n-grams / n-grams; sequences of
/// fewer than n tokens are left out.
class RepetitionAccumulator final : public Accumulator {
 public:
  explicit RepetitionAccumulator(const AnalysisOptions&) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

 private:
  DistinctNgrams distinct_;
  std::array<FixedMean, DistinctNgrams::longest> repeated_;  ///< by n − 1
};

void RepetitionAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto sequence = batch.content(i);
    const auto distinct = distinct_(sequence, batch.gaps(i));
    for (std::size_t n = 1; n <= std::min(distinct.size(), sequence.size()); ++n) {
      const auto ngrams = static_cast<double>(sequence.size() - n + 1);
      repeated_[n - 1].add(1 - static_cast<double>(distinct[n - 1]) / ngrams);
    }
  }
}

void RepetitionAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const RepetitionAccumulator&>(other);
  for (std::size_t i = 0; i < repeated_.size(); ++i) {
    repeated_[i].merge(from.repeated_[i]);
  }
}

void RepetitionAccumulator::report(ReportSections& sections) const {
  Json shares = Json::object();
  for (std::size_t n = 1; n <= repeated_.size(); ++n) {
    shares[std::to_string(n)] = or_null(repeated_[n - 1].value());
  }
  sections.details["rep_n"] = std::move(shares);
}

void RepetitionAccumulator::exchange(StateArchive& archive) {
  archive(repeated_);
}

constexpr std::array repetition_measures{
    MeasureInfo{
        .name = "rep_n",
        .formula = "for n = 1 ... 4: mean over sequences of 1 - different n-grams / n-grams",
        .range = "0 to 1",
        .source = "Welleck et al. 2020",
        .kind = ValueKind::by_n,
        .expected = Expected::by_mean},
};

}  // namespace

extern const MeasureEntry repetition_entry;
const MeasureEntry repetition_entry{"rep_n", repetition_measures,
                                    &make_accumulator<RepetitionAccumulator>, false, InPage::never};

}  // namespace synthgen
