#include "synthgen/law/alternation_posterior.hpp"

namespace synthgen {

// With ratios 1 + gain, Σ over pairs (a, b) of P(a)·P(b | a)·(1 + gain(a))·(1 + gain'(b)) is
// 1 + Σ_a P(a)·gain(a) + Σ_b P(b)·gain'(b) + Σ_{a, b} P(a)·P(b | a)·gain(a)·gain'(b), where only
// values that were seen have gains. The sums grow with each copy.

void AlternationPosterior::clear(std::uint32_t value) {
  value_ = value;
  this_.clear();
  other_.clear();
  norm_if_first_ = 1;
  norm_if_second_ = 1;
  after_value_ = {};
  before_value_ = {};
}

void AlternationPosterior::add_this(std::uint32_t value, double odds) {
  const Scaled increase = this_.add(value, odds);
  const double first = law_.fresh(value);
  norm_if_first_ += increase * ((others_after(value, other_) + 1) * first);
  norm_if_second_ += increase * (others_before(value, other_) + law_.second(value));
}

void AlternationPosterior::add_other(std::uint32_t value, double odds) {
  const Scaled increase = other_.add(value, odds);
  const double first = law_.fresh(value);
  norm_if_first_ += increase * (others_before(value, this_) + law_.second(value));
  norm_if_second_ += increase * ((others_after(value, this_) + 1) * first);
  after_value_ += increase * law_.other(value, value_);
  before_value_ += increase * (first * law_.other(value_, value));
}

double AlternationPosterior::as_first() const {
  return this_.ratio(value_) * ((after_value_ + 1) * law_.fresh(value_)) / norm_if_first_;
}

double AlternationPosterior::as_second() const {
  return this_.ratio(value_) * (before_value_ + law_.second(value_)) / norm_if_second_;
}

Scaled AlternationPosterior::others_after(std::uint32_t value, const Evidence& others) const {
  Scaled sum;
  for (const Evidence::Entry& other : others.entries()) {
    sum += other.gain * law_.other(other.value, value);
  }
  return sum;
}

Scaled AlternationPosterior::others_before(std::uint32_t value, const Evidence& others) const {
  Scaled sum;
  for (const Evidence::Entry& other : others.entries()) {
    sum += other.gain * (law_.fresh(other.value) * law_.other(value, other.value));
  }
  return sum;
}

}  // namespace synthgen
