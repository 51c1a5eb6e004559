#include "synthgen/generate/layers/fresh_tokens.hpp"
#include "synthgen/generate/source.hpp"
#include "synthgen/generate/truth/independent_truth.hpp"
#include "synthgen/generate/truth/lag_truth.hpp"
#include "synthgen/law/independent_predictor.hpp"

namespace synthgen {
namespace {

/// Content only: independent draws.
class RandomFamily final : public Family {
 public:
  explicit RandomFamily(const Config& config) : Family(config) {}

  std::size_t write(const Item& item, Draft& draft) const override {
    FreshTokens(content().sampler(), item).fill(0, draft.tokens);
    if (draft.latents != nullptr) {
      const auto length = static_cast<std::uint32_t>(draft.tokens.size());
      draft.latents->spans.push_back({.length = length, .full_length = length});
    }
    return draft.tokens.size();
  }

  std::vector<Expectation> truth(double noise) const override {
    const TokenSampler& sampler = content().sampler();
    std::vector<Expectation> expectations =
        common_truth(sampler, {.noise = noise, .length = lengths().mean()});
    expectations.push_back({"local_coherence", repeat_probability(sampler),
                            "sum over ids of p(id)^2", "", content_keys()});
    const ParameterKeys keys = joined_keys({content_keys(), length_keys()});
    if (const auto entropy = independent_entropy(sampler, lengths())) {
      expectations.push_back({"average_entropy", *entropy,
                              "mean over lengths L of log2 L - sum over ids of p E[log2(1 + B)], B "
                              "binomial(L - 1, p)",
                              "bits", keys});
    }
    if (const auto largest = independent_largest_share(sampler, lengths())) {
      expectations.push_back({"global_coherence", *largest,
                              "mean over lengths L of the expected largest of V multinomial counts "
                              "/ L",
                              "", keys});
    }
    return expectations;
  }

  std::vector<KindShare> clean_kinds() const override { return {{"fresh", 1}}; }

  std::vector<Expectation> dataset_truth(std::uint64_t sequences) const override {
    const TokenSampler& sampler = content().sampler();
    const ParameterKeys keys = joined_keys({content_keys(), length_keys()});
    std::vector<Expectation> expectations;
    if (const auto used = independent_vocab_usage(sampler, lengths(), sequences)) {
      for (const char* name : {"vocab_usage", "token_diversity"}) {
        expectations.push_back(
            {name, *used,
             "sum over ids of 1 - (mean over lengths L of (1 - p(id))^L)^N for N "
             "sequences",
             "ids", keys});
      }
    }
    if (const auto share = independent_sequence_diversity(sampler, lengths(), sequences)) {
      expectations.push_back(
          {"sequence_diversity", *share,
           sampler.is_uniform()
               ? "sum over lengths L of V^L (1 - (1 - P(L) / V^L)^N) / N for N sequences"
               : "1 - (N - 1) / 2 times the sum over lengths L of P(L)^2 (sum over ids of p^2)^L "
                 "for N sequences",
           "", keys});
      expectations.push_back({"duplicate_share", 1 - *share, "1 - sequence_diversity", "", keys});
    }
    if (const auto lengths_seen = extreme_lengths(lengths(), sequences)) {
      const char* const formula =
          "end of the lengths' range, moved inwards by the sum over j < n of (j / n)^N for n "
          "lengths and N sequences";
      expectations.push_back(
          {"min_length", lengths_seen->shortest, formula, "tokens", length_keys()});
      expectations.push_back(
          {"max_length", lengths_seen->longest, formula, "tokens", length_keys()});
    }
    return expectations;
  }

  std::vector<double> lag_equality(double /*noise*/) const override {
    return independent_lag_equality(content().sampler(), lengths());
  }

  std::optional<double> copy_chance(std::uint64_t sequences) const override {
    return independent_copy_chance(content().sampler(), lengths(), sequences);
  }

  MadePredictor predictor(double /*noise*/) const override {
    return std::make_unique<IndependentPredictor>(content().sampler(), lengths().law());
  }
};

}  // namespace

extern const FamilyEntry random_family_entry;
const FamilyEntry random_family_entry{
    .name = "random",
    .summary = "Independent tokens from the token distribution: no structure, for comparison.",
    .example = "733 12 901 46 7 310",
    .keys = {},
    .make = &make_layered<RandomFamily>,
};

}  // namespace synthgen
