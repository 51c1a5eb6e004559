#include "synthgen/law/successor_predictor.hpp"

#include <algorithm>

namespace synthgen {

SuccessorPredictor::SuccessorPredictor(FreshLaw fresh, double successor, double noise,
                                       LengthLaw lengths)
    : Predictor(fresh.size()),
      fresh_(std::move(fresh)),
      successor_(successor),
      noise_(noise),
      lengths_(lengths),
      weights_(successor > 0 ? fresh_.band().size : 0) {
  for (std::uint32_t i = 0; i < weights_.size(); ++i) {
    fresh_in_band_ += fresh_.fresh(fresh_.band().first + i);
  }
}

void SuccessorPredictor::reset() {
  position_ = 0;
  possible_ = true;
  std::fill(weights_.begin(), weights_.end(), 0.0);
  scale_ = 1;
  evenly_ = 0;
  in_band_ = 0;
}

std::size_t SuccessorPredictor::place(std::uint32_t rank) const {
  const std::size_t size = weights_.size();
  return (rank - fresh_.band().first + size - position_ % size) % size;
}

double SuccessorPredictor::clean(std::uint32_t rank) const {
  const double fresh = fresh_.fresh(rank) * (1 - successor_ * in_band_);
  if (successor_ == 0 || !fresh_.band().contains(rank)) return fresh;
  const double last = weights_[place(rank)] * scale_ + evenly_ / fresh_.band().size;
  return successor_ * last + fresh;
}

double SuccessorPredictor::probability(std::uint32_t id) const {
  if (!possible_ || id >= vocab_size()) return 0;
  return (1 - noise_) * clean(id) + noise_ * fresh_.content(id);
}

double SuccessorPredictor::observe(std::uint32_t id) {
  const double noisy = probability(id);
  possible_ = noisy > 0;
  if (possible_ && successor_ > 0) filter(id, clean(id), noisy);
  ++position_;
  return noisy;
}

/// Prediction: what was in the band moves on by one rank or, with probability 1 − successor, makes
/// way for a fresh token. Correction: the clean token is the one shown, or any if that is noise.
void SuccessorPredictor::filter(std::uint32_t rank, double clean, double noisy) {
  const Band& band = fresh_.band();
  const bool inside = band.contains(rank);
  const double shown = (1 - noise_) * clean / noisy;  // P(the token is not noise)
  if (noise_ == 0) {
    weights_[last_] = 0;
    if (inside) last_ = place(rank);
    if (inside) weights_[last_] = 1;
    in_band_ = inside ? 1 : 0;
    return;
  }
  const double kept = noise_ * fresh_.content(rank) / noisy;
  const double renewed = 1 - successor_ * in_band_;
  scale_ *= successor_ * kept;
  if (scale_ < 0x1p-300) {
    for (double& weight : weights_) weight *= scale_;
    scale_ = 1;
  }
  evenly_ *= successor_ * kept;
  if (fresh_.is_uniform()) {
    evenly_ += renewed * fresh_in_band_ * kept;
  } else {
    for (std::uint32_t i = 0; i < band.size; ++i) {
      weights_[place(band.first + i)] += renewed * fresh_.fresh(band.first + i) * kept / scale_;
    }
  }
  in_band_ = (successor_ * in_band_ + renewed * fresh_in_band_) * kept;
  if (inside) {
    weights_[place(rank)] += shown / scale_;
    in_band_ += shown;
  }
}

}  // namespace synthgen
