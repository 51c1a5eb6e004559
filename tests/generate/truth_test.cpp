#include "synthgen/generate/generator.hpp"

#include <functional>
#include <gtest/gtest.h>
#include <map>
#include <set>

#include "support/configs.hpp"
#include "support/family_cases.hpp"
#include "support/statistical.hpp"

namespace synthgen {
namespace {

using testing::generator_of;

/// What a measurement sees of one sequence.
struct Seen {
  const Config& config;
  std::span<const std::uint32_t> tokens;
  const Latents& latents;
};

/// What a sequence adds to a rate: how often, out of how often. The expectation of a name is
/// E[count] / E[out_of]; a mean over sequences counts out of 1.
struct Part {
  double count = 0;
  double out_of = 1;
};

Part of_positions(double count, const Seen& seen) {
  return {count, static_cast<double>(seen.tokens.size())};
}

bool is_pattern(const Span& span) {
  return span.kind >= SpanKind::repetition && span.kind <= SpanKind::reversal;
}

/// The law of the content ids, spelled out from the design.
class ContentLaw {
 public:
  explicit ContentLaw(const Config& config) {
    const bool has_conditions = config.generator == "conditional" || config.generator == "composed";
    reserved_.insert(config.condition_tokens.begin(), config.condition_tokens.end());
    for (std::int64_t id = 0; static_cast<std::int64_t>(reserved_.size()) < config.num_conditions;
         ++id) {
      reserved_.insert(id);
    }
    if (!has_conditions) reserved_.clear();
    size_ = config.vocab_size - static_cast<std::int64_t>(reserved_.size());
    exponent_ = config.vocab_distribution == "zipf" ? config.zipf_exponent : 0;
    if (exponent_ == 0) return;
    norm_ = 0;
    for (std::int64_t rank = size_; rank >= 1; --rank) norm_ += power(rank);
  }

  std::int64_t size() const { return size_; }
  std::int64_t rank(std::uint32_t id) const {
    return std::int64_t{id} -
           std::int64_t{std::distance(reserved_.begin(), reserved_.upper_bound(id))};
  }
  double probability(std::int64_t rank) const {
    return exponent_ == 0 ? 1.0 / static_cast<double>(size_) : power(rank + 1) / norm_;
  }
  double probability_below(std::int64_t end) const {
    double sum = 0;
    for (std::int64_t rank = 0; rank < end; ++rank) sum += probability(rank);
    return sum;
  }

 private:
  double power(std::int64_t n) const { return std::pow(static_cast<double>(n), -exponent_); }

