#include "synthgen/law/predictor.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/random/portable_math.hpp"

#include <limits>
#include <vector>

namespace synthgen {

double bits_of(double probability) noexcept {
  if (probability == 0) return std::numeric_limits<double>::infinity();
  return probability == 1 ? 0 : -portable_log2(probability);
}

double entropy_of(std::span<const double> probabilities) noexcept {
  double bits = 0;
  for (const double p : probabilities) {
    if (p > 0) bits += p * bits_of(p);
  }
  return bits;
}

void Predictor::law(std::span<double> probabilities) const {
  for (std::uint32_t id = 0; id < vocab_size_; ++id) probabilities[id] = probability(id);
}

double Predictor::entropy_bits() const {
  std::vector<double> probabilities(vocab_size_);
  law(probabilities);
  return entropy_of(probabilities);
}

void Predictor::label_law(std::span<double> probabilities) const {
  for (std::uint32_t id = 0; id < vocab_size_; ++id) probabilities[id] = label_probability(id);
}

double Predictor::label_entropy_bits() const {
  std::vector<double> probabilities(vocab_size_);
  label_law(probabilities);
  return entropy_of(probabilities);
}

tl::unexpected<Error> no_law(std::string_view reason) {
  return fail(ErrorKind::usage, formatted("no exact law of the next token: {}", reason));
}

void predictive_bits(Predictor& predictor, std::span<const std::uint32_t> tokens,
                     std::span<double> bits) {
  predictor.reset();
  for (std::size_t t = 0; t < tokens.size(); ++t) bits[t] = bits_of(predictor.observe(tokens[t]));
}

}  // namespace synthgen
