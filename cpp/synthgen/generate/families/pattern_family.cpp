#include "synthgen/generate/families.hpp"
#include "synthgen/generate/structure/segments.hpp"
#include "synthgen/generate/truth/pattern_truth.hpp"

namespace synthgen {
namespace {

/// Segments follow one another until the sequence is full; each is a pattern with probability
/// pattern_probability and stays fresh otherwise.
class PatternFamily final : public Family {
 public:
  explicit PatternFamily(const Config& config)
      : Family(config), config_(config), decisions_(config) {}

  std::size_t write(const Item& item, Draft& draft) const override {
    FreshTokens fresh(content().sampler(), item);
    fresh.fill(0, draft.tokens);
    SegmentWriter(decisions_, item, content().size())
        .cover(0, draft.tokens.size(), fresh, draft, [](const Span&) {});
    return draft.tokens.size();
  }

  std::vector<Expectation> truth(double noise) const override {
    std::vector<Expectation> expectations = common_truth(*this, noise, lengths().mean());
    expectations.push_back(
        {"pattern_share", decisions_.pattern_probability(), "pattern_probability", "of positions"});
    if (content().sampler().is_uniform()) {
      expectations.push_back({"local_coherence",
                              pattern_local_coherence(config_, decisions_, lengths(), noise),
                              "from the renewal process of segments: 0 inside alternations and "
                              "progressions, 1 at the middle of an even reversal, else 1 / V",
                              ""});
    }
    return expectations;
  }

 private:
  Config config_;
  PatternDecisions decisions_;
};

}  // namespace

const FamilyEntry pattern_family_entry{
    "pattern",
    "Segments that repeat, alternate, progress or mirror among fresh tokens.",
    "A B C A B C | 733 12 901 | 7 8 9 10 | A B C C B A",
    [](const Config&) { return std::vector<Problem>(); },
    &make_layered<PatternFamily>,
};

}  // namespace synthgen
