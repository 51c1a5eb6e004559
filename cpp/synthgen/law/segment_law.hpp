#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace synthgen {

/// The law of pattern segments: lengths uniform on shortest … longest; a pattern with some
/// probability, of a type drawn by weight; a repetition's period uniform on 3 … max(3, ⌊length/2⌋).
struct SegmentLaw {
  std::uint32_t shortest = 1;
  std::uint32_t longest = 1;
  double pattern_probability = 0;
  // Weights of the types, 1 together.
  double repetition = 0;
  double alternation = 0;
  double progression = 0;
  double reversal = 0;
};

/// Joint probabilities of a segment's kind and length. Alive: the segment has more than `age`
/// tokens. Ends: it has `age` tokens exactly. For sequences of at most `horizon` tokens: what no
/// such sequence can tell from fresh tokens (a late period, a late mirror) counts as fresh.
class SegmentTables {
 public:
  static constexpr std::uint32_t first_period = 3;

  SegmentTables(const SegmentLaw& law, std::uint32_t horizon);

  /// The most tokens of a sequence.
  std::uint32_t horizon() const noexcept { return horizon_; }
  /// The most tokens of a segment.
  std::uint32_t longest() const noexcept { return law_.longest; }
  /// What a segment that begins at one position may be: fresh, alternation, progression, a
  /// repetition of each period, a reversal of each length.
  std::uint32_t hypotheses() const noexcept { return 3 + periods_ + reversals_; }
  /// The most positions at which the current segment may have begun.
  std::uint32_t beginnings() const noexcept { return law_.shortest >= horizon_ ? 1 : ages_; }

  /// Whether a filter would need more memory and time than is sensible, and why.
  bool is_too_large() const noexcept;
  std::string too_large() const;

  /// Ages are below it.
  std::uint32_t ages() const noexcept { return ages_; }
  /// Periods first_period … first_period + periods() − 1 count as such.
  std::uint32_t periods() const noexcept { return periods_; }
  /// Reversals of lengths first_reversal() … first_reversal() + reversals() − 1 count as such.
  std::uint32_t first_reversal() const noexcept { return law_.shortest; }
  std::uint32_t reversals() const noexcept { return reversals_; }

  bool has_alternation() const noexcept { return alternation_ > 0; }
  bool has_progression() const noexcept { return progression_ > 0; }

  double fresh_alive(std::uint32_t age) const noexcept { return fresh_alive_[age]; }
  double fresh_ends(std::uint32_t age) const noexcept { return fresh_ends_[age]; }
  double alternation_alive(std::uint32_t age) const noexcept { return alternation_ * alive(age); }
  double alternation_ends(std::uint32_t age) const noexcept { return alternation_ * ends(age); }
  double progression_alive(std::uint32_t age) const noexcept { return progression_ * alive(age); }
  double progression_ends(std::uint32_t age) const noexcept { return progression_ * ends(age); }
  double repetition_alive(std::uint32_t period, std::uint32_t age) const noexcept;
  double repetition_ends(std::uint32_t period, std::uint32_t age) const noexcept;
  /// The probability of a reversal of any one length.
  double reversal() const noexcept { return reversal_ * one_length_; }

 private:
  /// P(length > age) and P(length = age).
  double alive(std::uint32_t age) const noexcept;
  double ends(std::uint32_t age) const noexcept;
  static std::uint32_t shortest_with(std::uint32_t period) noexcept {
    return period == first_period ? 0 : 2 * period;
  }

  SegmentLaw law_;
  std::uint32_t horizon_;
  std::uint32_t ages_;
  std::uint32_t periods_;
  std::uint32_t reversals_;
  double one_length_;
  double repetition_;
  double alternation_;
  double progression_;
  double reversal_;
  /// For lengths from `shortest` on: P(length)/number of periods, and the sum over this length and
  /// longer ones.
  std::vector<double> one_period_;
  std::vector<double> one_period_from_;
  std::vector<double> fresh_alive_;
  std::vector<double> fresh_ends_;
};

}  // namespace synthgen
