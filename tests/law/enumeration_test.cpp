#include <gtest/gtest.h>

#include "support/enumerated_world.hpp"

// Laws of the next token against worlds so small that the probability of every sequence can be
// added up from the decisions and draws behind it.

namespace synthgen {
namespace {

using testing::EnumeratedWorld;
using Tokens = testing::Tokens;

struct TinyWorld {
  const char* name;
  const char* config;
};

constexpr TinyWorld tiny_worlds[] = {
    {"random", R"({"generator": "random", "vocab_size": 3, "seq_length": 4})"},
    {"random_zipf", R"({"generator": "random", "vocab_size": 4, "seq_length": 4,
        "vocab_distribution": "zipf", "zipf_exponent": 1.5, "length_variation": 0.5})"},
    {"pattern", R"({"generator": "pattern", "vocab_size": 3, "seq_length": 7, "pattern_length": 4,
        "pattern_probability": 0.6})"},
    {"pattern_four_ids", R"({"generator": "pattern", "vocab_size": 4, "seq_length": 6,
        "pattern_length": 5, "pattern_probability": 0.9})"},
    {"pattern_zipf", R"({"generator": "pattern", "vocab_size": 3, "seq_length": 7,
        "pattern_length": 4, "pattern_probability": 0.7, "vocab_distribution": "zipf",
        "zipf_exponent": 1.2})"},
    {"pattern_two_ids", R"({"generator": "pattern", "vocab_size": 2, "seq_length": 9,
        "pattern_length": 4, "pattern_probability": 0.5, "vocab_distribution": "zipf"})"},
    {"pattern_always", R"({"generator": "pattern", "vocab_size": 2, "seq_length": 9,
        "pattern_length": 4, "pattern_probability": 1})"},
    {"pattern_lengths", R"({"generator": "pattern", "vocab_size": 3, "seq_length": 4,
        "pattern_length": 4, "pattern_probability": 0.5, "length_variation": 0.5})"},
    {"pattern_repetitions", R"({"generator": "pattern", "vocab_size": 2, "seq_length": 11,
        "pattern_length": 9, "pattern_probability": 0.8, "pattern_types": ["rep"]})"},
    {"pattern_alternations", R"({"generator": "pattern", "vocab_size": 3, "seq_length": 7,
        "pattern_length": 5, "pattern_probability": 0.8, "pattern_types": ["alt"],
        "vocab_distribution": "zipf", "zipf_exponent": 2})"},
    {"pattern_progressions", R"({"generator": "pattern", "vocab_size": 3, "seq_length": 7,
        "pattern_length": 5, "pattern_probability": 0.8, "pattern_types": ["prog"],
        "vocab_distribution": "zipf", "zipf_exponent": 2})"},
    {"pattern_reversals", R"({"generator": "pattern", "vocab_size": 3, "seq_length": 8,
        "pattern_length": 5, "pattern_probability": 0.8, "pattern_types": ["rev"],
        "vocab_distribution": "zipf", "zipf_exponent": 0.5})"},
    {"pattern_longer_than_the_sequence", R"({"generator": "pattern", "vocab_size": 3,
        "seq_length": 5, "pattern_length": 12, "pattern_probability": 0.7})"},
    {"pattern_one_token", R"({"generator": "pattern", "vocab_size": 3, "seq_length": 1})"},
    {"conditional", R"({"generator": "conditional", "vocab_size": 5, "num_conditions": 2,
        "seq_length": 6, "pattern_length": 4, "pattern_probability": 0.5})"},
    {"conditional_zipf", R"({"generator": "conditional", "vocab_size": 6, "num_conditions": 2,
        "condition_tokens": [4], "seq_length": 5, "pattern_length": 4, "pattern_probability": 0.7,
        "vocab_distribution": "zipf", "condition_strength": 0.6, "pattern_types": ["alt", "rev"]})"},
    {"conditional_bands_of_one_id", R"({"generator": "conditional", "vocab_size": 6,
        "num_conditions": 3, "seq_length": 5, "pattern_length": 4, "pattern_probability": 0.8,
        "pattern_types": ["alt"], "vocab_distribution": "zipf", "condition_strength": 0.6})"},
    {"conditional_lengths", R"({"generator": "conditional", "vocab_size": 5, "num_conditions": 2,
        "seq_length": 4, "pattern_length": 4, "length_variation": 0.5})"},
    {"conditional_without_style", R"({"generator": "conditional", "vocab_size": 4,
        "num_conditions": 2, "seq_length": 7, "pattern_length": 4,
        "condition_controls": ["pattern"]})"},
    {"hierarchical_global_only", R"({"generator": "hierarchical", "vocab_size": 6, "seq_length": 5,
        "hierarchy_levels": 1, "vocab_distribution": "zipf"})"},
    {"hierarchical", R"({"generator": "hierarchical", "vocab_size": 8, "seq_length": 4,
        "hierarchy_levels": 2})"},
    {"hierarchical_zipf", R"({"generator": "hierarchical", "vocab_size": 11, "seq_length": 4,
        "hierarchy_levels": 2, "vocab_distribution": "zipf", "structure_probability": 0.8})"},
    {"hierarchical_two_ids", R"({"generator": "hierarchical", "vocab_size": 2, "seq_length": 7,
        "hierarchy_levels": 2, "length_variation": 0.3})"},
    {"hierarchical_always_successors", R"({"generator": "hierarchical", "vocab_size": 9,
        "seq_length": 4, "hierarchy_levels": 2, "structure_probability": 1,
        "global_coherence": 1})"},
    {"hierarchical_without_structure", R"({"generator": "hierarchical", "vocab_size": 5,
        "seq_length": 5, "structure_probability": 0})"},
    {"template", R"({"generator": "template", "vocab_size": 4, "seq_length": 7, "pad_token": 3,
        "templates": [[{"name": "k", "of": {"range": [1, 3]}}, "RANDOM", "PATTERN", "PATTERN",
                       {"ref": "k"}, 2, "PATTERN"],
                      {"weight": 2, "elements": ["PATTERN", {"repeat": 3, "of": ["PATTERN"]}]}],
        "vocab_distribution": "zipf"})"},
    {"template_patterns", R"({"generator": "template", "vocab_size": 3, "seq_length": 7,
        "length_variation": 0.1, "templates": [[{"repeat": 7, "of": ["PATTERN"]}]],
        "vocab_distribution": "zipf", "zipf_exponent": 0.5})"},
    {"template_cycle", R"({"generator": "template", "vocab_size": 3, "seq_length": 7,
        "template_fill": "cycle", "length_variation": 0.1, "templates": [
        [{"name": "a", "of": "PATTERN"}, {"name": "b", "of": "PATTERN"}, {"ref": "a"},
         {"name": "b", "of": {"ref": "b"}}, "PATTERN", {"ref": "b"}]]})"},
    {"template_natural", R"({"generator": "template", "vocab_size": 3, "seq_length": 5,
        "template_fill": "natural", "length_variation": 0.4, "templates": [
        ["PATTERN", "PATTERN", 1], [1, "RANDOM"], [{"repeat": 7, "of": ["RANDOM"]}]]})"},
    {"mixture", R"({"generator": "mixture", "vocab_size": 4, "seq_length": 6, "components": [
        {"weight": 2, "config": {"pattern_probability": 0.5, "pattern_length": 4}},
        {"config": {"generator": "conditional", "num_conditions": 2, "pattern_length": 4,
                    "length_variation": 0.2}},
        {"weight": 0.3, "config": {"hierarchy_levels": 2, "vocab_size": 3, "seq_length": 3}},
        {"weight": 0, "config": {"generator": "composed", "num_conditions": 2}}]})"},
};

