#pragma once

#include "synthgen/generate/layers/content.hpp"

#include <cstdint>
#include <span>

namespace synthgen {

/// Where the clean token at a position came from, given the sequence's structure.
struct PositionLaw {
  enum class Kind : std::uint8_t {
    fresh,    ///< with probability band_weight from `band`, else from all content ids
    derived,  ///< determined by earlier positions or by the structure itself
    uniform,  ///< uniform on the ids of `band`
    choice,   ///< one of band.size equally likely ids, never noisy
    padding,  ///< costs nothing
    listed,   ///< each rank with its own one of `probabilities`
  };
  Kind kind = Kind::fresh;
  bool is_spared = false;      ///< never noisy, since a label is about it
  bool excludes = false;       ///< fresh: given that it is not `excluded`
  std::uint32_t excluded = 0;  ///< a rank
  double band_weight = 0;
  Band band = {};
  std::span<const double> probabilities = {};  ///< listed: they belong to the family
};

/// Σ_t −log2 P(x_t | structure, clean sources, noise mask hidden), in bits: what the sequence costs
/// a reader who knows its structure but not which positions are noisy. A fresh position costs
/// −log2((1 − ε)·p_t(x) + ε·p(x)), a derived one −log2((1 − ε)·[x = source] + ε·p(x)). A lower
/// bound on any model's loss, tight at ε = 0. `clean` and `noisy` are the ids before and after
/// noise, `laws` has an entry for each. Each term is written to `each`, unless that is empty.
double oracle_bits(const Content& content, double noise, std::span<const PositionLaw> laws,
                   std::span<const std::uint32_t> clean, std::span<const std::uint32_t> noisy,
                   std::span<float> each = {});

}  // namespace synthgen
