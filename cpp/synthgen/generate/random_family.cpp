#include "synthgen/generate/families.hpp"
#include "synthgen/generate/fresh_tokens.hpp"

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
    std::vector<Expectation> expectations = common_truth(*this, noise, lengths().mean());
    expectations.push_back({"local_coherence", repeat_probability(content().sampler()),
                            "sum over ids of p(id)^2", ""});
    return expectations;
  }
};

}  // namespace

const FamilyEntry random_family_entry{
    "random",
    "Independent tokens from the token distribution: no structure, the reference to compare with.",
    "733 12 901 46 7 310",
    [](const Config&) { return std::vector<Problem>(); },
    &make_layered<RandomFamily>,
};

}  // namespace synthgen
