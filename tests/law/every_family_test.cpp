#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

#include "support/configs.hpp"
#include "support/family_cases.hpp"

// What holds of the law of every family: it is a law, of what the family makes.

namespace synthgen {
namespace {

using testing::generator_of;
using testing::value_of;

class LawOfEveryFamily : public ::testing::TestWithParam<testing::FamilyCase> {
 protected:
  /// Calls `use(generator, predictor)` without noise and, where the family takes it, with some;
  /// not for configs without an exact law of tokens.
  template <class Use>
  static void with_predictors(const Use& use) {
    for (const double noise : {0.0, 0.1}) {
      if (noise > 0 && !testing::takes(GetParam(), "noise_probability")) continue;
      const Json changes = noise > 0 ? Json{{"noise_probability", noise}} : Json::object();
      const Generator generator = generator_of(GetParam().config, changes);
      const Result<std::shared_ptr<Predictor>> made = generator.predictor();
      if (!made) {
        EXPECT_EQ(made.error().kind, ErrorKind::usage);
        EXPECT_NE(made.error().message.find("no exact law of the next token: "), std::string::npos);
      } else if ((*made)->no_token_law().empty()) {
        use(generator, **made);
      } else {
        EXPECT_TRUE((*made)->has_label_law());
      }
    }
  }

  static SequenceBatch some_sequences(const Generator& generator, std::uint64_t count) {
    SequenceBatch batch;
    value_of(generator.generate(Split::train, 0, count, batch));
    return batch;
  }
};

TEST_P(LawOfEveryFamily, GivesWhatTheFamilyMakesAPositiveProbability) {
  with_predictors([](const Generator& generator, Predictor& predictor) {
    const SequenceBatch batch = some_sequences(generator, 5);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      predictor.reset();
      for (const std::uint32_t token : batch.content(i)) {
        ASSERT_GT(predictor.continuation(), 0);
        ASSERT_LE(predictor.continuation(), 1);
        const double asked = predictor.probability(token);
        ASSERT_GT(asked, 0);
        ASSERT_LT(asked, 1 + 1e-9);
        ASSERT_NEAR(predictor.observe(token), asked, 1e-12);
      }
    }
  });
}

TEST_P(LawOfEveryFamily, IsWhatItSaysOfEachIdAndSumsToOne) {
  with_predictors([](const Generator& generator, Predictor& predictor) {
    constexpr std::uint32_t most_ids = 1000;
    if (predictor.vocab_size() > most_ids) return;
    EXPECT_EQ(predictor.vocab_size(), generator.config().vocab_size);
    const SequenceBatch batch = some_sequences(generator, 1);
    std::vector<double> law(predictor.vocab_size());
    predictor.reset();
    for (std::size_t t = 0; t < std::min<std::size_t>(batch.content(0).size(), 12); ++t) {
      predictor.law(law);
      ASSERT_NEAR(std::accumulate(law.begin(), law.end(), 0.0), 1, 1e-9) << t;
      for (const std::uint32_t id : {0U, 1U, predictor.vocab_size() - 1, batch.tokens[t]}) {
        ASSERT_NEAR(law[id], predictor.probability(id), 1e-12) << t;
      }
      ASSERT_NEAR(predictor.entropy_bits(), entropy_of(law), 1e-9) << t;
      predictor.observe(batch.tokens[t]);
    }
    EXPECT_EQ(predictor.probability(predictor.vocab_size()), 0);
  });
}

TEST_P(LawOfEveryFamily, StartsAfreshAfterReset) {
  with_predictors([](const Generator& generator, Predictor& predictor) {
    const SequenceBatch batch = some_sequences(generator, 2);
    std::vector<double> first(batch.content(0).size());
    std::vector<double> other(batch.content(1).size());
    std::vector<double> again(first.size());
    predictive_bits(predictor, batch.content(0), first);
    predictive_bits(predictor, batch.content(1), other);
    predictive_bits(predictor, batch.content(0), again);
    EXPECT_EQ(again, first);
  });
}

INSTANTIATE_TEST_SUITE_P(, LawOfEveryFamily, ::testing::ValuesIn(testing::family_cases),
                         testing::family_case_name);

}  // namespace
}  // namespace synthgen
