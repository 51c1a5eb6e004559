#include "synthgen/analyze/measures/entropy.hpp"

#include <array>

namespace synthgen {
namespace {

constexpr std::array entropy_measures{
    MeasureInfo{"average_entropy", "bits", "mean over sequences of -sum over ids of p log2 p",
                "0 to log2 L", "Shannon 1948"},
};

}  // namespace

double compute_entropy(std::span<const std::uint32_t> sequence) {
  return SequenceCounter()(sequence).entropy_bits;
}

void EntropyAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const double bits = batch.entropy_bits(i);
    sum_.add(bits);
    ++count_;
    if (per_sequence_) values_.push_back(bits);
  }
}

void EntropyAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const EntropyAccumulator&>(other);
  sum_.merge(from.sum_);
  count_ += from.count_;
  values_.insert(values_.end(), from.values_.begin(), from.values_.end());
}

std::optional<double> EntropyAccumulator::average_entropy() const noexcept {
  if (count_ == 0) return std::nullopt;
  return sum_.value() / static_cast<double>(count_);
}

void EntropyAccumulator::report(ReportSections& sections) const {
  sections.numbers["average_entropy"] = or_null(average_entropy());
  if (per_sequence_) sections.per_sequence["entropy"] = values_;
}

void EntropyAccumulator::exchange(StateArchive& archive) {
  archive(sum_, count_, values_);
}

const MeasureEntry entropy_entry{
    "entropy",
    entropy_measures,
    &make_accumulator<EntropyAccumulator>,
    true,
};

}  // namespace synthgen
