#include "synthgen/random/token_sampler.hpp"

#include <gtest/gtest.h>
#include <numeric>

#include "support/reference_words.hpp"
#include "support/statistical.hpp"

namespace synthgen {
namespace {

const Item token_item{42, Split::train, 3};

std::vector<std::uint32_t> filled(const TokenSampler& sampler, const TokenWords& words,
                                  std::size_t count) {
  std::vector<std::uint32_t> ranks(count);
  sampler.fill(words, ranks);
  return ranks;
}

std::vector<std::uint64_t> counted(const std::vector<std::uint32_t>& ranks, std::size_t size) {
  std::vector<std::uint64_t> counts(size);
  for (const std::uint32_t rank : ranks) ++counts.at(rank);
  return counts;
}

std::vector<double> law_of(const TokenSampler& sampler) {
  std::vector<double> law(sampler.size());
  for (std::uint32_t rank = 0; rank < sampler.size(); ++rank) law[rank] = sampler.probability(rank);
  return law;
}

/// The weight of a rank in units of 1 / (size · 2^32); exact while it is below 2^53.
std::uint64_t weight(const TokenSampler& sampler, std::uint32_t rank) {
  return static_cast<std::uint64_t>(
      std::round(sampler.probability(rank) * sampler.size() * 4294967296.0));
}

TEST(TokenSampler, UniformRanksAreTheBoundedWordsOfTheIdStream) {
  for (const std::uint32_t size : {1U, 2U, 3U, 10000U, 2147483647U}) {
    const TokenSampler sampler = TokenSampler::uniform(size);
    const auto ranks = filled(sampler, TokenWords::content(token_item), 200);
    for (std::size_t t = 0; t < ranks.size(); ++t) {
      ASSERT_EQ(ranks[t], testing::reference_bounded(
                              {.seed = 42, .index = 3, .substream = 1, .position = t}, size));
    }
  }
}

TEST(TokenSampler, ContentAndNoiseReadTheirOwnSubstreams) {
  const TokenWords content = TokenWords::content(token_item);
  const TokenWords noise = TokenWords::noise(token_item);
  const auto word = [](std::uint32_t substream) {
    return testing::reference_word(
        {.seed = 42, .index = 3, .substream = substream, .position = 70});
  };
  EXPECT_EQ(content.ids.word(70), word(1));
  EXPECT_EQ(content.fractions.word(70), word(2));
  EXPECT_EQ(noise.ids.word(70), word(5));
  EXPECT_EQ(noise.fractions.word(70), word(6));
}

TEST(TokenSampler, FillingEqualsDrawingOneByOne) {
  const TokenWords words = TokenWords::content(token_item);
  for (const TokenSampler& sampler :
       {TokenSampler::uniform(10000), TokenSampler::uniform(0xC0000000U),
        TokenSampler::uniform(0x80000001U), TokenSampler::zipf(10000, 1),
        TokenSampler::zipf(3, 2.5), TokenSampler::zipf(1, 1)}) {
    for (const std::size_t count : {0U, 1U, 63U, 64U, 65U, 500U}) {
      const auto ranks = filled(sampler, words, count);
      for (std::size_t t = 0; t < count; ++t) {
        std::uint32_t attempt = 0;
        ASSERT_EQ(ranks[t], sampler.draw(words, t, attempt)) << t << " of " << sampler.size();
      }
    }
  }
}

TEST(TokenSampler, UniformRanksAreUniform) {
  const TokenSampler sampler = TokenSampler::uniform(1000);
  const auto ranks = filled(sampler, TokenWords::content(token_item), 200000);
  EXPECT_TRUE(testing::follows_uniform(counted(ranks, 1000)));
  EXPECT_EQ(sampler.probability(999), 0.001);
}

TEST(TokenSampler, ZipfRanksFollowTheirIntegerWeights) {
  for (const double exponent : {0.0, 0.5, 1.0, 2.0, 8.0}) {
    for (const std::uint32_t size : {1U, 2U, 7U, 1000U}) {
      if (size == 1) continue;
      const TokenSampler sampler = TokenSampler::zipf(size, exponent);
      const auto ranks = filled(sampler, TokenWords::content(token_item), 200000);
      EXPECT_TRUE(testing::follows(counted(ranks, size), law_of(sampler)))
          << size << " ids, exponent " << exponent;
    }
  }
}

TEST(TokenSampler, ASlightlyWrongExponentDoesNotFollow) {
  const auto ranks =
      filled(TokenSampler::zipf(1000, 1.03), TokenWords::content(token_item), 200000);
  EXPECT_FALSE(testing::follows(counted(ranks, 1000), law_of(TokenSampler::zipf(1000, 1))));
}

TEST(TokenSampler, ZipfWeightsAreTheRoundedLawAndSumExactly) {
  for (const double exponent : {0.0, 0.3, 1.0, 2.0, 8.0}) {
    for (const std::uint32_t size : {1U, 2U, 3U, 10U, 1000U, 32768U}) {
      const TokenSampler sampler = TokenSampler::zipf(size, exponent);
      ASSERT_EQ(sampler.size(), size);
      long double norm = 0;
      for (std::uint32_t r = 0; r < size; ++r) {
        norm += std::pow(static_cast<long double>(r) + 1, -exponent);
      }
      std::uint64_t sum = 0;
      for (std::uint32_t r = 0; r < size; ++r) {
        sum += weight(sampler, r);
        const long double ideal =
            std::pow(static_cast<long double>(r) + 1, -exponent) / norm * size * 4294967296.0L;
        // Rank 0, the most likely, takes what rounding all the others left over.
        const double slack = r == 0 ? size / 2.0 + 1 : 1;
        ASSERT_NEAR(static_cast<double>(weight(sampler, r)), static_cast<double>(ideal),
                    slack + static_cast<double>(ideal) * 1e-12)
            << "rank " << r << " of " << size << ", exponent " << exponent;
      }
      EXPECT_EQ(sum, std::uint64_t{size} << 32) << size << " ids, exponent " << exponent;
    }
  }
}

TEST(TokenSampler, ExponentZeroIsUniform) {
  const TokenSampler sampler = TokenSampler::zipf(1000, 0);
  const TokenSampler uniform = TokenSampler::uniform(1000);
  EXPECT_EQ(law_of(sampler), law_of(uniform));
  const TokenWords words = TokenWords::content(token_item);
  EXPECT_EQ(filled(sampler, words, 1000), filled(uniform, words, 1000));
}

TEST(TokenSampler, OneRankIsCertain) {
  for (const TokenSampler& sampler : {TokenSampler::uniform(1), TokenSampler::zipf(1, 8)}) {
    EXPECT_EQ(sampler.probability(0), 1);
    EXPECT_EQ(filled(sampler, TokenWords::content(token_item), 100),
              std::vector<std::uint32_t>(100, 0));
  }
}

TEST(TokenSampler, TheLargestZipfTableSumsToOne) {
  const TokenSampler sampler = TokenSampler::zipf(TokenSampler::max_zipf_size, 1);
  double sum = 0;  // exact: multiples of 2^−56 up to 1
  std::uint64_t below = 0;
  for (std::uint32_t r = 0; r < sampler.size(); ++r) {
    sum += sampler.probability(r);
    if (r > 0 && sampler.probability(r) > sampler.probability(r - 1)) ++below;
  }
  EXPECT_NEAR(sum, 1, 1e-12);
  EXPECT_EQ(below, 0U) << "a rank is more likely than the one before it";
  const auto ranks = filled(sampler, TokenWords::content(token_item), 100000);
  const auto first =
      static_cast<std::uint64_t>(std::count(ranks.begin(), ranks.end(), std::uint32_t{0}));
  EXPECT_TRUE(testing::happens_with(sampler.probability(0), first, ranks.size()));
}

TEST(TokenSampler, AnAttemptReadsItsOwnFraction) {
  // Redraws must be independent of the first draw, in the fraction as well as in the column.
  const TokenSampler sampler = TokenSampler::zipf(50, 1);
  const TokenWords words = TokenWords::content(token_item);
  std::vector<std::uint64_t> counts(50);
  for (std::uint64_t position = 0; position < 20000; ++position) {
    std::uint32_t attempt = 0;
    sampler.draw(words, position, attempt);
    ++attempt;
    ++counts[sampler.draw(words, position, attempt)];
  }
  EXPECT_TRUE(testing::follows(counts, law_of(sampler)));
}

std::vector<std::uint64_t> drawn_in(const TokenSampler& sampler, const Band& band,
                                    std::size_t count) {
  const TokenWords words = TokenWords::content(token_item);
  std::vector<std::uint64_t> counts(band.size);
  for (std::uint64_t position = 0; position < count; ++position) {
    std::uint32_t attempt = 0;
    const std::uint32_t rank = sampler.draw(band, words, position, attempt);
    EXPECT_TRUE(band.contains(rank));
    ++counts[rank - band.first];
  }
  return counts;
}

std::vector<double> law_in(const TokenSampler& sampler, const Band& band) {
  std::vector<double> law;
  for (std::uint32_t r = 0; r < band.size; ++r)
    law.push_back(sampler.probability(band.first + r, band));
  return law;
}

TEST(TokenSampler, ConditioningOnABandKeepsTheRatios) {
  const TokenSampler sampler = TokenSampler::zipf(1000, 1.2);
  const Band band{100, 50};
  double mass = 0;
  for (std::uint32_t r = 100; r < 150; ++r) mass += sampler.probability(r);
  EXPECT_NEAR(sampler.probability(band), mass, 1e-15);
  for (std::uint32_t r = 100; r < 150; ++r) {
    EXPECT_NEAR(sampler.probability(r, band), sampler.probability(r) / mass, 1e-12);
  }
  EXPECT_EQ(sampler.probability(99, band), 0);
  EXPECT_EQ(sampler.probability(150, band), 0);
  EXPECT_TRUE(testing::follows(drawn_in(sampler, band, 100000), law_in(sampler, band)));
}

TEST(TokenSampler, ConditioningAUniformLawIsUniformOnTheBand) {
  const TokenSampler sampler = TokenSampler::uniform(1000);
  const Band band{10, 7};
  EXPECT_EQ(sampler.probability(10, band), 1.0 / 7);
  EXPECT_TRUE(testing::follows(drawn_in(sampler, band, 70000), law_in(sampler, band)));
}

TEST(TokenSampler, ConditioningOnWhatNeverOccursIsUniform) {
  const TokenSampler sampler = TokenSampler::zipf(1U << 20, 8);
  const Band tail{(1U << 20) - 16, 16};
  ASSERT_EQ(sampler.probability(tail), 0) << "the tail rounds to nothing";
  EXPECT_EQ(sampler.probability((1U << 20) - 1, tail), 1.0 / 16);
  EXPECT_TRUE(testing::follows(drawn_in(sampler, tail, 16000), law_in(sampler, tail)));
}

TEST(Band, PartsTileTheBandInOrder) {
  for (const std::uint32_t size : {1U, 3U, 4U, 10U, 1023U}) {
    const Band band{5, size};
    std::uint32_t next = 5;
    for (std::uint32_t i = 0; i < 4; ++i) {
      EXPECT_EQ(band.part(i, 4).first, next);
      next += band.part(i, 4).size;
    }
    EXPECT_EQ(next, 5 + size);
  }
}

}  // namespace
}  // namespace synthgen
