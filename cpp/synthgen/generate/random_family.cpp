#include "synthgen/generate/families.hpp"

namespace synthgen {
namespace {

/// Content only: independent draws.
class RandomFamily final : public Family {
 public:
  using Family::Family;

  void write(const Item& item, Draft& draft) const override {
    fill_content(*this, item, draft);
    if (draft.latents != nullptr) {
      const auto length = static_cast<std::uint32_t>(draft.tokens.size());
      draft.latents->spans.push_back({.length = length, .full_length = length});
    }
  }

  std::vector<Expectation> truth(double noise) const override {
    double repeat = 0;
    if (content().sampler().is_uniform()) {
      repeat = 1.0 / content().size();
    } else {
      for (std::uint32_t rank = 0; rank < content().size(); ++rank) {
        const double p = content().sampler().probability(rank);
        repeat += p * p;
      }
    }
    std::vector<Expectation> expectations = common_truth(*this, noise);
    expectations.push_back({"local_coherence", repeat, "sum over ids of p(id)^2", ""});
    return expectations;
  }
};

}  // namespace

const FamilyEntry random_family_entry{
    "random",
    "Independent tokens from the token distribution: no structure, the reference to compare with.",
    "733 12 901 46 7 310",
    [](const Config&) { return std::vector<Problem>(); },
    [](const Config& config) -> std::unique_ptr<Family> {
      return std::make_unique<RandomFamily>(config);
    },
};

}  // namespace synthgen
