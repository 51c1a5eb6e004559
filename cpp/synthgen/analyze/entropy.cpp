#include "synthgen/analyze/entropy.hpp"

#include "synthgen/random/portable_math.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

double count_term(std::uint32_t count) {
  return count == 0 ? 0 : count * portable_log2(static_cast<double>(count));
}

constexpr std::array entropy_measures{
    MeasureInfo{"average_entropy", "bits", "mean over sequences of -sum over ids of p log2 p",
                "0 to log2 L", "Shannon 1948"},
};

}  // namespace

double SequenceEntropy::added_by(std::uint32_t occurrence) {
  while (added_by_.size() <= occurrence) {
    const auto next = static_cast<std::uint32_t>(added_by_.size());
    added_by_.push_back(count_term(next) - count_term(next - 1));
  }
  return added_by_[occurrence];
}

double SequenceEntropy::operator()(std::span<const std::uint32_t> sequence) {
  if (sequence.empty()) return 0;
  double terms = 0;
  for (const std::uint32_t token : sequence) terms += added_by(++counts_[token]);
  counts_.forget(sequence);
  const auto length = static_cast<double>(sequence.size());
  return std::max(0.0, portable_log2(length) - terms / length);
}

double compute_entropy(std::span<const std::uint32_t> sequence) {
  return SequenceEntropy()(sequence);
}

void EntropyAccumulator::add(const SequenceBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const double bits = entropy_(batch.content(i));
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
  const std::optional<double> mean = average_entropy();
  sections.numbers["average_entropy"] = mean ? Json(*mean) : Json();
  if (per_sequence_) sections.per_sequence["entropy"] = values_;
}

const MeasureEntry entropy_entry{
    entropy_measures,
    [](const AnalysisOptions& options) -> std::unique_ptr<Accumulator> {
      return std::make_unique<EntropyAccumulator>(options);
    },
};

}  // namespace synthgen
