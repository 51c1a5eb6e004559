#pragma once

#include "synthgen/law/scaled.hpp"

#include <cstdint>
#include <vector>

namespace synthgen {

/// What noisy copies say about the hidden token that they are copies of. A copy shows its source
/// with probability 1 − ε and a draw of the content distribution p otherwise, so a copy that shows
/// the value v makes the source v likelier than any other by a factor 1 + (1 − ε)/(ε·p(v)). Those
/// factors, less 1, are kept for the values that were seen; for all others they are 0.
class Evidence {
 public:
  struct Entry {
    std::uint32_t value;
    Scaled gain;  ///< the likelihood ratio of the value as the source, less 1
  };

  void clear() noexcept { entries_.clear(); }
  const std::vector<Entry>& entries() const noexcept { return entries_; }

  /// Takes a copy that makes `value` likelier by the factor 1 + odds. Returns what that adds to the
  /// value's gain.
  Scaled add(std::uint32_t value, double odds) {
    Scaled& gain = entry(value).gain;
    const Scaled increase = (gain + 1) * odds;
    gain += increase;
    return increase;
  }

  /// The likelihood ratio of a value as the source.
  Scaled ratio(std::uint32_t value) const {
    for (const Entry& entry : entries_) {
      if (entry.value == value) return entry.gain + 1;
    }
    return 1;
  }

 private:
  Entry& entry(std::uint32_t value) {
    for (Entry& entry : entries_) {
      if (entry.value == value) return entry;
    }
    return entries_.emplace_back(Entry{value, {}});
  }

  std::vector<Entry> entries_;
};

/// The odds in `Evidence::add`: (1 − ε)/(ε·p) for a shown value of probability p. A value that
/// noise never draws is as good as certain.
inline double copy_odds(double noise, double content) noexcept {
  constexpr double certain = 0x1p300;
  const double as_noise = noise * content;
  return as_noise > 0 ? (1 - noise) / as_noise : certain;
}

/// The posterior law of one hidden token from its noisy copies and its prior law.
class SourcePosterior {
 public:
  void clear() noexcept {
    evidence_.clear();
    norm_ = 1;
  }

  /// Takes a copy; `prior` is the probability of `value` as the source before any copy.
  void add(std::uint32_t value, double odds, double prior) {
    const Scaled increase = evidence_.add(value, odds);
    norm_ += increase * prior;
  }

  /// P(source = value | copies), from its prior probability.
  double probability(std::uint32_t value, double prior) const {
    return evidence_.ratio(value) * prior / norm_;
  }

 private:
  Evidence evidence_;
  Scaled norm_ = 1;  ///< Σ over values of prior·ratio
};

}  // namespace synthgen
