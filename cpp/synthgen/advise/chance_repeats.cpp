#include "synthgen/advise/chance_repeats.hpp"

#include "synthgen/random/portable_math.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace synthgen {
namespace {

/// The share of a sequence's tokens that the config draws independently of each other, or less.
std::optional<double> independent_share(const Situation& now) {
  const std::string_view family = now.config()->generator;
  if (family == "mixture" || family == "custom") return std::nullopt;
  if (now.uses("template_fill")) return now.parameter("noise_probability");
  constexpr double band_length = 16;
  double share = 1;
  if (now.uses("pattern_probability")) {
    share -= now.parameter("pattern_probability") * (1 - 1 / now.parameter("pattern_length"));
  }
  if (now.uses("structure_probability")) {
    const double in_bands = now.parameter("structure_probability") * (1 - 1 / band_length);
    share = std::min(share, 1 - in_bands);
  }
  return share;
}

std::optional<double> bits_per_token(const Situation& now) {
  if (const auto bits = now.number("oracle_bits_per_token")) return bits;
  if (now.config() == nullptr) return portable_log2(std::max(2.0, now.ids_end()));
  const std::optional<double> share = independent_share(now);
  if (!share) return std::nullopt;
  const double equal = now.equal_pairs().value_or(1 / now.parameter("vocab_size"));
  return -*share * portable_log2(equal);
}

/// Expected over `count` draws of 2^bits equally likely ones: different ones, and the chance that
/// one more is among them.
struct Draws {
  double different;
  double chance_of_one_more;
};
Draws draws(double count, double bits) {
  constexpr double never = 100;
  if (bits > never) return {count, 0};
  const double possible = 1 / portable_inverse_power(2, bits);
  if (possible <= 1) return {1, 1};
  // The chance (1 - 1 / possible)^count that none is hit, as a power of 2.
  constexpr double many = 1e6;
  constexpr double ln_2 = 0.69314718055994530942;
  const double miss_bits =
      count * (possible < many ? -portable_log2(1 - 1 / possible) : 1 / (possible * ln_2));
  constexpr double few = 1e-6;
  const double hit = miss_bits < few ? miss_bits * ln_2 : 1 - portable_inverse_power(2, miss_bits);
  return {possible * hit, hit};
}

}  // namespace

std::optional<ChanceRepeats> chance_repeats(const Situation& now) {
  const Json* lengths = now.detail("length_histogram");
  const auto sequences = now.number("num_sequences");
  if (lengths == nullptr || !lengths->is_object() || !sequences || *sequences <= 0) {
    return std::nullopt;
  }
  const std::optional<double> bits = bits_per_token(now);
  if (!bits) return std::nullopt;
  double different = 0;
  double in_another = 0;
  for (const auto& [length, count] : lengths->items()) {
    const double of_length = count.get<double>();
    std::uint64_t tokens = 0;
    std::from_chars(length.data(), length.data() + length.size(), tokens);
    const Draws made = draws(of_length, *bits * static_cast<double>(tokens));
    different += made.different;
    in_another += of_length * made.chance_of_one_more;
  }
  ChanceRepeats repeats{1 - different / *sequences, in_another / *sequences};
  if (const auto diversity = now.expected("sequence_diversity")) repeats.repeated = 1 - *diversity;
  return repeats;
}

}  // namespace synthgen
