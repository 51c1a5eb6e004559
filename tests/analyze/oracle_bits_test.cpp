#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/formats/jsonl/jsonl_reader.hpp"
#include "synthgen/formats/jsonl/jsonl_writer.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::generator_of;
using testing::value_of;

Json report_of(std::string_view text) {
  return analyze_sequences(value_of(parse_synthetic_data(text, "data")));
}

TEST(OracleBits, AreOverTheTokensOfSequencesThatHaveThem) {
  const Json report = report_of(R"({"input_ids":[1,2,3],"latents":{"oracle_bits":6}}
{"input_ids":[1,2]}
{"input_ids":[1,2,0,0],"padding":2,"latents":{"oracle_bits":1.5}}
)");
  EXPECT_EQ(report["oracle_bits_per_token"], 1.5);
}

TEST(OracleBits, AreLeftOutOfReportsOnDataWithoutLatents) {
  EXPECT_FALSE(report_of("[1,2]\n").contains("oracle_bits_per_token"));
  EXPECT_FALSE(report_of("{\"tokens\":[],\"latents\":{\"oracle_bits\":0}}\n")
                   .contains("oracle_bits_per_token"));
}

TEST(OracleBits, OfAbsurdDataCannotSpoilTheSum) {
  for (const char* bits : {"-1", "1e300", "1e13", "null"}) {
    const std::string bad =
        std::string(R"({"tokens":[1,1],"latents":{"oracle_bits":)") + bits + "}}\n";
    const Json report = report_of(bad + R"({"tokens":[1],"latents":{"oracle_bits":4}})");
    EXPECT_EQ(report["oracle_bits_per_token"], 4) << bits;
  }
}

TEST(OracleBits, OfUniformTokensAreTheEntropyOfTheVocabulary) {
  SequenceBatch batch;
  ASSERT_TRUE(generator_of(R"({"vocab_size": 256, "seq_length": 40})")
                  .generate(Split::train, 0, 30, batch, true));
  EXPECT_EQ(analyze_sequences(batch)["oracle_bits_per_token"], 8);
}

TEST(OracleBits, ComeThroughAFileAsTheyWere) {
  SequenceBatch batch;
  ASSERT_TRUE(generator_of(R"({"vocab_size": 50, "seq_length": 40, "pattern_length": 6,
                               "noise_probability": 0.2})")
                  .generate(Split::train, 0, 30, batch, true));
  std::string text;
  append_jsonl(batch, text);
  EXPECT_EQ(report_of(text)["oracle_bits_per_token"],
            analyze_sequences(batch)["oracle_bits_per_token"]);
}

}  // namespace
}  // namespace synthgen
