#include "synthgen/analyze/counting/class_pairs.hpp"
#include "synthgen/analyze/counting/token_counts.hpp"

#include <cmath>
#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"
#include "support/measuring.hpp"
#include "support/reference_measures.hpp"

namespace synthgen {
namespace {

using testing::batch_of;
using testing::Tokens;

BlockSample sample_of(const SequenceBatch& batch, std::uint64_t budget = 1U << 24) {
  BlockSample sample(budget);
  for (std::size_t i = 0; i < batch.size(); ++i) sample.add(batch[i]);
  return sample;
}

/// With the commonest ids of the sample itself.
ClassPairs pairs_of(const BlockSample& sample) {
  TokenCounts counts;
  for (const auto& [hash, block] : sample.blocks()) {
    const auto own =
        std::span(block.value.tokens).subspan(static_cast<std::size_t>(block.value.lead));
    for (std::uint64_t i = 0; i < block.times; ++i) counts.add(own);
  }
  std::vector<std::uint32_t> ids;
  for (const auto& [id, count] : testing::value_of(counts.commonest(63))) {
    ids.push_back(static_cast<std::uint32_t>(id));
  }
  return ClassPairs(sample, ids);
}

TEST(Dependence, KnownAnswers) {
  // Pairs (1 2) (2 1) (1 2): p(1) = 2/3 first and 1/3 second, two cells each and both together.
  ClassPairs pairs = pairs_of(sample_of(batch_of({{1, 2, 1, 2}})));
  const double entropy = std::log2(3.0) - 2.0 / 3;
  const double correction = 1 / (2 * 3 * std::log(2.0));
  EXPECT_NEAR(pairs.at(1)->mutual_information, entropy + correction, 1e-15);
  EXPECT_NEAR(pairs.at(1)->conditional_entropy, 0, 1e-15);
  EXPECT_NEAR(pairs.at(2)->mutual_information, 1 + 1 / (2 * 2 * std::log(2.0)), 1e-15);
  EXPECT_NEAR(pairs.at(3)->mutual_information, 0, 1e-15);  // a single pair
  EXPECT_FALSE(pairs.at(4));
}

TEST(Dependence, OfEqualSequencesCountsEach) {
  ClassPairs once = pairs_of(sample_of(batch_of({{1, 2, 1, 1}})));
  ClassPairs thrice = pairs_of(sample_of(batch_of({{1, 2, 1, 1}, {1, 2, 1, 1}, {1, 2, 1, 1}})));
  // Pairs (1 2) (2 1) (1 1) 3 times each: the same plug-in value, a third of the correction.
  const double plug_in = 2 * (std::log2(3.0) - 2.0 / 3) - std::log2(3.0);
  EXPECT_NEAR(once.at(1)->mutual_information, plug_in, 1e-15);
  EXPECT_NEAR(thrice.at(1)->mutual_information, plug_in, 1e-15);
  EXPECT_NEAR(thrice.at(1)->conditional_entropy, 2.0 / 3 + 1 / (2 * 9 * std::log(2.0)), 1e-15);
}

TEST(Dependence, AgreesWithCountingInMaps) {
  SequenceBatch batch = testing::random_batch(51, 150);
  PhiloxEngine source(3);
  for (std::uint32_t& token : batch.append(10000)) token = source() % 100 * (source() % 3);
  ClassPairs pairs = pairs_of(sample_of(batch));
  for (const std::size_t distance : {1U, 2U, 30U, 64U}) {
    const auto [first, second, both] = *testing::reference_pair_entropies(batch, distance);
    EXPECT_NEAR(pairs.at(distance)->mutual_information, first + second - both, 1e-9) << distance;
    EXPECT_NEAR(pairs.at(distance)->conditional_entropy, both - first, 1e-9) << distance;
  }
}

Json report_of(const SequenceBatch& batch, const AnalysisOptions& options = {}) {
  ReportSections sections = testing::sections_of("dependence", batch, options);
  sections.details["numbers"] = sections.numbers;
  sections.details["error_bounds"] = sections.error_bounds;
  return sections.details;
}

TEST(Dependence, OfIndependentTokensIsNearNothingAndSoIsTheBaseline) {
  SequenceBatch batch;
  PhiloxEngine source(4);
  for (int i = 0; i < 100; ++i) {
    for (std::uint32_t& token : batch.append(512)) token = source() % 10000;
  }
  const Json report = report_of(batch);
  for (std::size_t i = 0; i < 64; ++i) {
    EXPECT_NEAR(report["mutual_information"]["bits"][i].get<double>(), 0, 0.006) << i;
    EXPECT_NEAR(report["mutual_information"]["baseline"][i].get<double>(), 0, 0.006) << i;
  }
}

TEST(Dependence, OfACycleIsItsEntropyAndTheBaselineKnowsNothing) {
  SequenceBatch batch;
  auto tokens = batch.append(40000);
  for (std::size_t t = 0; t < tokens.size(); ++t) tokens[t] = static_cast<std::uint32_t>(t % 16);
  const Json report = report_of(batch);
  EXPECT_NEAR(report["numbers"]["conditional_entropy"].get<double>(), 0, 1e-3);
  EXPECT_NEAR(report["numbers"]["conditional_entropy_baseline"].get<double>(), 4, 0.01);
  for (std::size_t i = 0; i < 64; ++i) {
    EXPECT_NEAR(report["mutual_information"]["bits"][i].get<double>(), 4, 1e-3) << i;
    EXPECT_NEAR(report["mutual_information"]["baseline"][i].get<double>(), 0, 0.006) << i;
  }
  EXPECT_EQ(report["mutual_information"]["exact"], true);
  EXPECT_EQ(report["mutual_information"]["tokens"], 40000);
}

TEST(Dependence, OfShortSequencesIsNullWhereNoPairExists) {
  const Json report = report_of(batch_of({{1, 2, 3}, {4}, {}}));
  EXPECT_TRUE(report["mutual_information"]["bits"][1].is_number());
  EXPECT_TRUE(report["mutual_information"]["bits"][2].is_null());
  EXPECT_EQ(report["mutual_information"]["tokens"], 3);
  EXPECT_TRUE(report_of({})["numbers"]["conditional_entropy"].is_null());
}

/// Sequences of 200 tokens, each with probability 1/2 the one before it, else any of `ids`.
SequenceBatch sticky_tokens(unsigned seed, std::size_t sequences, std::uint32_t ids) {
  SequenceBatch batch;
  PhiloxEngine source(seed);
  for (std::size_t i = 0; i < sequences; ++i) {
    auto tokens = batch.append(200);
    for (std::size_t t = 0; t < tokens.size(); ++t) {
      tokens[t] = t > 0 && source() % 2 == 0 ? tokens[t - 1] : source() % ids;
    }
  }
  return batch;
}

TEST(Dependence, OfMoreDataThanFitsIsCloseAndSaysFromHowMuch) {
  const SequenceBatch batch = sticky_tokens(7, 400, 8);
  const Json all = report_of(batch);
  const Json sampled = report_of(batch, {.memory_limit_bytes = 1});
  EXPECT_EQ(all["mutual_information"]["exact"], true);
  EXPECT_EQ(all["error_bounds"], Json::object());
  EXPECT_EQ(sampled["mutual_information"]["exact"], false);
  const auto tokens = sampled["mutual_information"]["tokens"].get<std::uint64_t>();
  EXPECT_GT(tokens, 10000U);
  EXPECT_LE(tokens, 16384U);
  EXPECT_EQ(sampled["error_bounds"]["mutual_information"]["sampled_tokens"], tokens);
  EXPECT_NEAR(sampled["mutual_information"]["bits"][0].get<double>(),
              all["mutual_information"]["bits"][0].get<double>(), 0.05);
}

TEST(Dependence, OfASampleIsWithinItsErrorOfTheWhole) {
  // Many ids about equally common: which are the commonest cannot be told from the sample.
  const SequenceBatch batch = sticky_tokens(17, 2000, 3000);
  const Json all = report_of(batch);
  const Json sampled = report_of(batch, {.memory_limit_bytes = 1});
  const auto number = [](const Json& report, const char* name) {
    return report["numbers"][name].get<double>();
  };
  for (const char* name : {"conditional_entropy", "conditional_entropy_baseline"}) {
    const double error = sampled["error_bounds"][name]["standard_error"];
    EXPECT_LT(error, 0.05) << name;
    EXPECT_NEAR(number(sampled, name), number(all, name), 4.5 * error) << name;
  }
  const double error = sampled["error_bounds"]["mutual_information"]["standard_error"];
  EXPECT_GT(error, 0);
  EXPECT_LT(error, 0.05);
  for (std::size_t i = 0; i < 64; ++i) {
    EXPECT_NEAR(sampled["mutual_information"]["bits"][i].get<double>(),
                all["mutual_information"]["bits"][i].get<double>(), 4.5 * error);
  }
}

TEST(Dependence, StandardErrorsAreThoseOfManySamples) {
  // Of independent blocks: the spread of 60 estimates against the mean of their jackknife errors.
  PhiloxEngine source(23);
  constexpr std::uint32_t ids[] = {0, 1, 2, 3};
  double sum = 0;
  double squares = 0;
  double errors = 0;
  constexpr int rounds = 60;
  for (int round = 0; round < rounds; ++round) {
    SequenceBatch batch;
    for (int i = 0; i < 64; ++i) {
      std::uint32_t last = 0;
      for (std::uint32_t& token : batch.append(80)) {
        last = source() % 3 == 0 ? source() % 4 : (last + source() % 2) % 4;
        token = last;
      }
    }
    ClassPairs pairs(sample_of(batch), ids);
    const double entropy = pairs.at(1)->conditional_entropy;
    sum += entropy;
    squares += entropy * entropy;
    errors += pairs.standard_errors(1)->conditional_entropy;
  }
  const double spread = std::sqrt(squares / rounds - sum / rounds * (sum / rounds));
  EXPECT_NEAR(errors / rounds / spread, 1, 0.35);
}

TEST(Dependence, OfConstantTokensIsExactlyNothing) {
  SequenceBatch batch;
  for (std::size_t length = 2; length < 40; ++length) {
    for (std::uint32_t& token : batch.append(length)) token = 7;
  }
  const Json report = report_of(batch);
  EXPECT_EQ(report["numbers"]["conditional_entropy"], 0);
  for (std::size_t i = 0; i < 38; ++i) {
    EXPECT_EQ(report["mutual_information"]["bits"][i], 0) << i;
    EXPECT_EQ(report["mutual_information"]["baseline"][i], 0) << i;
  }
}

/// The hashes and counts of a sample.
std::map<BlockSample::Hash, std::uint64_t> kept(const BlockSample& sample) {
  std::map<BlockSample::Hash, std::uint64_t> hashes;
  for (const auto& [hash, block] : sample.blocks()) hashes[hash] = block.times;
  return hashes;
}

TEST(BlockSample, IsTheLongestPrefixByHashThatFitsInAnyOrderOfAddingAndMerging) {
  const SequenceBatch batch = testing::random_batch(61, 400);
  constexpr std::uint64_t budget = 3000;
  const BlockSample all = sample_of(batch);
  std::map<BlockSample::Hash, std::uint64_t> expected;
  std::uint64_t cost = 0;
  for (const auto& [hash, block] : all.blocks()) {
    cost += block.value.cost();
    if (cost > budget) break;
    expected[hash] = block.times;
  }
  ASSERT_LT(expected.size(), all.blocks().size());
  ASSERT_GT(expected.size(), 20U);
  std::vector<std::size_t> order(batch.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  PhiloxEngine source(9);
  for (int round = 0; round < 20; ++round) {
    std::shuffle(order.begin(), order.end(), source);
    std::vector<BlockSample> parts(1 + source() % 6, BlockSample(budget));
    for (const std::size_t i : order) parts[source() % parts.size()].add(batch[i]);
    for (; parts.size() > 1; parts.pop_back()) {
      parts[source() % (parts.size() - 1)].merge(parts.back());
    }
    ASSERT_EQ(kept(parts[0]), expected);
    ASSERT_FALSE(parts[0].is_complete());
  }
}

TEST(BlockSample, CutsLongSequencesWithoutLosingAPair) {
  SequenceBatch batch;
  auto tokens = batch.append(10000);
  for (std::size_t t = 0; t < tokens.size(); ++t) tokens[t] = static_cast<std::uint32_t>(t);
  const BlockSample sample = sample_of(batch);
  EXPECT_EQ(sample.blocks().size(), 3U);
  EXPECT_EQ(sample.tokens(), 10000U);
  std::uint64_t pairs = 0;
  for (const auto& [hash, block] : sample.blocks()) {
    const std::uint64_t size = block.value.tokens.size();
    pairs += size - std::max<std::uint64_t>(64, block.value.lead);
  }
  EXPECT_EQ(pairs, 10000U - 64);
}

TEST(BlockSample, RefusesAStateThatDoesNotFitItsHashes) {
  BlockSample sample = sample_of(batch_of({{1, 2, 3}, {4, 5}}));
  StateArchive written;
  sample.exchange(written);
  const std::string bytes = std::move(written).bytes();
  for (std::size_t place = 0; place < bytes.size(); ++place) {
    std::string damaged = bytes;
    damaged[place] = static_cast<char>(damaged[place] ^ 4);
    StateArchive archive(damaged);
    BlockSample read(1000);
    read.exchange(archive);
    if (!archive.malformed()) continue;  // the number of times a block occurs can be any
    EXPECT_TRUE(read.blocks().empty());
    read.add(Tokens{1, 2});
    EXPECT_EQ(read.blocks().size(), 1U);
  }
}

}  // namespace
}  // namespace synthgen
