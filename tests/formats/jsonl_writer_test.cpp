#include "synthgen/formats/jsonl/jsonl_writer.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"

namespace synthgen {
namespace {

std::string jsonl(const SequenceBatch& batch) {
  std::string bytes;
  append_jsonl(batch, bytes);
  return bytes;
}

TEST(JsonlWriter, WritesACompactObjectALine) {
  EXPECT_EQ(jsonl(testing::batch_of({{1, 2, 3}, {0}, {}, {4294967295, 10}})),
            "{\"input_ids\":[1,2,3]}\n"
            "{\"input_ids\":[0]}\n"
            "{\"input_ids\":[]}\n"
            "{\"input_ids\":[4294967295,10]}\n");
}

TEST(JsonlWriter, WritesNothingForNoSequences) {
  EXPECT_EQ(jsonl({}), "");
}

TEST(JsonlWriter, AppendsToWhatIsThere) {
  std::string bytes = "before\n";
  append_jsonl(testing::batch_of({{7}}), bytes);
  EXPECT_EQ(bytes, "before\n{\"input_ids\":[7]}\n");
}

TEST(JsonlWriter, WritesLatentsBesideTheTokens) {
  SequenceBatch batch = testing::batch_of({{4, 5}});
  Latents& latents = batch.latents.emplace_back();
  latents.spans = {{.start = 0, .length = 2, .kind = SpanKind::fresh, .full_length = 2}};
  latents.noise = {1};
  EXPECT_EQ(jsonl(batch),
            "{\"input_ids\":[4,5],\"latents\":{\"spans\":[{\"start\":0,\"length\":2,"
            "\"kind\":\"fresh\"}],\"noise\":[1]}}\n");
}

TEST(JsonlWriter, EveryNumberOfDigitsIsWrittenRight) {
  testing::Tokens tokens;
  std::string expected = "{\"input_ids\":[";
  for (std::uint64_t power = 1; power <= 4294967295; power *= 10) {
    for (const std::uint64_t id : {power - 1, power, power + 1}) {
      tokens.push_back(static_cast<std::uint32_t>(id));
      expected += std::to_string(id) + ',';
    }
  }
  expected.back() = ']';
  EXPECT_EQ(jsonl(testing::batch_of({tokens})), expected + "}\n");
}

TEST(Jsonl, ARangeOfABatchHasTheLinesOfItsSequences) {
  const SequenceBatch batch = testing::random_batch(3, 9);
  std::string all;
  append_jsonl(batch, all);
  std::string parts;
  append_jsonl(batch, 0, 4, parts);
  append_jsonl(batch, 4, 1, parts);
  append_jsonl(batch, 5, 0, parts);
  append_jsonl(batch, 5, 4, parts);
  EXPECT_EQ(parts, all);
}

}  // namespace
}  // namespace synthgen
