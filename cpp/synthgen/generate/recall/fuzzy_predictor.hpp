#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/generate/recall/recall_predictor.hpp"
#include "synthgen/random/token_sampler.hpp"

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

namespace synthgen {

/// What sequences of recall with motifs are made of.
struct FuzzyPlan {
  explicit FuzzyPlan(const Config& config);

  /// The tokens of a key or of a value.
  using Motif = std::vector<std::uint32_t>;

  std::uint32_t pad;
  Band keys;
  Band values;
  std::uint32_t key_size;    ///< most tokens of a key
  std::uint32_t value_size;  ///< most tokens of a value
  bool only_longest;         ///< all keys have `key_size` tokens
  bool always_answerable;    ///< the last key occurs in the context
};

inline constexpr std::string_view fuzzy_no_token_law =
    "in recall_layout fuzzy where motifs end depends on how many follow and on the place of the "
    "probe; label_scope answers has a law";

/// The law of the answers: each follows from the context, but for a last key that the context does
/// not have, whose value is a motif of distinct ids, all alike.
class FuzzyPredictor final : public RecallPredictor {
 public:
  /// The plan outlives it.
  FuzzyPredictor(const FuzzyPlan& plan, std::uint32_t vocab_size, std::uint32_t length,
                 const LabelRules& rules);

 private:
  using Motif = FuzzyPlan::Motif;

  void forget() override;
  void read(std::uint32_t id) override;
  void predict(SparseLaw&) const override {}
  double predict_answer(SparseLaw& answer) const override;

  const FuzzyPlan& plan_;
  std::map<Motif, Motif> values_;  ///< of the keys whose value has ended
  Motif key_;
  Motif value_;
};

}  // namespace synthgen
