#pragma once

#include "synthgen/law/alternation_posterior.hpp"
#include "synthgen/law/evidence.hpp"
#include "synthgen/law/fresh_law.hpp"
#include "synthgen/law/scaled.hpp"
#include "synthgen/law/segment_law.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// The exact law of the next token of a sequence of pattern segments under noise: a semi-Markov
/// filter. It keeps, for each position at which the current segment may have begun, the joint
/// probability of the tokens so far with each thing that the segment may be: fresh, alternation,
/// progression, a repetition of some period, a reversal of some length. What lengths there are
/// beyond that only weighs these. Tokens are ranks.
///
/// Under noise a hypothesis says which positions share a source, and a position's law given the
/// others of its class has a closed form (`Evidence`). Classes that end at the same position and
/// reach back alike are shared by all beginnings, so a token costs about one multiplication for
/// each hypothesis.
class SegmentFilter {
 public:
  explicit SegmentFilter(double noise) : noise_(noise) {}

  /// Begins another sequence: fresh tokens have that law (with `second` under noise) and segments
  /// those probabilities, both of which it refers to.
  void reset(const FreshLaw& fresh, const SegmentTables& tables);

  /// P(the next token = rank | the tokens so far); 0 at the tables' horizon.
  double probability(std::uint32_t rank) const;

  /// Takes the next token and returns the probability that it had.
  double observe(std::uint32_t rank);

  /// Writes the probability of each rank.
  void law(std::span<double> probabilities) const;

 private:
  struct Token {
    std::uint32_t rank;
    double fresh;    ///< its probability as a fresh token
    double content;  ///< its probability as noise
    double shown;    ///< its probability as a fresh token under noise
    double odds;     ///< `copy_odds`
  };

  /// Where the current segment may have begun.
  struct Beginning {
    std::uint32_t start;
    std::size_t weights;  ///< where the weights of its hypotheses are
  };

  /// The probability of one rank at the next position under each hypothesis.
  struct Factors {
    double fresh = 0;
    std::vector<double> alternation;  ///< by age of the segment, from 1
    std::vector<double> progression;  ///< by age of the segment, from 1
    std::vector<double> mirrored;     ///< by distance to the mirrored position, from 1
    std::vector<double> repetition;   ///< by period and completed rounds, from 1
  };

  std::uint32_t position() const noexcept { return static_cast<std::uint32_t>(tokens_.size()); }
  /// How far back a segment that is not complete can reach.
  std::uint32_t reach() const noexcept;
  const Token& back(std::uint32_t distance) const { return tokens_[tokens_.size() - distance]; }
  /// What a progression shows some steps after it shows `rank`, and before.
  std::uint32_t later(std::uint32_t rank, std::uint32_t steps) const noexcept;
  std::uint32_t earlier(std::uint32_t rank, std::uint32_t steps) const noexcept;
  double noisy(double clean, double content) const noexcept {
    return (1 - noise_) * clean + noise_ * content;
  }

  Token token(std::uint32_t rank) const noexcept;
  void begin(const Scaled& weight);
  void find_factors(const Token& next) const;
  void find_clean_factors(const Token& next) const;
  void find_noisy_mirrors(const Token& next) const;
  void find_noisy_repetitions(const Token& next) const;
  void find_noisy_progressions(const Token& next) const;
  void find_noisy_alternations(const Token& next) const;

  /// Calls `each(hypothesis, factor, P(alive), P(ends after the next token))` for all that a
  /// segment of `age` tokens may be.
  template <class Each>
  void for_hypotheses(std::uint32_t age, const Each& each) const;

  double noise_;
  const FreshLaw* fresh_ = nullptr;
  const SegmentTables* tables_ = nullptr;
  std::vector<std::size_t> rounds_;  ///< for each period: where its factors begin

  std::vector<Token> tokens_;
  std::vector<Beginning> beginnings_;
  std::vector<Scaled> weights_;
  std::vector<std::size_t> free_;  ///< places in `weights_`

  // Of the last rank that was asked for; kept for their memory.
  mutable Factors factors_;
  mutable SourcePosterior source_;
  mutable Evidence progression_;
  mutable std::optional<AlternationPosterior> alternation_;
};

}  // namespace synthgen
