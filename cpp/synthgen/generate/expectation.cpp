#include "synthgen/generate/expectation.hpp"

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

Json to_json(const std::vector<Expectation>& expectations) {
  Json list = Json::array();
  for (const Expectation& expectation : expectations) {
    Json entry = Json::object();
    entry["name"] = expectation.name;
    entry["value"] = expectation.value;
    entry["formula"] = expectation.formula;
    entry["unit"] = expectation.unit;
    entry["depends_on"] = expectation.depends_on;
    list.push_back(std::move(entry));
  }
  return list;
}

ParameterKeys content_keys() {
  return {"vocab_size", "vocab_distribution", "zipf_exponent"};
}

ParameterKeys length_keys() {
  return {"seq_length", "length_variation"};
}

ParameterKeys joined_keys(std::initializer_list<ParameterKeys> lists) {
  ParameterKeys keys;
  for (const ParameterKeys& list : lists) keys.insert(keys.end(), list.begin(), list.end());
  return keys;
}

std::vector<Expectation> common_truth(const TokenSampler& content, const CommonTruth& truth) {
  ParameterKeys noise_keys{"noise_probability"};
  if (truth.untouched > 0) noise_keys = joined_keys({noise_keys, truth.length_depends_on});
  return {
      {"avg_length", truth.length, "mean of the lengths' distribution", "tokens",
       truth.length_depends_on},
      {"noise_rate", truth.noise * (truth.length - truth.untouched) / truth.length,
       "round(noise_probability 2^32) / 2^32", "of positions", std::move(noise_keys)},
      {"content_entropy_bits", entropy_bits(content), "-sum over ids of p(id) log2 p(id)",
       "bits per token", truth.content_depends_on},
  };
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