constexpr double noises[] = {0, 0.125, 0.75, 1};

Config config_with(const char* text, double noise) {
  Config config = testing::config_of(text);
  config.noise_probability = noise;
  config.given.insert("noise_probability");  // which a mixture's components inherit
  return config;
}

std::shared_ptr<Predictor> predictor_with(const Config& config) {
  return testing::value_of(testing::value_of(Generator::create(config)).predictor());
}

/// The largest difference between a predictor and a world: of the law after every prefix, asked
/// for id by id, as a whole and by observing, and of the chance of a further token.
double largest_difference(Predictor& predictor, const EnumeratedWorld& world) {
  double largest = 0;
  const auto compare = [&](double one, double other) {
    const double difference = std::abs(one - other);
    if (!(difference <= largest)) largest = difference;
  };
  std::vector<double> law(world.vocab_size());
  world.for_prefixes([&](const Tokens& prefix) {
    predictor.reset();
    Tokens before;
    for (const std::uint32_t token : prefix) {
      const double expected = world.law(before)[token];
      compare(predictor.observe(token), expected);
      before.push_back(token);
    }
    const std::vector<double> expected = world.law(prefix);
    predictor.law(law);
    for (std::uint32_t id = 0; id < expected.size(); ++id) {
      compare(predictor.probability(id), expected[id]);
      compare(law[id], expected[id]);
    }
    compare(predictor.continuation(), world.continuation(prefix));
    double entropy = 0;
    for (const double p : expected) entropy -= p > 0 ? p * std::log2(p) : 0;
    compare(predictor.entropy_bits(), entropy);
  });
  return largest;
}

