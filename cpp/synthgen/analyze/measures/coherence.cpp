#include "synthgen/analyze/measures/coherence.hpp"

#include <array>

namespace synthgen {
namespace {

Json or_nulls(const std::vector<std::optional<double>>& values) {
  Json list = Json::array();
  for (const auto value : values) list.push_back(or_null(value));
  return list;
}

constexpr std::array coherence_measures{
    MeasureInfo{.name = "local_coherence",
                .formula = "mean over sequences of the share of t with x_t = x_{t+1}",
                .range = "0 to 1",
                .source = "definition",
                .expected = Expected::by_mean,
                .section = Section::statistics,
                .listed = Listed::always,
                .per_sequence = "local_coherence"},
    MeasureInfo{.name = "global_coherence",
                .formula = "mean over sequences of the largest token count over the length",
                .range = "0 to 1",
                .source = "definition",
                .expected = Expected::by_mean,
                .section = Section::statistics,
                .listed = Listed::always,
                .per_sequence = "global_coherence"},
};

}  // namespace

void CoherenceAccumulator::Mean::add(std::optional<double> value) noexcept {
  if (value) {
    of_sequences.add(*value);
  } else {
    ++left_out;
  }
}

void CoherenceAccumulator::Mean::merge(const Mean& other) noexcept {
  of_sequences.merge(other.of_sequences);
  left_out += other.left_out;
}

void CoherenceAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    local_.add(batch.local_coherence(i));
    global_.add(batch.global_coherence(i));
    if (per_sequence_) {
      local_values_.push_back(batch.local_coherence(i));
      global_values_.push_back(batch.global_coherence(i));
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

void CoherenceAccumulator::exchange(StateArchive& archive) {
  archive(local_, global_, local_values_, global_values_);
}

extern const MeasureEntry coherence_entry;
const MeasureEntry coherence_entry{"coherence", coherence_measures,
                                   &make_accumulator<CoherenceAccumulator>, true, InPage::at_once};

}  // namespace synthgen
