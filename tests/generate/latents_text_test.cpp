#include "synthgen/config/config_json.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/latents/latents_json.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/family_cases.hpp"

namespace synthgen {
namespace {

class LatentsText : public ::testing::TestWithParam<testing::FamilyCase> {};

TEST_P(LatentsText, IsJsonThatReadsBackAsTheLatents) {
  const Generator generator = *Generator::create(*parse_config(GetParam().config, "config"));
  SequenceBatch batch;
  ASSERT_TRUE(generator.generate(Split::train, 0, 20, batch, true));
  const Json list = Json::parse(latents_text(batch));
  ASSERT_EQ(list.size(), batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    EXPECT_EQ(to_text(list[i]), testing::latents_json(batch.latents[i])) << "is compact JSON";
    EXPECT_EQ(*read_latents(list[i], batch[i].size()), batch.latents[i]);
  }
}

INSTANTIATE_TEST_SUITE_P(Families, LatentsText, ::testing::ValuesIn(testing::family_cases),
                         testing::family_case_name);

TEST(LatentsTextOfBatch, HasNullForASequenceThatCameWithout) {
  SequenceBatch batch;
  for (int i = 0; i < 2; ++i) {
    batch.tokens.push_back(7);
    batch.offsets.push_back(batch.tokens.size());
  }
  Latents known;
  known.noise = {0};
  Latents unknown;
  unknown.known = false;
  batch.latents = {known, unknown};
  EXPECT_EQ(latents_text(batch), R"([{"spans":[],"noise":[0]},null])");
}

}  // namespace
}  // namespace synthgen