class LawOfEverySmallWorld : public ::testing::TestWithParam<TinyWorld> {};

TEST_P(LawOfEverySmallWorld, IsTheEnumeratedConditionalAtEveryPrefix) {
  EnumeratedWorld world(testing::config_of(GetParam().config));
  EXPECT_NEAR(world.probability({}), 1, 1e-12);
  for (const double noise : noises) {
    world.set_noise(noise);
    const auto predictor = predictor_with(config_with(GetParam().config, noise));
    EXPECT_LT(largest_difference(*predictor, world), 1e-12) << "noise " << noise;
  }
}

INSTANTIATE_TEST_SUITE_P(, LawOfEverySmallWorld, ::testing::ValuesIn(tiny_worlds),
                         [](const auto& world) { return std::string(world.param.name); });

/// A predictor that passes everything on; the wrong ones change one thing.
class Wrong : public Predictor {
 public:
  explicit Wrong(std::shared_ptr<Predictor> right)
      : Predictor(right->vocab_size()), right_(std::move(right)) {}
  void reset() override { right_->reset(); }
  double probability(std::uint32_t id) const override { return right_->probability(id); }
  double observe(std::uint32_t id) override { return right_->observe(id); }
  double continuation() const override { return right_->continuation(); }

 protected:
  std::shared_ptr<Predictor> right_;
};

/// Knows the last three tokens only.
class Forgetful final : public Wrong {
 public:
  using Wrong::Wrong;
  void reset() override {
    right_->reset();
    last_.clear();
  }
  double observe(std::uint32_t id) override {
    const double p = right_->probability(id);
    last_.push_back(id);
    if (last_.size() > 3) last_.erase(last_.begin());
    right_->reset();
    for (const std::uint32_t token : last_) right_->observe(token);
    return p;
  }

 private:
  Tokens last_;
};

/// Believes that every sequence goes on.
class Endless final : public Wrong {
 public:
  using Wrong::Wrong;
  double continuation() const override { return 1; }
};

/// Leaves a little to what cannot happen.
class Smoothed final : public Wrong {
 public:
  using Wrong::Wrong;
  double probability(std::uint32_t id) const override {
    return right_->probability(id) * (1 - 1e-11) + 1e-11 / vocab_size();
  }
};

constexpr const char* plain_world = R"({"generator": "pattern", "vocab_size": 3, "seq_length": 6,
    "pattern_length": 4, "pattern_probability": 0.6})";

TEST(LawOfASmallWorld, RefusesWrongPredictors) {
  const Config config = config_with(plain_world, 0.125);
  const EnumeratedWorld world(config);
  EXPECT_LT(largest_difference(*predictor_with(config), world), 1e-12);
  Forgetful forgetful(predictor_with(config));
  EXPECT_GT(largest_difference(forgetful, world), 1e-3);
  Smoothed smoothed(predictor_with(config));
  EXPECT_GT(largest_difference(smoothed, world), 1e-12);
  const Config lengths = testing::config_of(R"({"generator": "random", "vocab_size": 2,
      "seq_length": 4, "length_variation": 0.5})");
  Endless endless(predictor_with(lengths));
  EXPECT_GT(largest_difference(endless, EnumeratedWorld(lengths)), 0.1);
}

TEST(LawOfASmallWorld, RefusesThePredictorOfAConfigThatIsSlightlyDifferent) {
  const Config config = config_with(plain_world, 0.125);
  const EnumeratedWorld world(config);
  const auto changed = [&](const auto& change) {
    Config other = config;
    change(other);
    return largest_difference(*predictor_with(other), world);
  };
  EXPECT_GT(changed([](Config& other) { other.noise_probability += 1e-6; }), 1e-8);
  EXPECT_GT(changed([](Config& other) { other.pattern_probability += 1e-6; }), 1e-8);
  EXPECT_GT(changed([](Config& other) { other.pattern_length = 5; }), 1e-3);
  for (std::size_t type = 0; type < 4; ++type) {
    EXPECT_GT(changed([&](Config& other) {
                other.pattern_types.erase(other.pattern_types.begin() +
                                          static_cast<std::ptrdiff_t>(type));
              }),
              1e-3);
  }
  EXPECT_GT(changed([](Config& other) { other.vocab_distribution = "zipf"; }), 1e-3);
}

}  // namespace
}  // namespace synthgen
