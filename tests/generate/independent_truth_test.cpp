#include "synthgen/generate/truth/independent_truth.hpp"

#include <cmath>
#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/reference_measures.hpp"
#include "support/statistical.hpp"
#include "support/truth_measurements.hpp"

namespace synthgen {
namespace {

using testing::generator_of;

/// The mean over all sequences of that many tokens of a few ids, each as likely as its tokens.
template <class Measure>
double mean_over_all(const std::vector<double>& law, std::size_t length, const Measure& measure) {
  double mean = 0;
  std::vector<std::uint32_t> tokens(length);
  for (;;) {
    double probability = 1;
    for (const std::uint32_t token : tokens) probability *= law[token];
    mean += probability * measure(tokens);
    std::size_t place = 0;
    while (place < length && ++tokens[place] == law.size()) tokens[place++] = 0;
    if (place == length) return mean;
  }
}

double largest_share(const std::vector<std::uint32_t>& tokens) {
  std::map<std::uint32_t, double> counts;
  double largest = 0;
  for (const std::uint32_t token : tokens) largest = std::max(largest, ++counts[token]);
  return largest / static_cast<double>(tokens.size());
}

LengthLayer lengths_of(std::int64_t length, double variation = 0) {
  Config config = default_config();
  config.seq_length = length;
  config.length_variation = variation;
  return LengthLayer(config);
}

TEST(IndependentTruth, OfEntropyIsTheMeanOverAllSequences) {
  for (const TokenSampler& sampler :
       {TokenSampler::uniform(3), TokenSampler::zipf(3, 1.0), TokenSampler::zipf(4, 2.5)}) {
    std::vector<double> law;
    for (std::uint32_t rank = 0; rank < sampler.size(); ++rank) {
      law.push_back(sampler.probability(rank));
    }
    double sum = 0;
    for (std::int64_t length = 1; length <= 7; ++length) {
      const double mean =
          mean_over_all(law, static_cast<std::size_t>(length),
                        [](const auto& each) { return testing::reference_entropy(each); });
      EXPECT_NEAR(*independent_entropy(sampler, lengths_of(length)), mean, 1e-12) << length;
      sum += mean;
    }
    // From max(1, round(3.5 (1 - 1))) = 1 to 7 tokens where the length varies by all of 3.5.
    EXPECT_NEAR(*independent_entropy(sampler, lengths_of(4, 0.75)), sum / 7, 1e-12);
  }
}

TEST(IndependentTruth, OfTheLargestCountIsTheMeanOverAllSequences) {
  const TokenSampler sampler = TokenSampler::uniform(5);
  const std::vector<double> law(5, 0.2);
  for (std::int64_t length = 1; length <= 6; ++length) {
    EXPECT_NEAR(*independent_largest_share(sampler, lengths_of(length)),
                mean_over_all(law, static_cast<std::size_t>(length), largest_share), 1e-12)
        << length;
  }
  EXPECT_FALSE(independent_largest_share(sampler, lengths_of(7)));
  EXPECT_FALSE(independent_largest_share(TokenSampler::zipf(5, 1), lengths_of(3)));
  // The birthdays of 23 people: two share one with probability 0.5073, three with just under the
  // expected number of such triples, C(23, 3) / 365^2 = 0.0133.
  const double birthdays = *independent_largest_share(TokenSampler::uniform(365), lengths_of(23));
  EXPECT_NEAR(birthdays * 23, 1 + 0.5073 + 0.0130, 0.0005);
}

TEST(IndependentTruth, IsLeftOutWhereItWouldTakeLong) {
  EXPECT_TRUE(independent_entropy(TokenSampler::uniform(10000), lengths_of(1048576)));
  EXPECT_TRUE(independent_entropy(TokenSampler::zipf(10000, 1), lengths_of(512)));
  EXPECT_FALSE(independent_entropy(TokenSampler::zipf(1 << 20, 1), lengths_of(512, 0.5)));
  EXPECT_TRUE(independent_largest_share(TokenSampler::uniform(10000), lengths_of(512, 1)));
  EXPECT_FALSE(independent_largest_share(TokenSampler::uniform(1 << 30), lengths_of(1 << 20)));
}

/// Whether what many small datasets show has the mean that the truth of each says.
void expect_dataset_truth(const char* config, std::uint64_t sequences) {
  constexpr std::uint64_t datasets = 400;
  const Generator generator = generator_of(config);
  std::vector<double> used;
  std::vector<double> different;
  for (std::uint64_t i = 0; i < datasets; ++i) {
    SequenceBatch batch;
    ASSERT_TRUE(generator.generate(Split::train, i * sequences, sequences, batch));
    used.push_back(static_cast<double>(testing::reference_token_distribution(batch).size()));
    different.push_back(testing::reference_sequence_diversity(batch));
  }
  const auto truth = generator.dataset_truth({sequences, 0, 0});
  EXPECT_TRUE(testing::has_mean(used, testing::expected(truth, "vocab_usage"))) << config;
  EXPECT_EQ(testing::expected(truth, "token_diversity"), testing::expected(truth, "vocab_usage"));
  if (std::string_view(config).find("zipf") != std::string_view::npos) return;
  EXPECT_TRUE(testing::has_mean(different, testing::expected(truth, "sequence_diversity")))
      << config;
  EXPECT_NEAR(testing::expected(truth, "duplicate_share"),
              1 - testing::expected(truth, "sequence_diversity"), 1e-15);
}

TEST(DatasetTruth, OfVocabularyAndDiversityIsWhatDatasetsShow) {
  expect_dataset_truth(R"({"generator": "random", "vocab_size": 50, "seq_length": 3})", 20);
  expect_dataset_truth(R"({"generator": "random", "vocab_size": 30, "seq_length": 3,
                           "length_variation": 1, "noise_probability": 0.5})",
                       30);
  expect_dataset_truth(R"({"generator": "random", "vocab_size": 300, "seq_length": 8,
                           "vocab_distribution": "zipf", "length_variation": 0.5})",
                       20);
}

