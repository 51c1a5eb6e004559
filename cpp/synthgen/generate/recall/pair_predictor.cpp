#include "synthgen/generate/recall/pair_predictor.hpp"

namespace synthgen {

PairPredictor::PairPredictor(const PairPlan& plan, std::uint32_t vocab_size, std::uint32_t length,
                             const LabelRules& rules)
    : RecallPredictor(vocab_size, length, rules, !rules.is_stream), plan_(plan) {
  reset();
}

void PairPredictor::forget() {
  values_.clear();
  noise_pairs_ = 0;
  last_ = 0;
}

void PairPredictor::read(std::uint32_t id) {
  const bool in_context = position() < 2 * plan_.pairs;
  if (in_context && position() % 2 == 1) {
    if (plan_.noise.contains(id)) {
      ++noise_pairs_;
    } else {
      values_.emplace(last_, id);
    }
  }
  last_ = id;
}

double PairPredictor::noise() const {
  const std::uint32_t pair = position() / 2;
  const std::uint32_t clean = pair - noise_pairs_;
  if (pair + 1 == plan_.pairs && clean == 0) return 0;
  // Which pair was spared: one of pairs + 1, those that were noise excluded. A clean pair that was
  // not spared had to be clean by chance: weight 1 − f relative to it.
  const double by_chance = 1 - plan_.noise_probability;
  const double ahead = plan_.pairs + 1 - pair;
  const double this_one = clean == 0 ? 1 / ahead : by_chance / (clean + by_chance * ahead);
  return plan_.noise_probability * (1 - this_one);
}

void PairPredictor::predict(SparseLaw& next) const {
  const std::uint32_t t = position();
  const bool in_context = t < 2 * plan_.pairs;
  if (in_context && t % 2 == 0) {
    const double noise_here = plan_.noise_probability > 0 ? noise() : 0;
    next.spread(plan_.keys, (1 - noise_here) / plan_.keys.size);
    if (plan_.noise.size > 0) next.spread(plan_.noise, noise_here / plan_.noise.size);
  } else if (in_context && plan_.noise.contains(last_)) {
    next.spread(plan_.noise, 1.0 / plan_.noise.size);
  } else if (in_context && !values_.contains(last_)) {
    next.spread(plan_.values, 1.0 / plan_.values.size);
  } else if (plan_.mark && t == 2 * plan_.pairs) {
    next.set(*plan_.mark, 1);
  } else if (t == plan_.query_position()) {
    for (const auto& [key, value] : values_)
      next.set(key, 1.0 / static_cast<double>(values_.size()));
  } else {
    next.set(values_.at(last_), 1);
  }
}

double PairPredictor::predict_answer(SparseLaw& answer) const {
  const std::uint32_t last = position() - 1;
  const bool asks = last == plan_.query_position() ||
                    (plan_.asks_in_context && last < 2 * plan_.pairs && last % 2 == 0);
  const auto found = asks ? values_.find(last_) : values_.end();
  if (found == values_.end()) return 0;
  answer.set(found->second, 1);
  return 1;
}

}  // namespace synthgen
