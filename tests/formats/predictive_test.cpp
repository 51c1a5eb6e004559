#include "synthgen/formats/encoded_file.hpp"
#include "synthgen/formats/jsonl/jsonl_reader.hpp"
#include "synthgen/formats/jsonl/jsonl_writer.hpp"

#include <cmath>
#include <gtest/gtest.h>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::generator_of;
using testing::value_of;

/// Two ids, so that each fresh token costs 1 bit.
SequenceBatch priced_coins(Predictive what) {
  const Generator generator =
      generator_of(R"({"generator": "random", "vocab_size": 2, "seq_length": 3})");
  SequenceBatch batch;
  value_of(generator.generate(Split::train, 0, 2, batch));
  value_of(generator.predict(Split::train, what, false, batch));
  return batch;
}

TEST(Predictive, IsANumberForEachTokenInJsonl) {
  std::string text;
  append_jsonl(priced_coins(Predictive::bits), text);
  EXPECT_NE(text.find(R"(],"predictive_bits":[1,1,1]})"), text.npos) << text;
}

TEST(Predictive, IsALawForEachTokenInJsonl) {
  std::string text;
  append_jsonl(priced_coins(Predictive::law), text);
  EXPECT_NE(text.find(R"(],"predictive_law":[[0.5,0.5],[0.5,0.5],[0.5,0.5]]})"), text.npos) << text;
}

TEST(Predictive, BitsAreWrittenToAMillionth) {
  SequenceBatch batch;
  batch.append(std::vector<std::uint32_t>{1, 2, 3, 4, 5});
  batch.set_predictive_bits(std::vector<float>{0.0000004F, 13.287712F, 2.5F, 0.000001F, NAN});
  std::string text;
  append_jsonl(batch, text);
  EXPECT_EQ(text,
            "{\"input_ids\":[1,2,3,4,5],\"predictive_bits\":[0,13.287712,2.5,0.000001,null]}\n");
}

TEST(Predictive, BitsAreReadFromJsonl) {
  const SequenceBatch batch = value_of(parse_synthetic_data(
      "{\"tokens\":[1]}\n{\"tokens\":[1,2,3],\"predictive_bits\":[0.5,null,2]}\n[4]\n", "data"));
  EXPECT_EQ(batch.predictive_width, 1U);
  EXPECT_TRUE(std::isnan(batch.predictive_of(0)[0]));
  EXPECT_EQ(batch.predictive_of(1)[0], 0.5F);
  EXPECT_TRUE(std::isnan(batch.predictive_of(1)[1]));
  EXPECT_EQ(batch.predictive_of(1)[2], 2.0F);
  EXPECT_TRUE(std::isnan(batch.predictive_of(2)[0]));
}

TEST(Predictive, BitsOfSequencesWithLatentsComeWithThoseOfTheOracle) {
  const Generator generator = generator_of(R"({"generator": "template", "vocab_size": 4,
      "seq_length": 3, "templates": [[3, "RANDOM"]]})");
  SequenceBatch batch;
  value_of(generator.generate(Split::train, 0, 1, batch, true));
  value_of(generator.predict(Split::train, Predictive::bits, false, batch));
  std::string text;
  append_jsonl(batch, text);
  EXPECT_NE(text.find(R"(,"predictive_bits":[0,2,0],"oracle_bits":[0,2,0],"latents":{)"), text.npos)
      << text;
  const SequenceBatch read = value_of(parse_synthetic_data(text, "data"));
  EXPECT_EQ(read.oracle, batch.oracle);
  std::string without;
  batch.predictive.clear();
  append_jsonl(batch, without);
  EXPECT_EQ(without.find("\"oracle_bits\":["), without.npos) << "only next to predictive_bits";
}

TEST(Predictive, OracleBitsOfAnotherNumberOrTypeAreAFault) {
  const auto fault = [](const char* bits) {
    const auto read = parse_synthetic_data(
        std::string("{\"tokens\":[1,2],\"oracle_bits\":") + bits + "}\n", "data");
    return read ? std::string("none") : read.error().message;
  };
  EXPECT_EQ(fault("[1,2]"), "none");
  EXPECT_EQ(fault("[1]"), "data:1: 1 number of oracle_bits for the sequence's 2 tokens");
  EXPECT_EQ(fault("[1,\"a\"]"), "data:1: oracle_bits: \"a\" at position 1 where a number belongs");
}

TEST(Predictive, BitsOfAnotherNumberAreAFault) {
  const auto read = parse_synthetic_data("{\"tokens\":[1,2],\"predictive_bits\":[0.5]}\n", "data");
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().message,
            "data:1: 1 number of predictive_bits for the sequence's 2 tokens");
}

TEST(Predictive, IsZeroOverPadding) {
  const Generator generator = generator_of(R"({"generator": "template", "vocab_size": 2,
      "seq_length": 4, "templates": [["RANDOM", "RANDOM"]]})");
  SequenceBatch batch;
  value_of(generator.generate(Split::train, 0, 1, batch));
  value_of(generator.predict(Split::train, Predictive::bits, false, batch));
  EXPECT_EQ(batch.predictive, (std::vector<float>{1, 1, 0, 0}));
}

TEST(Predictive, IsRefusedByFormatsThatCannotCarryIt) {
  for (const char* format : {"pt", "bin", "csv", "megatron"}) {
    const std::vector<Problem> problems = check({.format = format, .predictive = Predictive::bits});
    ASSERT_EQ(problems.size(), 1U) << format;
    EXPECT_EQ(problems[0].key, "predictive");
    EXPECT_NE(problems[0].allowed.find("formats that can: jsonl, npy, safetensors"),
              std::string::npos)
        << problems[0].allowed;
  }
}

TEST(Predictive, SurvivesTheOptionsJson) {
  const FormatOptions options{.format = "npy", .predictive = Predictive::law};
  EXPECT_EQ(value_of(read_format_options(to_json(options))).predictive, Predictive::law);
  EXPECT_FALSE(read_format_options({{"predictive", "all"}}).has_value());
}

}  // namespace
}  // namespace synthgen
