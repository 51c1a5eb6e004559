#include "synthgen/random/successive_sampling.hpp"

#include <gtest/gtest.h>
#include <map>
#include <set>

#include "support/statistical.hpp"

namespace synthgen {
namespace {

WordStream sampling_words(std::uint64_t index) {
  return {Item{11, Split::train, index}, Substream{18}};
}

TEST(SuccessiveSampling, DrawsEachItemOnceAndMoreDrawsLeaveTheFirstAlone) {
  for (const std::uint32_t size : {1U, 2U, 7U, 64U, 100U}) {
    const SuccessiveSampling sampling(power_law_weights(size, 0.01));
    const auto all = sampling.draw(sampling_words(size), size);
    EXPECT_EQ(std::set(all.begin(), all.end()).size(), size);
    EXPECT_LT(*std::max_element(all.begin(), all.end()), size);
    const auto first = sampling.draw(sampling_words(size), size / 2);
    EXPECT_TRUE(std::equal(first.begin(), first.end(), all.begin()));
  }
}

TEST(SuccessiveSampling, TakesWhatIsLeftInProportionToItsWeight) {
  const std::vector<std::uint64_t> weights{5, 1, 3, 1};
  const SuccessiveSampling sampling(weights);
  std::map<std::vector<std::uint32_t>, std::uint64_t> counts;
  for (std::uint64_t i = 0; i < 20000; ++i) ++counts[sampling.draw(sampling_words(i), 3)];
  std::vector<std::uint64_t> observed;
  std::vector<double> expected;
  for (std::uint32_t a = 0; a < 4; ++a) {
    for (std::uint32_t b = 0; b < 4; ++b) {
      for (std::uint32_t c = 0; c < 4; ++c) {
        if (a == b || a == c || b == c) continue;
        const double total = 10;
        const auto w = [&](std::uint32_t i) { return static_cast<double>(weights[i]); };
        observed.push_back(counts[{a, b, c}]);
        expected.push_back(w(a) / total * w(b) / (total - w(a)) * w(c) / (total - w(a) - w(b)));
      }
    }
  }
  EXPECT_TRUE(testing::follows(observed, expected));
}

TEST(PowerLawWeights, AreThePowersInFixedPoint) {
  const double one = 274877906944.0;
  const auto weights = power_law_weights(1000, 0.01);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    EXPECT_NEAR(static_cast<double>(weights[i]), std::pow(static_cast<double>(i + 1), -0.99) * one,
                1.0);
  }
  for (const std::uint64_t weight : power_law_weights(9, 1)) EXPECT_EQ(weight, 1ULL << 38);
}

TEST(PowerLawWeights, OfTheMostItemsStayBelow2To63) {
  const SuccessiveSampling sampling(power_law_weights(1U << 24, 1));
  EXPECT_EQ(sampling.total(), 1ULL << 62);
  const auto steep = power_law_weights(1U << 24, 0);
  EXPECT_EQ(steep.back(), 1U << 14);
}

}  // namespace
}  // namespace synthgen
