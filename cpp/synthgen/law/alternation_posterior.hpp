#pragma once

#include "synthgen/law/evidence.hpp"
#include "synthgen/law/fresh_law.hpp"

namespace synthgen {

/// The posterior law of the two hidden tokens A ≠ B of an alternation from their noisy copies,
/// which are given alternately. A is fresh, B is fresh given that it differs from A; so a copy of
/// one says something about the other.
///
/// Copies are given without saying which of the two hidden tokens is A: both answers are kept,
/// since a filter that looks back from one position meets beginnings of alternations at either.
class AlternationPosterior {
 public:
  explicit AlternationPosterior(const FreshLaw& law) : law_(law) {}

  /// Begins without copies. `value` is the one whose probability will be asked for; it belongs to
  /// "this" token, the other one is the "other".
  void clear(std::uint32_t value);

  void add_this(std::uint32_t value, double odds);
  void add_other(std::uint32_t value, double odds);

  /// P(this token = value | copies) if this token is A, if it is B.
  double as_first() const;
  double as_second() const;

 private:
  /// Σ over the values seen of the other token, weighted by gain, of P(other | this = value).
  Scaled others_after(std::uint32_t value, const Evidence& others) const;
  /// Σ over the values seen of the other token, weighted by gain, of P(other)·P(value | other).
  Scaled others_before(std::uint32_t value, const Evidence& others) const;

  const FreshLaw& law_;
  std::uint32_t value_ = 0;
  Evidence this_;
  Evidence other_;
  Scaled norm_if_first_ = 1;   ///< Σ over pairs of prior·ratios, if this token is A
  Scaled norm_if_second_ = 1;  ///< the same if this token is B
  Scaled after_value_;         ///< others_after(value_)
  Scaled before_value_;        ///< others_before(value_)
};

}  // namespace synthgen