  std::set<std::int64_t> reserved_;
  std::int64_t size_ = 0;
  double exponent_ = 0;
  double norm_ = 1;
};

/// Σ log2 P(x | condition) / P(x) over the tokens of fresh segments.
Part information(const Seen& seen) {
  const ContentLaw law(seen.config);
  const std::int64_t conditions = seen.config.num_conditions;
  const auto border = [&](std::int64_t k) { return k * law.size() / conditions; };
  std::vector<double> mass;
  for (std::int64_t k = 0; k < conditions; ++k) {
    mass.push_back(law.probability_below(border(k + 1)) - law.probability_below(border(k)));
  }
  const double noise = seen.config.noise_probability;
  const double style = seen.config.condition_strength;
  Part part{0, 0};
  for (const Span& span : seen.latents.spans) {
    if (span.kind != SpanKind::fresh) continue;
    for (std::uint32_t t = span.start; t < span.start + span.length; ++t) {
      const std::int64_t rank = law.rank(seen.tokens[t]);
      std::size_t band = 0;
      while (rank >= border(static_cast<std::int64_t>(band) + 1)) ++band;
      const double other = (1 - noise) * (1 - style) + noise;
      const double own = other + (1 - noise) * style / mass[band];
      const double mean =
          (own + static_cast<double>(conditions - 1) * other) / static_cast<double>(conditions);
      part.count += std::log2((band == *seen.latents.condition ? own : other) / mean);
      part.out_of += 1;
    }
  }
  return part;
}

/// What a sequence shows of the expectation of a name; none when it shows nothing. A family's own
/// expectations come here with their measurement.
const std::map<std::string, std::function<std::optional<Part>(const Seen&)>> measurements{
    {"avg_length",
     [](const Seen& seen) { return std::optional(Part{static_cast<double>(seen.tokens.size())}); }},
    {"noise_rate",
     [](const Seen& seen) {
       return std::optional(of_positions(static_cast<double>(seen.latents.noise.size()), seen));
     }},
    {"content_entropy_bits",
     [](const Seen& seen) -> std::optional<Part> {
       // A noisy token is a content draw in every family.
       if (seen.latents.noise.empty()) return std::nullopt;
       const ContentLaw law(seen.config);
       return Part{-std::log2(law.probability(law.rank(seen.tokens[seen.latents.noise[0]])))};
     }},
    {"local_coherence",
     [](const Seen& seen) -> std::optional<Part> {
       if (seen.tokens.size() < 2) return std::nullopt;
       double equal = 0;
       for (std::size_t t = 1; t < seen.tokens.size(); ++t) {
         equal += seen.tokens[t] == seen.tokens[t - 1] ? 1 : 0;
       }
       return Part{equal / static_cast<double>(seen.tokens.size() - 1)};
     }},
    {"pattern_share",
     [](const Seen& seen) {
       double covered = 0;
       for (const Span& span : seen.latents.spans) covered += is_pattern(span) ? span.length : 0;
       return std::optional(of_positions(covered, seen));
     }},
    {"successor_rate",
     [](const Seen& seen) {
       double successors = 0;
       for (const Span& span : seen.latents.spans) {
         if (span.kind == SpanKind::successor) successors += span.length;
       }
       return std::optional(of_positions(successors, seen));
     }},
    {"theme_share",
     [](const Seen& seen) {
       const std::int64_t ids = seen.config.vocab_size;
       const std::int64_t themes = std::min<std::int64_t>(4, ids);
       const std::int64_t theme = *seen.latents.theme;
       double inside = 0;
       for (const std::uint32_t token : seen.tokens) {
         const bool is_inside = token >= theme * ids / themes && token < (theme + 1) * ids / themes;
         inside += is_inside ? 1 : 0;
       }
       return std::optional(of_positions(inside, seen));
     }},
    {"condition_information_bits",
     [](const Seen& seen) { return std::optional(information(seen)); }},
    {"condition_pattern_share",
     [](const Seen& seen) {
       const auto& types = seen.config.pattern_types;
       Part part{0, 0};
       for (const Span& span : seen.latents.spans) {
         if (!is_pattern(span)) continue;
         part.out_of += 1;
         part.count += name(span.kind) == types[*seen.latents.condition % types.size()] ? 1 : 0;
       }
       return std::optional(part);
     }},
};

class TruthOfEveryFamily : public ::testing::TestWithParam<testing::FamilyCase> {
 protected:
  /// Compares each expectation with its measurement.
  static void expect_truth(const Generator& generator) {
    SequenceBatch batch;
    generator.generate(Split::train, 0, 1500, batch, true);
    for (const Expectation& expectation : generator.truth()) {
      const auto measurement = measurements.find(expectation.name);
      ASSERT_NE(measurement, measurements.end()) << expectation.name << " is never measured";
      std::vector<double> surplus;  // of each sequence over what is expected
      for (std::size_t i = 0; i < batch.size(); ++i) {
        const auto part =
            measurement->second({generator.config(), batch.content(i), batch.latents[i]});
        if (part) surplus.push_back(part->count - expectation.value * part->out_of);
      }
      if (surplus.empty()) continue;
      const auto [least, most] = std::minmax_element(surplus.begin(), surplus.end());
      if (*most - *least < 1e-9) {  // nothing about it is random
        EXPECT_NEAR(*most, 0, 1e-6) << expectation.name;
        continue;
      }
      if (surplus.size() < 100) continue;
      EXPECT_TRUE(testing::has_mean(surplus, 0)) << expectation.name;
    }
  }
};

TEST_P(TruthOfEveryFamily, IsWhatSequencesShow) {
  const Generator generator = generator_of(GetParam().config);
  expect_truth(generator);
}

TEST_P(TruthOfEveryFamily, IsWhatSequencesShowUnderNoise) {
  const Generator generator = generator_of(GetParam().config, {{"noise_probability", 0.3}});
  expect_truth(generator);
}

TEST_P(TruthOfEveryFamily, IsExplained) {
  std::set<std::string> names;
  for (const Expectation& expectation : generator_of(GetParam().config).truth()) {
    EXPECT_TRUE(names.insert(expectation.name).second) << expectation.name << " twice";
    EXPECT_FALSE(expectation.formula.empty()) << expectation.name;
    EXPECT_TRUE(std::isfinite(expectation.value)) << expectation.name;
  }
}

INSTANTIATE_TEST_SUITE_P(, TruthOfEveryFamily, ::testing::ValuesIn(testing::family_cases),
                         testing::family_case_name);

double expected(const char* config, std::string_view name) {
  for (const Expectation& expectation : generator_of(config).truth()) {
    if (expectation.name == name) return expectation.value;
  }
  ADD_FAILURE() << "no expectation " << name;
  return 0;
}

TEST(Truth, KnownAnswers) {
  EXPECT_EQ(expected(R"({"vocab_size": 1024})", "content_entropy_bits"), 10);
  EXPECT_EQ(expected(R"({"vocab_size": 50})", "local_coherence"), 0.02);
  EXPECT_EQ(expected(R"({"seq_length": 33})", "avg_length"), 33);
  EXPECT_EQ(expected(R"({"seq_length": 2, "length_variation": 1})", "avg_length"), 2.5);
  EXPECT_EQ(expected(R"({"pattern_probability": 0.25})", "pattern_share"), 0.25);
  // The rounded probability, not the one that was typed.
  EXPECT_EQ(expected(R"({"noise_probability": 0.3})", "noise_rate"), 1288490189.0 / 4294967296.0);
  // Two ids at exponent 1: 2/3 and 1/3.
  const char* thirds = R"({"vocab_size": 2, "vocab_distribution": "zipf"})";
  EXPECT_NEAR(expected(thirds, "content_entropy_bits"), 0.9182958340544896, 1e-9);
  EXPECT_NEAR(expected(thirds, "local_coherence"), 5.0 / 9, 1e-9);
}

/// Whether sequences of one config have the rate that another one promises: a test of the tests
/// above.
::testing::AssertionResult shows(const char* config, const char* promise, std::string_view rate) {
  SequenceBatch batch;
  const Generator generator = generator_of(config);
  generator.generate(Split::train, 0, 1500, batch, true);
  std::vector<double> surplus;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto part =
        measurements.at(std::string(rate))({generator.config(), batch[i], batch.latents[i]});
    surplus.push_back(part->count - expected(promise, rate) * part->out_of);
  }
  return testing::has_mean(surplus, 0);
}

TEST(Truth, OfAnotherPatternProbabilityIsRefuted) {
  EXPECT_FALSE(shows(R"({"pattern_probability": 0.33})", R"({"pattern_probability": 0.3})",
                     "pattern_share"));
}

TEST(Truth, OfAnotherStructureProbabilityIsRefuted) {
  EXPECT_FALSE(shows(R"({"vocab_size": 1024, "structure_probability": 0.52})",
                     R"({"vocab_size": 1024, "structure_probability": 0.5})", "successor_rate"));
}

TEST(Truth, OfAnotherGlobalCoherenceIsRefuted) {
  EXPECT_FALSE(shows(R"({"vocab_size": 1024, "global_coherence": 0.73})",
                     R"({"vocab_size": 1024, "global_coherence": 0.7})", "theme_share"));
}

TEST(Truth, OfAnotherConditionStrengthIsRefuted) {
  EXPECT_FALSE(shows(R"({"vocab_size": 1000, "condition_strength": 0.83})",
                     R"({"vocab_size": 1000, "condition_strength": 0.8})",
                     "condition_pattern_share"));
}

TEST(Truth, KnownAnswersOfTheDesign) {
  const char* hierarchy = R"({"generator": "hierarchical", "vocab_size": 1024, "seq_length": 512})";
  EXPECT_NEAR(expected(hierarchy, "successor_rate"), 0.424, 0.0005);
  EXPECT_NEAR(expected(hierarchy, "theme_share"), 0.870, 0.0005);
  const char* condition = R"({"generator": "conditional", "vocab_size": 1010})";
  EXPECT_NEAR(expected(condition, "condition_information_bits"), 2.071, 0.0005);
}

}  // namespace
}  // namespace synthgen
