#pragma once

#include "synthgen/generate/recall/mqar_plan.hpp"
#include "synthgen/generate/recall/recall_predictor.hpp"

#include <cstdint>
#include <map>
#include <vector>

namespace synthgen {

/// Why tokens of this layout have no law that is worked out; empty where they have.
std::string_view mqar_no_token_law(const MqarPlan& plan);

/// The law of multi-query associative recall: in the context keys and values are draws without
/// replacement, and answers follow from it. Where queries fall is known in closed form if every
/// slot that is left is as likely as any other to be asked.
class MqarPredictor final : public RecallPredictor {
 public:
  /// Plan and sampling outlive it.
  MqarPredictor(const MqarPlan& plan, const SuccessiveSampling& sampling, std::uint32_t vocab_size,
                const LabelRules& rules);

 private:
  using Key = MqarPairs::Key;

  void forget() override;
  void read(std::uint32_t id) override;
  void predict(SparseLaw& next) const override;
  double predict_answer(SparseLaw& answer) const override;

  void read_context(std::uint32_t id);
  void read_slot(std::uint32_t id);
  void predict_context(SparseLaw& next) const;
  void predict_new_key(SparseLaw& next, std::uint32_t part) const;
  void predict_slot(SparseLaw& next) const;
  /// One of the keys that are left, all alike: the law of its token `part`, times `weight`.
  void predict_key_of(const std::vector<Key>& left, std::uint32_t part, double weight,
                      SparseLaw& next) const;
  /// The probability that the slot at `position()` asks, given the slots before it.
  double asks() const;
  /// The part of its pair or slot at which a position lies.
  std::uint32_t part_of(std::uint32_t position) const { return position % plan_.pair_tokens(); }

  const MqarPlan& plan_;
  const SuccessiveSampling& sampling_;
  std::vector<Key> keys_;                    ///< of the pairs, as far as read
  std::vector<std::uint32_t> first_values_;  ///< of the pairs, as far as read
  std::vector<std::uint32_t> values_;        ///< all that were drawn
  std::map<Key, std::uint32_t> latest_;      ///< the value of each key
  std::vector<Key> not_updated_;
  std::vector<Key> not_asked_;
  Key current_{};           ///< the key that is being read
  bool is_filler_ = false;  ///< the slot that is being read asks nothing
};

}  // namespace synthgen
