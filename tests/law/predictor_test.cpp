#include "synthgen/law/predictor.hpp"

#include <gtest/gtest.h>
#include <limits>
#include <vector>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::generator_of;
using testing::value_of;

std::shared_ptr<Predictor> predictor_of(std::string_view config) {
  return value_of(generator_of(config).predictor());
}

TEST(Predictor, OutlivesTheGeneratorThatMadeIt) {
  const auto predictor = predictor_of(R"({"generator": "random", "vocab_size": 8})");
  EXPECT_EQ(predictor->probability(7), 0.125);
  EXPECT_EQ(predictor->bits(7), 3);
  EXPECT_EQ(predictor->entropy_bits(), 3);
}

TEST(Predictor, GivesNothingToWhatTheGeneratorCannotProduce) {
  const auto predictor = predictor_of(R"({"generator": "random", "vocab_size": 8})");
  EXPECT_EQ(predictor->probability(8), 0);
  EXPECT_EQ(predictor->bits(8), std::numeric_limits<double>::infinity());
  EXPECT_EQ(predictor->observe(8), 0);
  EXPECT_EQ(predictor->observe(1), 0);
  predictor->reset();
  EXPECT_EQ(predictor->observe(1), 0.125);
}

TEST(Predictor, KnowsTheChanceOfAFurtherToken) {
  const auto predictor = predictor_of(
      R"({"generator": "random", "vocab_size": 8, "seq_length": 4, "length_variation": 0.5})");
  std::vector<double> chances;
  for (int t = 0; t < 7; ++t) {
    chances.push_back(predictor->continuation());
    predictor->observe(0);
  }
  EXPECT_EQ(chances, (std::vector<double>{1, 1, 4.0 / 5, 3.0 / 4, 2.0 / 3, 1.0 / 2, 0}));
}

TEST(Predictor, IsRefusedWithAReasonWhereThereIsNoLaw) {
  const Result<std::shared_ptr<Predictor>> predictor =
      generator_of(R"({"generator": "composed"})").predictor();
  ASSERT_FALSE(predictor.has_value());
  EXPECT_EQ(predictor.error().kind, ErrorKind::usage);
  EXPECT_TRUE(predictor.error().message.starts_with("no exact law of the next token: "))
      << predictor.error().message;
}

}  // namespace
}  // namespace synthgen
