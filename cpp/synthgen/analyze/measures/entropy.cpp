#include "synthgen/analyze/measures/entropy.hpp"

#include "synthgen/analyze/measures/complexity.hpp"

#include <array>

namespace synthgen {
namespace {

constexpr std::array entropy_measures{
    MeasureInfo{.name = "average_entropy",
                .unit = "bits",
                .formula = "mean over sequences of -sum over ids of p log2 p",
                .range = "0 to log2 L",
                .source = "Shannon 1948",
                .expected = Expected::by_mean,
                .section = Section::quality,
                .listed = Listed::always,
                .per_sequence = "entropy"},
};

}  // namespace

double compute_entropy(std::span<const std::uint32_t> sequence) {
  return SequenceCounter()(sequence).entropy_bits;
}

void EntropyAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const double bits = batch.entropy_bits(i);
    mean_.add(bits);
    if (!per_sequence_) continue;
    values_.push_back(bits);
    if (!vocab_size_) continue;
    complexities_.push_back(entropy_complexity(bits, batch.content(i).size(), *vocab_size_));
  }
}

void EntropyAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const EntropyAccumulator&>(other);
  mean_.merge(from.mean_);
  values_.insert(values_.end(), from.values_.begin(), from.values_.end());
  complexities_.insert(complexities_.end(), from.complexities_.begin(), from.complexities_.end());
}

void EntropyAccumulator::report(ReportSections& sections) const {
  sections.numbers["average_entropy"] = or_null(average_entropy());
  if (!per_sequence_) return;
  sections.per_sequence["entropy"] = values_;
  if (vocab_size_) sections.per_sequence["entropy_complexity"] = complexities_;
}

void EntropyAccumulator::exchange(StateArchive& archive) {
  archive(mean_, values_, complexities_);
}

extern const MeasureEntry entropy_entry;
const MeasureEntry entropy_entry{"entropy", entropy_measures, &make_accumulator<EntropyAccumulator>,
                                 true, InPage::at_once};

}  // namespace synthgen
