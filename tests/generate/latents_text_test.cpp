#include "synthgen/generate/latents/latents_text.hpp"

#include "synthgen/config/config_json.hpp"
#include "synthgen/generate/generator.hpp"

#include <gtest/gtest.h>

#include "support/family_cases.hpp"

namespace synthgen {
namespace {

class LatentsText : public ::testing::TestWithParam<testing::FamilyCase> {};

TEST_P(LatentsText, IsThatOfTheJsonForm) {
  const Generator generator = *Generator::create(*parse_config(GetParam().config, "config"));
  SequenceBatch batch;
  ASSERT_TRUE(generator.generate(Split::train, 0, 20, batch, true));
  Json list = Json::array();
  for (std::size_t i = 0; i < batch.size(); ++i) list.push_back(to_json(*batch.latents_of(i)));
  EXPECT_EQ(latents_text(batch), to_text(list));
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
