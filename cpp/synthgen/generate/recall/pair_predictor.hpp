#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/generate/recall/recall_predictor.hpp"
#include "synthgen/random/decision.hpp"
#include "synthgen/random/token_sampler.hpp"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace synthgen {

/// How sequences of pairs with returning keys are laid out: `pairs` pairs, the mark if there is
/// one, the query.
struct PairPlan {
  explicit PairPlan(const Config& config);

  std::uint32_t pairs;
  bool asks_in_context;  ///< the value of a key that returns is an answer already in the context
  Band keys;
  Band values;
  Band noise = {};
  double noise_probability = 0;  ///< that a pair is noise, if it may be
  std::optional<std::uint32_t> mark = {};

  std::uint32_t query_position() const noexcept { return 2 * pairs + (mark ? 1U : 0U); }
};

/// The exact law of pairs with returning keys. Whether a pair is noise depends on which one was
/// spared, and the pairs so far tell something about that.
class PairPredictor final : public RecallPredictor {
 public:
  /// The plan outlives it.
  PairPredictor(const PairPlan& plan, std::uint32_t vocab_size, std::uint32_t length,
                const LabelRules& rules);

 private:
  void forget() override;
  void read(std::uint32_t id) override;
  void predict(SparseLaw& next) const override;
  double predict_answer(SparseLaw& answer) const override;

  /// The probability that the pair at `position()` is noise.
  double noise() const;

  const PairPlan& plan_;
  std::unordered_map<std::uint32_t, std::uint32_t> values_;  ///< of the keys so far
  std::uint32_t noise_pairs_ = 0;
  std::uint32_t last_ = 0;  ///< the token read last
};

}  // namespace synthgen
