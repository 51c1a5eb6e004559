#include "synthgen/random/dirichlet.hpp"

#include "synthgen/random/portable_math.hpp"

#include <algorithm>
#include <cmath>

namespace synthgen {
namespace {

constexpr double nats_per_bit = 0.69314718055994530942;

/// Uniform on (0, 1).
double uniform(std::uint32_t word) noexcept {
  return (static_cast<double>(word) + 0.5) / 4294967296.0;
}

}  // namespace

DirichletRows::DirichletRows(std::uint32_t size, double alpha)
    : size_(size),
      alpha_(alpha),
      d_((alpha < 1 ? alpha + 1 : alpha) - 1.0 / 3),
      c_(1 / std::sqrt(9 * d_)) {}

double DirichletRows::log2_gamma(const WordStream& words, std::uint64_t position) const {
  double log2_draw = 0;
  for (std::uint32_t attempt = 0; attempt < WordStream::max_attempts; ++attempt) {
    const double x = 2 * uniform(words.word(position, attempt)) - 1;
    const double y = 2 * uniform(words.word(position + 1, attempt)) - 1;
    const double square = x * x + y * y;
    if (square >= 1 || square == 0) continue;
    const double normal = x * std::sqrt(-2 * nats_per_bit * portable_log2(square) / square);
    const double root = 1 + c_ * normal;
    if (root <= 0) continue;
    const double v = root * root * root;
    const double log_v = nats_per_bit * portable_log2(v);
    const double log_u = nats_per_bit * portable_log2(uniform(words.word(position + 2, attempt)));
    if (log_u >= 0.5 * normal * normal + d_ - d_ * v + d_ * log_v) continue;
    log2_draw = portable_log2(d_) + portable_log2(v);
    break;
  }
  if (alpha_ >= 1) return log2_draw;
  // A gamma of alpha is one of alpha + 1 times a uniform number's power 1 / alpha.
  return log2_draw + portable_log2(uniform(words.word(position + 3))) / alpha_;
}

std::vector<double> DirichletRows::draw(const WordStream& words, std::uint64_t row) const {
  std::vector<double> components;
  for (std::uint32_t i = 0; i < size_; ++i) {
    components.push_back(log2_gamma(words, 4 * (row * size_ + i)));
  }
  const double largest = *std::max_element(components.begin(), components.end());
  for (double& each : components) each = portable_exp2(each - largest);
  return components;
}

}  // namespace synthgen
