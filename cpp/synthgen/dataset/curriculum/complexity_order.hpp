#pragma once

#include "synthgen/analyze/counting/sequence_counts.hpp"
#include "synthgen/analyze/measures/complexity.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace synthgen {

/// What the complexity of a sequence is; 0 to 1.
enum class ComplexityMeasure : std::uint8_t {
  entropy,  ///< entropy of the token counts over its maximum
  lz,       ///< normalised Lempel–Ziv complexity
};
inline constexpr std::array<std::string_view, 2> complexity_measure_names{"entropy", "lz"};

/// What a stage's bounds are compared with.
enum class ComplexityScale : std::uint8_t {
  quantile,  ///< the rank in the dataset, from 0 to 1; equal ones rank in their order
  raw,       ///< the complexity itself
};
inline constexpr std::array<std::string_view, 2> complexity_scale_names{"quantile", "raw"};

struct ComplexityOptions {
  ComplexityMeasure measure = ComplexityMeasure::entropy;
  ComplexityScale scale = ComplexityScale::quantile;
  /// Size of the alphabet that complexities are normalised with; none: the largest id plus 1.
  std::optional<std::int64_t> vocab_size = {};
};

/// Bounds from 0 to 1, themselves included; the minimum is not above the maximum.
struct ComplexityRange {
  double minimum = 0;
  double maximum = 1;
};

/// Measures the complexity of one sequence after another.
class ComplexityMeter {
 public:
  ComplexityMeter(ComplexityMeasure measure, std::int64_t vocab_size)
      : measure_(measure), vocab_size_(vocab_size) {}

  double operator()(std::span<const std::uint32_t> sequence);

 private:
  ComplexityMeasure measure_;
  std::int64_t vocab_size_;
  SequenceCounter counts_;
  PhraseCounter phrases_;
};

/// Tells in which of several ranges sequences lie, one after another in constant memory apart from
/// 8 bytes a sequence for the quantile scale. The sequences come twice in the same order: first to
/// `learn`, then, behind `finish`, to `contains`.
class ComplexityOrder {
 public:
  ComplexityOrder(ComplexityScale scale, const std::vector<ComplexityRange>& ranges)
      : scale_(scale), ranges_(ranges), contained_(ranges.size()) {}

  /// Whether sequences must come to `learn`.
  bool must_learn() const noexcept { return scale_ == ComplexityScale::quantile; }
  void learn(double complexity) { sorted_.push_back(complexity); }
  void finish();

  /// For each range whether the next sequence lies in it; valid until the next call.
  const std::vector<char>& contains(double complexity);

 private:
  struct Ranks {
    std::uint64_t first = 0;  ///< smallest rank in the range
    std::uint64_t end = 0;    ///< one behind the largest
  };
  std::uint64_t rank(double complexity);

  ComplexityScale scale_;
  std::vector<ComplexityRange> ranges_;
  std::vector<Ranks> ranks_;
  std::vector<double> sorted_;
  std::map<double, std::uint64_t> seen_;  ///< complexities at the ends of ranges, how many came
  std::vector<char> contained_;
};

}  // namespace synthgen
