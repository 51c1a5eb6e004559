#include "synthgen/analyze/coherence.hpp"

#include <array>

namespace synthgen {
namespace {

Json or_null(std::optional<double> value) {
  return value ? Json(*value) : Json();
}

Json or_nulls(const std::vector<std::optional<double>>& values) {
  Json list = Json::array();
  for (const auto value : values) list.push_back(or_null(value));
  return list;
}

constexpr std::array coherence_measures{
    MeasureInfo{"local_coherence", "", "mean over sequences of the share of t with x_t = x_{t+1}",
                "0 to 1", "definition"},
    MeasureInfo{"global_coherence", "",
                "mean over sequences of the largest token count over the length", "0 to 1",
                "definition"},
};

}  // namespace

std::optional<double> local_coherence(std::span<const std::uint32_t> sequence) noexcept {
  if (sequence.size() < 2) return std::nullopt;
  std::size_t equal = 0;
  for (std::size_t i = 1; i < sequence.size(); ++i) {
    equal += sequence[i] == sequence[i - 1] ? 1 : 0;
  }
  return static_cast<double>(equal) / static_cast<double>(sequence.size() - 1);
}

void CoherenceAccumulator::Mean::add(std::optional<double> value) noexcept {
  if (!value) {
    ++left_out;
    return;
  }
  sum.add(*value);
  ++count;
}

void CoherenceAccumulator::Mean::merge(const Mean& other) noexcept {
  sum.merge(other.sum);
  count += other.count;
  left_out += other.left_out;
}

std::optional<double> CoherenceAccumulator::Mean::mean() const noexcept {
  if (count == 0) return std::nullopt;
  return sum.value() / static_cast<double>(count);
}

void CoherenceAccumulator::add(const SequenceBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto sequence = batch.content(i);
    const std::optional<double> local = synthgen::local_coherence(sequence);
    std::optional<double> global;
    if (!sequence.empty()) {
      global = static_cast<double>(largest_count_(sequence)) / static_cast<double>(sequence.size());
    }
    local_.add(local);
    global_.add(global);
    if (per_sequence_) {
      local_values_.push_back(local);
      global_values_.push_back(global);
    }
  }
}

void CoherenceAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const CoherenceAccumulator&>(other);
  local_.merge(from.local_);
  global_.merge(from.global_);
  local_values_.insert(local_values_.end(), from.local_values_.begin(), from.local_values_.end());
  global_values_.insert(global_values_.end(), from.global_values_.begin(),
                        from.global_values_.end());
}

void CoherenceAccumulator::report(ReportSections& sections) const {
  sections.numbers["local_coherence"] = or_null(local_coherence());
  sections.numbers["global_coherence"] = or_null(global_coherence());
  sections.details["coherence_left_out"] = {{"under_2_tokens", local_.left_out},
                                            {"empty", global_.left_out}};
  if (per_sequence_) {
    sections.per_sequence["local_coherence"] = or_nulls(local_values_);
    sections.per_sequence["global_coherence"] = or_nulls(global_values_);
  }
}

const MeasureEntry coherence_entry{
    coherence_measures,
    [](const AnalysisOptions& options) -> std::unique_ptr<Accumulator> {
      return std::make_unique<CoherenceAccumulator>(options);
    },
};

}  // namespace synthgen
