#include "synthgen/generate/families.hpp"

#include <cmath>

namespace synthgen {

void fill_content(const Family& family, const Item& item, Draft& draft) {
  const Content& content = family.content();
  content.sampler().fill(TokenWords::content(item), draft.tokens);
  for (std::uint32_t& token : draft.tokens) token = content.id(token);
  if (draft.laws != nullptr) draft.laws->assign(draft.tokens.size(), PositionLaw{});
}

std::vector<Expectation> common_truth(const Family& family, double noise) {
  const TokenSampler& sampler = family.content().sampler();
  double entropy_bits = 0;
  if (sampler.is_uniform()) {
    entropy_bits = std::log2(static_cast<double>(sampler.size()));
  } else {
    for (std::uint32_t rank = 0; rank < sampler.size(); ++rank) {
      const double p = sampler.probability(rank);
      if (p > 0) entropy_bits -= p * std::log2(p);
    }
  }
  return {
      {"avg_length", family.lengths().mean(), "(shortest + longest) / 2", "tokens"},
      {"noise_rate", noise, "round(noise_probability * 2^32) / 2^32", "of positions"},
      {"content_entropy_bits", entropy_bits, "-sum over ids of p(id) log2 p(id)", "bits per token"},
  };
}

}  // namespace synthgen
