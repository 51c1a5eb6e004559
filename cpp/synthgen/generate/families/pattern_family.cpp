#include "synthgen/generate/source.hpp"
#include "synthgen/generate/structure/segments.hpp"
#include "synthgen/generate/truth/lag_truth.hpp"
#include "synthgen/generate/truth/pattern_truth.hpp"
#include "synthgen/law/segment_filter.hpp"

#include <array>

namespace synthgen {
namespace {

constexpr std::array<std::string_view, 3> pattern_keys{"pattern_probability", "pattern_length",
                                                       "pattern_types"};

/// Segments from the first position on, whose ranks are ids.
class PatternPredictor final : public Predictor {
 public:
  PatternPredictor(const Content& content, double noise, SegmentTables tables, LengthLaw lengths)
      : Predictor(content.size()),
        fresh_(content.sampler(), noise > 0),
        tables_(std::move(tables)),
        lengths_(lengths),
        filter_(noise) {
    reset();
  }

  void reset() override {
    position_ = 0;
    filter_.reset(fresh_, tables_);
  }
  double probability(std::uint32_t id) const override {
    return id < vocab_size() ? filter_.probability(id) : 0;
  }
  double observe(std::uint32_t id) override {
    ++position_;
    return filter_.observe(id);
  }
  void law(std::span<double> probabilities) const override { filter_.law(probabilities); }
  double continuation() const override { return lengths_.continues(position_); }

 private:
  FreshLaw fresh_;
  SegmentTables tables_;
  LengthLaw lengths_;
  SegmentFilter filter_;
  std::uint64_t position_ = 0;
};

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
    std::vector<Expectation> expectations =
        common_truth(content().sampler(), {.noise = noise, .length = lengths().mean()});
    expectations.push_back({"pattern_share",
                            decisions_.pattern_probability(),
                            "pattern_probability",
                            "of positions",
                            {"pattern_probability"}});
    if (content().sampler().is_uniform()) {
      expectations.push_back({"local_coherence",
                              pattern_local_coherence(config_, decisions_, lengths(), noise),
                              "from the renewal process of segments: 0 inside alternations and "
                              "progressions, 1 at the middle of an even reversal, else 1 / V",
                              "",
                              joined_keys({content_keys(),
                                           length_keys(),
                                           {pattern_keys.begin(), pattern_keys.end()},
                                           {"noise_probability"}})});
    }
    return expectations;
  }

  std::vector<KindShare> clean_kinds() const override {
    const double patterns = decisions_.pattern_probability();
    std::vector<KindShare> kinds{{"fresh", 1 - patterns}};
    for (const SpanKind type : decisions_.types()) {
      kinds.push_back({name(type), patterns / static_cast<double>(decisions_.types().size())});
    }
    return kinds;
  }

  std::vector<double> lag_equality(double noise) const override {
    return pattern_lag_equality(config_, content().sampler(), lengths(), noise);
  }

  MadePredictor predictor(double noise) const override {
    SegmentTables tables(decisions_.law(), lengths().longest());
    if (tables.is_too_large()) return no_law(tables.too_large());
    return std::make_unique<PatternPredictor>(content(), noise, std::move(tables), lengths().law());
  }

 private:
  Config config_;
  PatternDecisions decisions_;
};

}  // namespace

extern const FamilyEntry pattern_family_entry;
const FamilyEntry pattern_family_entry{
    .name = "pattern",
    .summary = "Segments that repeat, alternate, progress or mirror among fresh tokens.",
    .example = "A B C A B C | 733 12 901 | 7 8 9 10 | A B C C B A",
    .keys = pattern_keys,
    .make = &make_layered<PatternFamily>,
};

}  // namespace synthgen
