#include "synthgen/analyze/measures/repetition.hpp"

#include <string>

namespace synthgen {
namespace {

constexpr std::array repetition_measures{
    MeasureInfo{"rep_n", "",
                "for n = 1 ... 4: mean over sequences of 1 - different n-grams / n-grams", "0 to 1",
                "Welleck et al. 2020"},
};

}  // namespace

void RepetitionAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto sequence = batch.content(i);
    const auto distinct = distinct_(sequence);
    for (std::size_t n = 1; n <= std::min(distinct.size(), sequence.size()); ++n) {
      const auto ngrams = static_cast<double>(sequence.size() - n + 1);
      repeated_[n - 1].sum.add(1 - static_cast<double>(distinct[n - 1]) / ngrams);
      ++repeated_[n - 1].count;
    }
  }
}

void RepetitionAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const RepetitionAccumulator&>(other);
  for (std::size_t i = 0; i < repeated_.size(); ++i) {
    repeated_[i].sum.merge(from.repeated_[i].sum);
    repeated_[i].count += from.repeated_[i].count;
  }
}

void RepetitionAccumulator::report(ReportSections& sections) const {
  Json shares = Json::object();
  for (std::size_t n = 1; n <= repeated_.size(); ++n) {
    const Mean& mean = repeated_[n - 1];
    shares[std::to_string(n)] =
        mean.count == 0 ? Json() : Json(mean.sum.value() / static_cast<double>(mean.count));
  }
  sections.details["rep_n"] = std::move(shares);
}

void RepetitionAccumulator::exchange(StateArchive& archive) {
  archive(repeated_);
}

const MeasureEntry repetition_entry{"rep_n", repetition_measures,
                                    &make_accumulator<RepetitionAccumulator>, false};

}  // namespace synthgen
