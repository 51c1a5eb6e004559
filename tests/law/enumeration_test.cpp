#include <gtest/gtest.h>

#include "support/enumerated_world.hpp"

// Laws of the next token against worlds so small that the probability of every sequence can be
// added up from the decisions and draws behind it.

namespace synthgen {
namespace {

using testing::EnumeratedWorld;
using testing::Tokens;

struct SmallWorld {
  const char* name;
  const char* config;
};

constexpr SmallWorld small_worlds[] = {
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
    {"pattern_repetitions", R"({"generator": "pattern", "vocab_size": 2, "seq_length": 12,
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
};

constexpr double noises[] = {0, 0.125, 0.75, 1};

Config config_with(const char* text, double noise) {
  Config config = testing::config_of(text);
  config.noise_probability = noise;
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

class LawOfEverySmallWorld : public ::testing::TestWithParam<SmallWorld> {};

TEST_P(LawOfEverySmallWorld, IsTheEnumeratedConditionalAtEveryPrefix) {
  for (const double noise : noises) {
    const Config config = config_with(GetParam().config, noise);
    const EnumeratedWorld world(config);
    EXPECT_NEAR(world.probability({}), 1, 1e-12);
    const auto predictor = predictor_with(config);
    EXPECT_LT(largest_difference(*predictor, world), 1e-12) << "noise " << noise;
  }
}

INSTANTIATE_TEST_SUITE_P(, LawOfEverySmallWorld, ::testing::ValuesIn(small_worlds),
                         [](const auto& world) { return std::string(world.param.name); });

}  // namespace
}  // namespace synthgen
