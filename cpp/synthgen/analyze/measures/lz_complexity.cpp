#include "synthgen/analyze/measures/lz_complexity.hpp"

#include <array>

namespace synthgen {
namespace {

constexpr std::array lz_complexity_measures{
    MeasureInfo{
        "lz_complexity", "",
        "mean over sequences with tokens of min(1, c log_k(L) / L): c phrases of the exhaustive "
        "history, L tokens, k = min(V, L) ids; V the report's vocab_size, or where that is not "
        "known the number of different ids in the sequence; 0 where k < 2",
        "0 to 1", "Lempel, Ziv 1976"},
};

}  // namespace

void LzComplexityAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    std::optional<double> value;
    if (!batch.content(i).empty()) {
      value = lz_complexity(counter_, batch.content(i), vocab_size_);
      sum_.add(*value);
      values_.add(*value);
    }
    if (per_sequence_) sequence_values_.push_back(value);
  }
}

void LzComplexityAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const LzComplexityAccumulator&>(other);
  sum_.merge(from.sum_);
  values_.merge(from.values_);
  sequence_values_.insert(sequence_values_.end(), from.sequence_values_.begin(),
                          from.sequence_values_.end());
}

void LzComplexityAccumulator::report(ReportSections& sections) const {
  const auto count = static_cast<double>(values_.count());
  sections.numbers["lz_complexity"] = count == 0 ? Json() : Json(sum_.value() / count);
  values_.report("lz_complexity", sections);
  if (!per_sequence_) return;
  Json list = Json::array();
  for (const auto value : sequence_values_) list.push_back(or_null(value));
  sections.per_sequence["lz_complexity"] = std::move(list);
}

void LzComplexityAccumulator::exchange(StateArchive& archive) {
  archive(sum_, values_, sequence_values_);
}

const MeasureEntry lz_complexity_entry{"lz_complexity", lz_complexity_measures,
                                       &make_accumulator<LzComplexityAccumulator>, false};

}  // namespace synthgen
