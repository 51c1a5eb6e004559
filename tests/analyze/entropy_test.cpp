#include "synthgen/analyze/measures/entropy.hpp"

#include "synthgen/analyze/analyzer.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"
#include "support/reference_measures.hpp"

namespace synthgen {
namespace {

using testing::batch_of;
using testing::Tokens;

TEST(Entropy, KnownAnswers) {
  EXPECT_EQ(compute_entropy(Tokens{}), 0);
  EXPECT_EQ(compute_entropy(Tokens{5, 5, 5}), 0);
  EXPECT_EQ(compute_entropy(Tokens{1, 2}), 1);
  EXPECT_EQ(compute_entropy(Tokens{1, 2, 3, 4, 5, 6, 7, 8}), 3);
  EXPECT_NEAR(compute_entropy(Tokens{1, 1, 2}), 0.9182958340544896, 1e-15);
  EXPECT_NEAR(compute_entropy(Tokens{1, 1, 1, 2, 2, 3}), 1.4591479170272448, 1e-15);
  EXPECT_EQ(compute_entropy(Tokens{0, 4294967295, 0, 4294967295}), 1);
}

TEST(Entropy, AgreesWithTheFormulaAndStaysInItsBounds) {
  for (const char* config :
       {R"({"vocab_size": 30, "seq_length": 200, "length_variation": 1})",
        R"({"vocab_size": 2147483647, "seq_length": 50})",
        R"({"vocab_size": 2000000, "seq_length": 80, "pattern_probability": 0.7})"}) {
    SequenceBatch batch;
    ASSERT_TRUE(testing::generator_of(config).generate(Split::train, 0, 60, batch));
    SequenceCounter counter;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const double bits = counter(batch[i]).entropy_bits;
      EXPECT_NEAR(bits, testing::reference_entropy(batch[i]), 1e-11);
      EXPECT_GE(bits, 0);
      EXPECT_LE(bits, std::log2(static_cast<double>(batch[i].size())) + 1e-12);
      EXPECT_EQ(bits, compute_entropy(batch[i])) << "the scratch memory remembers nothing";
    }
  }
}

TEST(Entropy, AverageIsOverAllSequencesEmptyOnesIncluded) {
  const Json report = analyze_sequences(batch_of({{1, 2}, {}, {3, 3, 3}, {1, 2, 3, 4}}));
  EXPECT_EQ(report["average_entropy"], 0.75);
  EXPECT_TRUE(analyze_sequences(SequenceBatch())["average_entropy"].is_null());
}

}  // namespace
}  // namespace synthgen
