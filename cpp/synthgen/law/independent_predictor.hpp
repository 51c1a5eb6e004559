#pragma once

#include "synthgen/law/length_law.hpp"
#include "synthgen/law/predictor.hpp"
#include "synthgen/random/token_sampler.hpp"

namespace synthgen {

/// Tokens that are independent draws of one distribution, over as many ids as it has ranks.
class IndependentPredictor final : public Predictor {
 public:
  IndependentPredictor(const TokenSampler& sampler, LengthLaw lengths)
      : Predictor(sampler.size()), sampler_(sampler), lengths_(lengths) {}

  void reset() override {
    position_ = 0;
    possible_ = true;
  }

  double probability(std::uint32_t id) const override {
    return possible_ && id < vocab_size() ? sampler_.probability(id) : 0;
  }

  double observe(std::uint32_t id) override {
    const double p = probability(id);
    possible_ = p > 0;
    ++position_;
    return p;
  }

  double continuation() const override { return lengths_.continues(position_); }

 private:
  TokenSampler sampler_;
  LengthLaw lengths_;
  std::uint64_t position_ = 0;
  bool possible_ = true;
};

}  // namespace synthgen
