#pragma once

#include "synthgen/law/fresh_law.hpp"
#include "synthgen/law/length_law.hpp"
#include "synthgen/law/predictor.hpp"

#include <vector>

namespace synthgen {

/// Tokens of one band, each with some probability the successor of the one before it (the next
/// rank, wrapping in the band), provided that one, before noise, lies in the band; else fresh.
/// Ranks are ids.
///
/// Under noise it filters the hidden clean token: a token costs a constant number of operations for
/// uniform content, where what is fresh stays uniform in the band, else one for each of its ranks.
class SuccessorPredictor final : public Predictor {
 public:
  /// `successor` is the probability of a successor, `noise` that of a replacement.
  SuccessorPredictor(FreshLaw fresh, double successor, double noise, LengthLaw lengths);

  void reset() override;
  double probability(std::uint32_t id) const override;
  double observe(std::uint32_t id) override;
  double continuation() const override { return lengths_.continues(position_); }

 private:
  /// P(the clean next token = rank | the tokens so far).
  double clean(std::uint32_t rank) const;
  /// Where the weight of a rank of the band as the clean next token is: a successor stays in place
  /// as time goes on.
  std::size_t place(std::uint32_t rank) const;
  void filter(std::uint32_t rank, double clean, double noisy);

  FreshLaw fresh_;
  double successor_;
  double noise_;
  LengthLaw lengths_;
  double fresh_in_band_ = 0;  ///< P(a fresh token lies in the band)

  std::uint64_t position_ = 0;
  bool possible_ = true;
  // The law of the last clean token inside the band: weights_[place]·scale_ + evenly_/(size of the
  // band), of mass in_band_ in all.
  std::vector<double> weights_;
  double scale_ = 1;
  double evenly_ = 0;
  double in_band_ = 0;
  std::size_t last_ = 0;  ///< without noise: the place that may have a weight
};

}  // namespace synthgen
