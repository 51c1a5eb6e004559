#pragma once

#include "synthgen/generate/layers/content.hpp"
#include "synthgen/random/decision.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace synthgen {

/// Replaces positions of a finished sequence by draws from the content distribution, each with
/// probability noise_probability. A position's decision and its replacement are its own, so a
/// larger probability only adds noisy positions.
class NoiseLayer {
 public:
  NoiseLayer(const Config& config, const Content& content)
      : decision_(config.noise_probability), content_(content) {}

  double probability() const noexcept { return decision_.probability(); }

  /// Rewrites `tokens` from position `first` on, apart from those marked in `spared`, which has an
  /// entry for each or none at all; appends the noisy positions to `noisy` if given.
  void apply(const Item& item, std::size_t first, std::span<std::uint32_t> tokens,
             std::vector<std::uint32_t>* noisy, const std::vector<bool>& spared = {}) const;

 private:
  /// For ids without gaps that are equally likely: draws for whole groups of positions.
  void replace_groups(const Item& item, std::uint32_t first_id, std::size_t first,
                      std::span<std::uint32_t> tokens, std::vector<std::uint32_t>* noisy) const;

  /// `words` are `TokenWords` or a `TokenReader`.
  template <class Words>
  void replace(const Item& item, Words words, std::size_t first, std::span<std::uint32_t> tokens,
               std::vector<std::uint32_t>* noisy, const std::vector<bool>& spared) const;

  Decision decision_;
  const Content& content_;
};

}  // namespace synthgen
