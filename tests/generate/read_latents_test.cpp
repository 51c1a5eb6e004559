#include "synthgen/generate/latents/latents_json.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"

namespace synthgen {
namespace {

/// One config for each thing that latents can tell.
constexpr const char* described_latents[] = {
    R"({"generator": "random", "noise_probability": 0.3})",
    R"({"generator": "pattern", "noise_probability": 0.1})",
    R"({"generator": "pattern", "pattern_probability": 1, "pattern_length": 5})",
    R"({"generator": "hierarchical", "hierarchy_levels": 4, "vocab_size": 40})",
    R"({"generator": "conditional", "length_variation": 0.5})",
    R"({"generator": "composed", "length_variation": 0.2, "noise_probability": 0.1})",
    R"({"templates": [[1, "PATTERN", "RANDOM", "PATTERN", "PATTERN"], ["PATTERN"]]})",
    R"({"components": [{"config": {"generator": "pattern"}}, {"config": {"generator": "random"}}]})",
};

TEST(ReadLatents, GivesBackWhatEveryFamilyTells) {
  for (const char* config : described_latents) {
    SequenceBatch batch;
    ASSERT_TRUE(testing::generator_of(config).generate(Split::train, 0, 40, batch, true));
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const std::string json = testing::latents_json(batch.latents[i]);
      const auto through_text = parse_json(json, "latents");
      ASSERT_TRUE(through_text);
      const Result<Latents> read = read_latents(*through_text, batch[i].size());
      ASSERT_TRUE(read) << config << ": " << read.error().message;
      ASSERT_EQ(*read, batch.latents[i]) << config << ": " << json;
    }
  }
}

TEST(ReadLatents, MembersThatAreMissingNullOrUnknownSayNothing) {
  for (const char* text : {"{}", R"({"spans":null,"noise":null,"theme":null,"followed":null})",
                           R"({"mood":[{"start":"x"}],"spans":[]})"}) {
    EXPECT_EQ(testing::value_of(read_latents(Json::parse(text), 4)), Latents()) << text;
  }
}

/// What is said of latents of a sequence of 10 tokens.
std::string latents_complaint(const std::string& text) {
  const Result<Latents> read = read_latents(Json::parse(text), 10);
  EXPECT_FALSE(read) << text;
  if (read) return {};
  EXPECT_EQ(read.error().kind, ErrorKind::data);
  return read.error().message;
}

/// What is said of a span beside a good one.
std::string span_complaint(const std::string& members) {
  return latents_complaint(R"({"spans":[{"start":0,"length":1,"kind":"fresh"},{)" + members +
                           "}]}");
}

TEST(ReadLatents, NamesTheMemberThatCannotBe) {
  EXPECT_EQ(latents_complaint("[]"), "latents: got []; allowed: an object");
  EXPECT_EQ(latents_complaint(R"({"spans":{}})"), "latents.spans: got {}; allowed: a list");
  EXPECT_EQ(latents_complaint(R"({"spans":[3]})"), "latents.spans[0]: got 3; allowed: an object");
  EXPECT_EQ(latents_complaint(R"({"noise":[9,10]})"),
            "latents.noise[1]: got 10; allowed: an integer from 0 to 9");
  EXPECT_EQ(latents_complaint(R"({"noise":[-1]})"),
            "latents.noise[0]: got -1; allowed: an integer from 0 to 9");
  EXPECT_EQ(latents_complaint(R"({"theme":"a"})"),
            "latents.theme: got \"a\"; allowed: an integer from 0 to 4294967295");
  EXPECT_EQ(latents_complaint(R"({"condition":1.5})"),
            "latents.condition: got 1.5; allowed: an integer from 0 to 4294967295");
  EXPECT_EQ(latents_complaint(R"({"component":4294967296})"),
            "latents.component: got 4294967296; allowed: an integer from 0 to 4294967295");
  EXPECT_EQ(latents_complaint(R"({"oracle_bits":"3"})"),
            "latents.oracle_bits: got \"3\"; allowed: a number");
  EXPECT_EQ(latents_complaint(R"({"followed":{"style":[[9,2]]}})"),
            "latents.followed.style[0][1]: got 2; allowed: an integer from 0 to 1");
  EXPECT_EQ(latents_complaint(R"({"followed":{"style":[[9]]}})"),
            "latents.followed.style[0]: got [9]; allowed: [start, length]");
  EXPECT_EQ(latents_complaint(R"({"followed":{"length":1}})"),
            "latents.followed.length: got 1; allowed: true or false");
}

TEST(ReadLatents, NamesTheSpanThatCannotBe) {
  EXPECT_EQ(span_complaint(R"("length":1,"kind":"fresh")"),
            "latents.spans[1].start: is missing; allowed: an integer from 0 to 10");
  EXPECT_EQ(span_complaint(R"("start":6,"length":5,"kind":"fresh")"),
            "latents.spans[1].length: got 5; allowed: an integer from 0 to 4");
  EXPECT_EQ(span_complaint(R"("start":4294967295,"length":5,"kind":"fresh")"),
            "latents.spans[1].start: got 4294967295; allowed: an integer from 0 to 10");
  EXPECT_EQ(span_complaint(R"("start":0,"length":5,"kind":"loop")"),
            "latents.spans[1].kind: got \"loop\"; allowed: one of fresh, repetition, alternation, "
            "progression, reversal, band, successor, slot, fixed, key, value, query, answer");
  EXPECT_EQ(span_complaint(R"("start":0,"length":6,"kind":"repetition")"),
            "latents.spans[1].period: is missing; allowed: an integer from 0 to 4294967295");
  EXPECT_EQ(span_complaint(R"("start":0,"length":6,"kind":"reversal","full_length":5)"),
            "latents.spans[1].full_length: got 5; allowed: an integer from 6 to 4294967295");
  EXPECT_EQ(span_complaint(R"("start":0,"length":6,"kind":"slot","pattern":"fresh")"),
            "latents.spans[1].pattern: got \"fresh\"; allowed: one of repetition, alternation, "
            "progression, reversal");
}

TEST(ReadLatents, ASequenceWithoutTokensHasNoPositions) {
  const Result<Latents> read = read_latents(Json::parse(R"({"noise":[0]})"), 0);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().message,
            "latents.noise[0]: got 0; allowed: none in a sequence without tokens");
}

}  // namespace
}  // namespace synthgen
