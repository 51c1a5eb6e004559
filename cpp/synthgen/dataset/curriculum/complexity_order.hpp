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

/// How the complexity of a sequence is measured, from 0 to 1.
enum class ComplexityMeasure : std::uint8_t {
  entropy,  ///< entropy of the token counts over its maximum
  lz,       ///< normalized Lempel–Ziv complexity
};
inline constexpr std::array<std::string_view, 2> complexity_measure_names{"entropy", "lz"};

/// What a stage's bounds refer to.
enum class ComplexityScale : std::uint8_t {
  quantile,  ///< the rank in the dataset, from 0 to 1; ties rank in their order
  raw,       ///< the complexity itself
};
inline constexpr std::array<std::string_view, 2> complexity_scale_names{"quantile", "raw"};

struct ComplexityOptions {
  ComplexityMeasure measure = ComplexityMeasure::entropy;
  ComplexityScale scale = ComplexityScale::quantile;
  /// Size of the alphabet for normalization; none: the largest id plus 1.
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

/// Finds which of several ranges contain each sequence, in constant memory apart from 8 bytes per
/// sequence for the quantile scale. Pass the sequences twice in the same order: first to `learn`,
/// then, after `finish`, to `contains`.
class ComplexityOrder {
 public:
  ComplexityOrder(ComplexityScale scale, const std::vector<ComplexityRange>& ranges)
      : scale_(scale), ranges_(ranges), contained_(ranges.size()) {}

  /// Whether sequences must be passed to `learn`.
  bool must_learn() const noexcept { return scale_ == ComplexityScale::quantile; }
  void learn(double complexity) { sorted_.push_back(complexity); }
  void finish();

  /// For each range whether it contains the next sequence; valid until the next call.
  const std::vector<char>& contains(double complexity);

 private:
  struct Ranks {
    std::uint64_t first = 0;  ///< smallest rank in the range
    std::uint64_t end = 0;    ///< one after the largest
  };
  std::uint64_t rank(double complexity);

  ComplexityScale scale_;
  std::vector<ComplexityRange> ranges_;
  std::vector<Ranks> ranks_;
  std::vector<double> sorted_;
  std::map<double, std::uint64_t> seen_;  ///< how often each complexity at the end of a range came
  std::vector<char> contained_;
};

}  // namespace synthgen