TEST(DatasetTruth, KnownAnswers) {
  const auto expected = [](const char* config, const Generator::SequenceCounts& sequences,
                           std::string_view name) {
    return testing::expected(generator_of(config).dataset_truth(sequences), name);
  };
  const char* coins = R"({"generator": "random", "vocab_size": 2, "seq_length": 1})";
  EXPECT_NEAR(expected(coins, {2, 0, 0}, "vocab_usage"), 1.5, 1e-15);
  EXPECT_NEAR(expected(coins, {1, 1, 0}, "sequence_diversity"), 0.75, 1e-15);
  EXPECT_NEAR(expected(coins, {1, 0, 1}, "duplicate_share"), 0.25, 1e-15);
  const char* large = R"({"generator": "random", "vocab_size": 10000, "seq_length": 512})";
  EXPECT_NEAR(expected(large, {50000, 5000, 0}, "sequence_diversity"), 1, 1e-15);
  EXPECT_NEAR(expected(large, {50000, 5000, 0}, "vocab_usage"), 10000, 1e-9);
}

TEST(IndependentTruth, OfTheExtremeLengthsIsTheMeanOverAllDatasets) {
  // Two sequences of 2, 3 or 4 tokens: the shorter has 2 in 5 cases of 9, 3 in 3 and 4 in 1.
  const auto lengths = extreme_lengths(lengths_of(3, 0.4), 2);
  ASSERT_TRUE(lengths);
  EXPECT_NEAR(lengths->shortest, 23.0 / 9, 1e-12);
  EXPECT_NEAR(lengths->longest, 31.0 / 9, 1e-12);
  EXPECT_EQ(extreme_lengths(lengths_of(7), 5)->shortest, 7);
  EXPECT_EQ(extreme_lengths(lengths_of(512, 1), 1'000'000)->longest, 1024);
  EXPECT_NEAR(extreme_lengths(lengths_of(512, 0.5), 1)->longest, 512, 1e-9);
  EXPECT_FALSE(extreme_lengths(lengths_of(1 << 24, 1), 1));
}

TEST(IndependentTruth, OfCopiesIsTheChanceOfACoin) {
  const TokenSampler coin = TokenSampler::uniform(2);
  EXPECT_EQ(independent_copy_chance(coin, lengths_of(1), 0), 0.0);
  EXPECT_NEAR(*independent_copy_chance(coin, lengths_of(1), 1), 0.5, 1e-15);
  EXPECT_NEAR(*independent_copy_chance(coin, lengths_of(1), 2), 0.75, 1e-15);
  // One or two tokens: of those equally long (half) a half or a quarter are equal.
  EXPECT_NEAR(*independent_copy_chance(coin, lengths_of(1, 1), 1), (0.5 + 0.25) / 4, 1e-15);
  EXPECT_EQ(independent_copy_chance(TokenSampler::uniform(1), lengths_of(1), 3), 1.0);
}

TEST(IndependentTruth, OfRareCopiesIsKnownForUnequalIdsToo) {
  const TokenSampler sampler = TokenSampler::zipf(3, 1.0);  // 6/11, 3/11, 2/11
  const double equal_tokens = (36.0 + 9 + 4) / 121;
  const double pair = std::pow(equal_tokens, 40);
  EXPECT_NEAR(*independent_copy_chance(sampler, lengths_of(40), 1000), 1000 * pair, 1e-3 * pair);
  EXPECT_EQ(independent_sequence_diversity(sampler, lengths_of(40), 1000), 1 - 999 * pair / 2);
  EXPECT_FALSE(independent_copy_chance(sampler, lengths_of(4), 1000));
  EXPECT_FALSE(independent_sequence_diversity(sampler, lengths_of(4), 1000));
  EXPECT_EQ(independent_sequence_diversity(sampler, lengths_of(4), 1), 1.0);
}

TEST(DatasetTruth, OfSplitsThatDifferIsTheMeanOverTheirSequences) {
  const Generator generator = generator_of(
      R"({"generator": "random", "vocab_size": 100, "seq_length": 10,
          "splits": {"test": {"seq_length": 40}}})");
  const auto truth = generator.dataset_truth({300, 0, 100});
  EXPECT_EQ(testing::expected(truth, "avg_length"), (3 * 10 + 40) / 4.0);
  EXPECT_NEAR(testing::expected(truth, "average_entropy"),
              (3 * *independent_entropy(TokenSampler::uniform(100), lengths_of(10)) +
               *independent_entropy(TokenSampler::uniform(100), lengths_of(40))) /
                  4,
              1e-12);
  for (const Expectation& expectation : truth) {
    EXPECT_TRUE(expectation.name == "avg_length" || expectation.name == "average_entropy" ||
                expectation.name == "global_coherence")
        << expectation.name;
  }
  EXPECT_TRUE(generator.dataset_truth({0, 0, 0}).empty());
}

}  // namespace
}  // namespace synthgen
