#include "synthgen/generate/families.hpp"

#include <cmath>

namespace synthgen {
namespace {

double entropy_bits(const TokenSampler& sampler) {
  if (sampler.is_uniform()) return std::log2(static_cast<double>(sampler.size()));
  double bits = 0;
  for (std::uint32_t rank = 0; rank < sampler.size(); ++rank) {
    const double p = sampler.probability(rank);
    if (p > 0) bits -= p * std::log2(p);
  }
  return bits;
}

}  // namespace

std::vector<Expectation> common_truth(const Family& family, double noise, double length,
                                      double untouched) {
  return {
      {"avg_length", length, "mean of the lengths' distribution", "tokens"},
      {"noise_rate", noise * (length - untouched) / length, "round(noise_probability 2^32) / 2^32",
       "of positions"},
      {"content_entropy_bits", entropy_bits(family.content().sampler()),
       "-sum over ids of p(id) log2 p(id)", "bits per token"},
  };
}

Json to_json(const std::vector<Expectation>& expectations) {
  Json list = Json::array();
  for (const Expectation& expectation : expectations) {
    Json entry = Json::object();
    entry["name"] = expectation.name;
    entry["value"] = expectation.value;
    entry["formula"] = expectation.formula;
    entry["unit"] = expectation.unit;
    list.push_back(std::move(entry));
  }
  return list;
}

double repeat_probability(const TokenSampler& sampler) {
  if (sampler.is_uniform()) return 1.0 / sampler.size();
  double sum = 0;
  for (std::uint32_t rank = 0; rank < sampler.size(); ++rank) {
    const double p = sampler.probability(rank);
    sum += p * p;
  }
  return sum;
}

}  // namespace synthgen
