#include "synthgen/generate/families.hpp"
#include "synthgen/generate/segments.hpp"

#include <algorithm>

namespace synthgen {
namespace {

/// Segments follow one another until the sequence is full; each is a pattern with probability
/// pattern_probability and stays fresh otherwise.
class PatternFamily final : public Family {
 public:
  explicit PatternFamily(const Config& config) : Family(config), segments_(config) {}

  void write(const Item& item, Draft& draft) const override {
    fill_content(*this, item, draft);
    segments_.write(content(), item, draft);
  }

  std::vector<Expectation> truth(double noise) const override {
    std::vector<Expectation> expectations = common_truth(*this, noise);
    expectations.push_back(
        {"pattern_share", segments_.pattern_probability(), "pattern_probability", "of positions"});
    return expectations;
  }

 private:
  PatternSegments segments_;
};

}  // namespace

const FamilyEntry pattern_family_entry{
    "pattern",
    "Segments that repeat, alternate, progress or mirror among fresh tokens.",
    "A B C A B C | 733 12 901 | 7 8 9 10 | A B C C B A",
    [](const Config&) { return std::vector<Problem>(); },
    [](const Config& config) -> std::unique_ptr<Family> {
      return std::make_unique<PatternFamily>(config);
    },
};

}  // namespace synthgen
