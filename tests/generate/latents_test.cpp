#include "synthgen/generate/latents/latents_json.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"

namespace synthgen {
namespace {

TEST(Latents, JsonSaysWhatApplies) {
  Latents latents;
  latents.spans = {
      {.start = 0, .length = 12, .kind = SpanKind::fresh, .full_length = 12},
      {.start = 12, .length = 9, .kind = SpanKind::repetition, .full_length = 9, .period = 3},
      {.start = 21, .length = 2, .kind = SpanKind::reversal, .full_length = 7}};
  latents.noise = {4, 22};
  EXPECT_EQ(testing::latents_json(latents),
            R"({"spans":[{"start":0,"length":12,"kind":"fresh"},)"
            R"({"start":12,"length":9,"kind":"repetition","period":3},)"
            R"({"start":21,"length":2,"kind":"reversal","full_length":7}],"noise":[4,22]})");
}

TEST(Latents, OracleBitsStandInJsonOnceTheyAreKnown) {
  Latents latents;
  EXPECT_EQ(testing::latents_json(latents), R"({"spans":[],"noise":[]})");
  latents.oracle_bits = 2.5;
  EXPECT_EQ(testing::latents_json(latents), R"({"spans":[],"noise":[],"oracle_bits":2.5})");
}

TEST(Latents, KindsHaveTheDocumentedNames) {
  EXPECT_EQ(name(SpanKind::fresh), "fresh");
  EXPECT_EQ(name(SpanKind::repetition), "repetition");
  EXPECT_EQ(name(SpanKind::alternation), "alternation");
  EXPECT_EQ(name(SpanKind::progression), "progression");
  EXPECT_EQ(name(SpanKind::reversal), "reversal");
}

}  // namespace
}  // namespace synthgen
