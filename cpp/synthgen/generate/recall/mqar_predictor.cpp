#include "synthgen/generate/recall/mqar_predictor.hpp"

#include <algorithm>
#include <set>

namespace synthgen {
namespace {

/// Whether each slot that is left is as likely as any other to ask, whatever the slots before did.
bool has_equal_slots(const MqarPlan& plan) {
  return plan.power_a == 1 || (plan.shuffles && plan.slots() == plan.pairs);
}

}  // namespace

std::string_view mqar_no_token_law(const MqarPlan& plan) {
  if (plan.has_random_filler) {
    return "random filler hides which slots are queries; random_non_queries false has a law";
  }
  if (has_equal_slots(plan) || plan.pairs == 1) return {};
  return "which slot asks for which key has no closed form under a power law; power_a 1 has one, "
         "and so have shuffle_queries with no slot to spare and a single pair";
}

MqarPredictor::MqarPredictor(const MqarPlan& plan, const SuccessiveSampling& sampling,
                             std::uint32_t vocab_size, const LabelRules& rules)
    : RecallPredictor(vocab_size, plan.length, rules, false, mqar_no_token_law(plan)),
      plan_(plan),
      sampling_(sampling) {
  reset();
}

void MqarPredictor::forget() {
  keys_.clear();
  first_values_.clear();
  values_.clear();
  latest_.clear();
  not_updated_.clear();
  not_asked_.clear();
  current_ = {};
  is_filler_ = false;
}

void MqarPredictor::read(std::uint32_t id) {
  if (position() < plan_.context_tokens()) {
    read_context(id);
  } else if (position() < plan_.slot_start(plan_.slots())) {
    read_slot(id);
  }
}

void MqarPredictor::read_context(std::uint32_t id) {
  const std::uint32_t place = position() / plan_.pair_tokens();
  const std::uint32_t part = part_of(position());
  if (part < plan_.key_tokens()) {
    current_[part] = id;
    return;
  }
  if (place < plan_.pairs) {
    keys_.push_back(current_);
    first_values_.push_back(id);
    not_updated_.push_back(current_);
    not_asked_.push_back(current_);
  }
  if (place >= plan_.pairs * plan_.passes) std::erase(not_updated_, current_);
  if (place < plan_.pairs || place >= plan_.pairs * plan_.passes) values_.push_back(id);
  latest_[current_] = id;
  current_ = {};
}

void MqarPredictor::read_slot(std::uint32_t id) {
  const std::uint32_t part = part_of(position() - plan_.context_tokens());
  if (part == 0) is_filler_ = id == 0;
  if (part < plan_.key_tokens()) {
    current_[part] = id;
  } else {
    if (!is_filler_) std::erase(not_asked_, current_);
    current_ = {};
  }
}

void MqarPredictor::predict(SparseLaw& next) const {
  if (position() < plan_.context_tokens()) {
    predict_context(next);
  } else if (position() < plan_.slot_start(plan_.slots())) {
    predict_slot(next);
  } else {
    next.set(0, 1);
  }
}

void MqarPredictor::predict_context(SparseLaw& next) const {
  const std::uint32_t place = position() / plan_.pair_tokens();
  const std::uint32_t part = part_of(position());
  const bool is_update = place >= plan_.pairs * plan_.passes;
  if (place >= plan_.pairs && !is_update) {
    const std::uint32_t pair = place % plan_.pairs;
    next.set(part < plan_.key_tokens() ? keys_[pair][part] : first_values_[pair], 1);
  } else if (part == plan_.key_tokens()) {
    next.spread(plan_.values, 1.0 / static_cast<double>(plan_.values.size - values_.size()));
    for (const std::uint32_t value : values_) next.set(value, 0);
  } else if (is_update) {
    predict_key_of(not_updated_, part, 1, next);
  } else {
    predict_new_key(next, part);
  }
}

void MqarPredictor::predict_new_key(SparseLaw& next, std::uint32_t part) const {
  if (!plan_.is_compositional) {
    next.spread(plan_.keys[0], 1.0 / static_cast<double>(plan_.keys[0].size - keys_.size()));
    for (const Key& key : keys_) next.set(key[0], 0);
    return;
  }
  // All combinations of `side` first and `side` second tokens that are left are alike; `part` of
  // them have a token that is known, the others one of those that no key had, all alike too.
  std::map<std::uint32_t, std::uint32_t> combinations;  // with each known token, used already
  double left = 0;
  double in_known = 0;
  for (const Key& key : keys_) ++combinations[key[part]];
  if (part == 0) {
    left = static_cast<double>(plan_.pairs - keys_.size());
    for (auto& [id, used] : combinations) {
      const double still = plan_.side - used;
      next.set(id, still / left);
      in_known += still;
    }
  } else {
    std::set<std::uint32_t> used;  // with the first token at hand
    for (const Key& key : keys_) {
      if (key[0] == current_[0]) used.insert(key[1]);
    }
    left = static_cast<double>(plan_.side - used.size());
    for (const auto& [id, count] : combinations) {
      const double still = used.contains(id) ? 0 : 1;
      next.set(id, still / left);
      in_known += still;
    }
  }
  const auto others = static_cast<double>(plan_.keys[part].size - combinations.size());
  if (others > 0) next.spread(plan_.keys[part], (left - in_known) / left / others);
}

void MqarPredictor::predict_key_of(const std::vector<Key>& left, std::uint32_t part, double weight,
                                   SparseLaw& next) const {
  const auto fits = [&](const Key& key) { return part == 0 || key[0] == current_[0]; };
  const auto count = static_cast<double>(std::count_if(left.begin(), left.end(), fits));
  std::map<std::uint32_t, std::uint32_t> keys_with;
  for (const Key& key : left) {
    if (fits(key)) ++keys_with[key[part]];
  }
  for (const auto& [id, keys] : keys_with) next.set(id, weight * keys / count);
}

double MqarPredictor::asks() const {
  const std::uint32_t slot = (position() - plan_.context_tokens()) / plan_.pair_tokens();
  if (has_equal_slots(plan_)) {
    return static_cast<double>(not_asked_.size()) / (plan_.slots() - slot);
  }
  if (not_asked_.empty()) return 0;
  std::uint64_t left = 0;
  for (std::uint32_t i = slot; i < plan_.slots(); ++i) left += sampling_.weight(i);
  return static_cast<double>(sampling_.weight(slot)) / static_cast<double>(left);
}

void MqarPredictor::predict_slot(SparseLaw& next) const {
  const std::uint32_t part = part_of(position() - plan_.context_tokens());
  if (part == 0) {
    const double asking = asks();
    predict_key_of(not_asked_, 0, asking, next);
    next.set(0, 1 - asking);
  } else if (is_filler_) {
    next.set(0, 1);
  } else if (part < plan_.key_tokens()) {
    predict_key_of(not_asked_, part, 1, next);
  } else {
    next.set(rules().is_stream ? latest_.at(current_) : 0, 1);
  }
}

double MqarPredictor::predict_answer(SparseLaw& answer) const {
  const std::uint32_t last = position() - 1;
  if (last < plan_.context_tokens() || last >= plan_.slot_start(plan_.slots())) return 0;
  if (part_of(last - plan_.context_tokens()) + 1 != plan_.key_tokens()) return 0;
  const auto found = latest_.find(current_);
  if (found == latest_.end()) return 0;
  answer.set(found->second, 1);
  // A key may also be random filler, unless no slot has any.
  return plan_.has_random_filler && plan_.slots() > plan_.pairs ? unknown : 1;
}

}  // namespace synthgen
