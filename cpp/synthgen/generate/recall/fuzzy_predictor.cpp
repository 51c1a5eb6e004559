#include "synthgen/generate/recall/fuzzy_predictor.hpp"

namespace synthgen {

FuzzyPredictor::FuzzyPredictor(const FuzzyPlan& plan, std::uint32_t vocab_size,
                               std::uint32_t length, const LabelRules& rules)
    : RecallPredictor(vocab_size, length, rules, !rules.is_stream, fuzzy_no_token_law),
      plan_(plan) {
  reset();
}

void FuzzyPredictor::forget() {
  values_.clear();
  key_.clear();
  value_.clear();
}

void FuzzyPredictor::read(std::uint32_t id) {
  if (plan_.keys.contains(id)) {
    if (!value_.empty()) {
      values_.emplace(key_, value_);
      key_.clear();
      value_.clear();
    }
    key_.push_back(id);
  } else if (plan_.values.contains(id)) {
    value_.push_back(id);
  }
}

double FuzzyPredictor::predict_answer(SparseLaw& answer) const {
  if (key_.empty()) return 0;
  const auto known = values_.find(key_);
  if (known != values_.end()) {
    if (value_.size() == known->second.size()) return 0;
    answer.set(known->second[value_.size()], 1);
    // A key may also go on.
    const bool has_ended = !value_.empty() || plan_.only_longest || key_.size() == plan_.key_size;
    return has_ended ? 1 : unknown;
  }
  if (plan_.always_answerable || value_.size() == plan_.value_size) return 0;
  answer.spread(plan_.values, 1.0 / static_cast<double>(plan_.values.size - value_.size()));
  for (const std::uint32_t id : value_) answer.set(id, 0);
  return unknown;
}

}  // namespace synthgen
