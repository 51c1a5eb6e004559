#include "synthgen/formats/encoded_file.hpp"
#include "synthgen/formats/file_plan.hpp"
#include "synthgen/formats/format.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::generator_of;
using testing::value_of;

TEST(Formats, EachIsFoundByItsName) {
  ASSERT_FALSE(formats().empty());
  EXPECT_EQ(formats().front()->name, "jsonl");
  for (const FormatEntry* entry : formats()) {
    EXPECT_EQ(find_format(entry->name), entry);
    EXPECT_EQ(file_name({.format = std::string(entry->name)}, "train"),
              "train" + std::string(entry->extension));
  }
  EXPECT_EQ(find_format("jsonll"), nullptr);
}

TEST(Formats, AnUnknownOneIsRefusedWithTheKnownOnes) {
  const auto encoder = make_encoder({.format = "docx"}, {});
  ASSERT_FALSE(encoder);
  EXPECT_EQ(encoder.error().kind, ErrorKind::usage);
  EXPECT_EQ(encoder.error().message.rfind("format: got \"docx\"; allowed: one of jsonl", 0), 0U)
      << encoder.error().message;
}

TEST(FilePlan, BoundsEveryLengthThatItsSplitCanHave) {
  for (const char* text :
       {R"({"generator": "random", "seq_length": 20})",
        R"({"generator": "pattern", "seq_length": 20, "length_variation": 0.5})",
        R"({"generator": "conditional", "seq_length": 20, "length_variation": 0.3})",
        R"({"generator": "template", "seq_length": 9, "vocab_size": 20,
            "templates": [[1, 2, 3], {"elements": [4, "RANDOM"]}]})",
        R"({"generator": "template", "seq_length": 9, "vocab_size": 20, "template_fill": "natural",
            "templates": [[1, 2, 3], [4, "RANDOM"]], "length_variation": 0.9})",
        R"({"generator": "template", "seq_length": 9, "vocab_size": 20, "template_fill": "cycle",
            "templates": [[1, 2, 3]]})",
        R"({"generator": "mixture", "seq_length": 9, "components": [
            {"config": {"generator": "random", "seq_length": 30}},
            {"config": {"generator": "pattern", "length_variation": 0.5}}]})"}) {
    const Generator generator = generator_of(text);
    const FilePlan plan = plan_of(generator, Split::val, "val", 300);
    SequenceBatch batch;
    value_of(generator.generate(Split::val, 0, 300, batch));
    std::uint64_t shortest = UINT64_MAX;
    std::uint64_t longest = 0;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      shortest = std::min<std::uint64_t>(shortest, batch.content(i).size());
      longest = std::max<std::uint64_t>(longest, batch[i].size());
    }
    EXPECT_EQ(plan.lengths, (LengthRange{shortest, longest})) << text;
    EXPECT_EQ(plan.sequences, 300U);
  }
}

TEST(FilePlan, IsThatOfItsSplit) {
  const Generator generator = generator_of(
      R"({"seq_length": 20, "splits": {"test": {"seq_length": 50, "vocab_size": 70}}})");
  EXPECT_EQ(plan_of(generator, Split::train, "train", 1).lengths, (LengthRange{20, 20}));
  const FilePlan plan = plan_of(generator, Split::test, "test", 1);
  EXPECT_EQ(plan.lengths, (LengthRange{50, 50}));
  EXPECT_EQ(plan.vocab_size, 70U);
}

}  // namespace
}  // namespace synthgen
