#include "synthgen/dataset/check/validate.hpp"

#include "synthgen/io/checksum.hpp"

#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"
#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

using testing::batch_of;

std::vector<std::string> found(const ValidationReport& report, FaultKind kind) {
  std::vector<std::string> texts;
  for (const Fault& fault : report[kind].first) texts.push_back(fault.text());
  return texts;
}

using Texts = std::vector<std::string>;

TEST(Validate, PassesGoodSequences) {
  const auto report = validate_synthetic_data(batch_of({{1, 2}, {3, 4, 5}}),
                                              {.vocab_size = 6, .min_length = 2, .max_length = 3});
  ASSERT_TRUE(report.has_value());
  EXPECT_TRUE(report->passed());
  EXPECT_EQ(report->num_sequences, 2U);
}

TEST(Validate, CountsAndPlacesEveryKindOfFault) {
  const auto report =
      validate_synthetic_data(batch_of({{}, {1}, {1, 9}, {1, 2, 3, 4}, {9, 8, 9, 9}}),
                              {.vocab_size = 8, .min_length = 2, .max_length = 3});
  ASSERT_TRUE(report.has_value());
  EXPECT_FALSE(report->passed());
  EXPECT_EQ(report->num_sequences, 5U);
  EXPECT_EQ(report->num_faults(), 6U);
  EXPECT_EQ(found(*report, FaultKind::empty), Texts{"sequence 1: no tokens"});
  EXPECT_EQ(found(*report, FaultKind::too_short), Texts{"sequence 2: 1 token; allowed: 2 or more"});
  EXPECT_EQ(found(*report, FaultKind::id_too_large),
            (Texts{"sequence 3: token 1: id 9; allowed: 0 to 7",
                   "sequence 5: token 0: id 9; allowed: 0 to 7"}));
  EXPECT_EQ(found(*report, FaultKind::too_long),
            (Texts{"sequence 4: 4 tokens; allowed: 3 or fewer",
                   "sequence 5: 4 tokens; allowed: 3 or fewer"}));
}

TEST(Validate, TakesLimitsAsAllowedValues) {
  const SequenceBatch batch = batch_of({{7, 7}});
  EXPECT_TRUE(validate_synthetic_data(batch, {.min_length = 2, .max_length = 2})->passed());
  EXPECT_FALSE(validate_synthetic_data(batch, {.min_length = 3})->passed());
  EXPECT_FALSE(validate_synthetic_data(batch, {.max_length = 1})->passed());
  EXPECT_TRUE(validate_synthetic_data(batch, {.vocab_size = 8})->passed());
  EXPECT_FALSE(validate_synthetic_data(batch, {.vocab_size = 7})->passed());
}

TEST(Validate, KeepsTheFirstPlacesAndCountsOn) {
  const auto report = validate_synthetic_data(batch_of({{}, {}, {}, {}}), {.places = 2});
  EXPECT_EQ((*report)[FaultKind::empty].count, 4U);
  EXPECT_EQ(found(*report, FaultKind::empty),
            (Texts{"sequence 1: no tokens", "sequence 2: no tokens"}));
}

TEST(Validate, CountsSequencesOnOverBatches) {
  Result<Validator> validator = Validator::create();
  ASSERT_TRUE(validator.has_value());
  ASSERT_TRUE(validator->add(batch_of({{1}, {2}})));
  ASSERT_TRUE(validator->add(batch_of({{3}, {}, {2}})));
  const ValidationReport report = testing::value_of(validator->report());
  EXPECT_EQ(found(report, FaultKind::empty), Texts{"sequence 4: no tokens"});
  EXPECT_EQ(found(report, FaultKind::duplicate), Texts{"sequence 5: has the ids of sequence 2"});
}

TEST(Validate, FindsSequencesThatWereThereBefore) {
  const SequenceBatch batch = batch_of({{1, 2}, {2}, {1, 2}, {}, {}, {1, 2}, {2, 1}});
  const auto report = validate_synthetic_data(batch);
  EXPECT_EQ((*report)[FaultKind::duplicate].count, 2U);
  EXPECT_EQ(found(*report, FaultKind::duplicate), (Texts{"sequence 3: has the ids of sequence 1",
                                                         "sequence 6: has the ids of sequence 1"}));
  EXPECT_EQ((*report)[FaultKind::empty].count, 2U) << "equal, but only empty";
  EXPECT_EQ(
      (*validate_synthetic_data(batch, {.allow_duplicates = true}))[FaultKind::duplicate].count,
      0U);
}

TEST(Validate, OfManyRepeatedSequencesTheFirstPlacesAreKept) {
  SequenceBatch batch;
  for (std::uint32_t i = 0; i < 300; ++i) batch.append(std::vector<std::uint32_t>{i % 100});
  const auto report = validate_synthetic_data(batch, {.places = 3});
  EXPECT_EQ((*report)[FaultKind::duplicate].count, 200U);
  EXPECT_EQ(
      found(*report, FaultKind::duplicate),
      (Texts{"sequence 101: has the ids of sequence 1", "sequence 102: has the ids of sequence 2",
             "sequence 103: has the ids of sequence 3"}));
}

TEST(Validate, DoesNotLookAtPadding) {
  SequenceBatch batch = batch_of({{1, 2, 99, 99}, {1, 3, 99, 99}});
  batch.padding = {2, 2};
  const ValidationOptions limits{.vocab_size = 9, .min_length = 2, .max_length = 2};
  EXPECT_TRUE(validate_synthetic_data(batch, limits)->passed());
  batch.padding = {2, 3};
  EXPECT_EQ((*validate_synthetic_data(batch, limits))[FaultKind::too_short].count, 1U);
}

class ValidatedFiles : public ::testing::Test {
 protected:
  /// A file of a split; its path.
  std::string add(Validator& validator, std::string_view name, std::string_view lines) {
    DatasetFile file{.path = directory.with(name, lines)};
    file.split = split_of_name(name);
    EXPECT_TRUE(validator.add_file(file));
    return file.path;
  }

  testing::TemporaryDirectory directory;
};

TEST_F(ValidatedFiles, EqualSequencesOfOneSplitAreDuplicatesOfTwoSplitsOverlap) {
  for (const std::uint64_t memory : {std::uint64_t{0}, std::uint64_t{1} << 30}) {
    Validator validator = testing::value_of(Validator::create({.memory_limit_bytes = memory}));
    const std::string first = add(validator, "train-0.jsonl", "[1]\n[2]\n[3]\n[2]\n");
    const std::string second = add(validator, "train-1.jsonl", "[4]\n[1]\n");
    const std::string third = add(validator, "val.jsonl", "[5]\n[3]\n[3]\n");
    const ValidationReport report = testing::value_of(validator.report());
    EXPECT_EQ(found(report, FaultKind::duplicate),
              (Texts{first + ":4: has the ids of " + first + ":2",
                     second + ":2: has the ids of " + first + ":1",
                     third + ":3: has the ids of " + third + ":2"}));
    EXPECT_EQ(found(report, FaultKind::split_overlap),
              (Texts{third + ":2: has the ids of " + first + ":3",
                     third + ":3: has the ids of " + first + ":3"}));
    EXPECT_EQ(report.num_faults(), 5U);
  }
}

TEST_F(ValidatedFiles, AreHeldAgainstTheirOwnLimitsUnlessOthersAreGiven) {
  DatasetFile file{.path = directory.with("a.jsonl", "[1,2,3]\n[7]\n")};
  file.limits = {.vocab_size = 7, .min_length = 2, .max_length = 2};
  Validator validator = testing::value_of(Validator::create());
  ASSERT_TRUE(validator.add_file(file));
  EXPECT_EQ(testing::value_of(validator.report()).num_faults(), 3U);
  Validator lax =
      testing::value_of(Validator::create({.vocab_size = 8, .min_length = 1, .max_length = 3}));
  ASSERT_TRUE(lax.add_file(file));
  EXPECT_TRUE(testing::value_of(lax.report()).passed());
}

TEST_F(ValidatedFiles, AreComparedWithTheirRecords) {
  const std::string text = "[1]\n[2,3]\n";
  Checksum checksum;
  checksum.add(text);
  DatasetFile file{.path = directory.with("a.jsonl", text)};
  FileRecord record;
  record.sequences = 2;
  record.tokens = 3;
  record.bytes = text.size();
  record.checksum = checksum.hex();
  const auto faults = [&](const FileRecord& recorded, FaultKind kind) {
    file.record = recorded;
    Validator validator = testing::value_of(Validator::create());
    EXPECT_TRUE(validator.add_file(file));
    const ValidationReport report = testing::value_of(validator.report());
    EXPECT_EQ(report.num_faults(), report[kind].count);
    return found(report, kind);
  };
  EXPECT_EQ(faults(record, FaultKind::manifest_mismatch), Texts());
  FileRecord other = record;
  other.sequences = 4;
  other.tokens = 5;
  other.bytes = 6;
  EXPECT_EQ(faults(other, FaultKind::manifest_mismatch),
            (Texts{file.path + ": has 10 bytes; metadata.json says 6",
                   file.path + ": has 2 sequences; metadata.json says 4",
                   file.path + ": has 3 tokens; metadata.json says 5"}));
  directory.with("a.jsonl", "[1]\n");
  EXPECT_EQ(faults(record, FaultKind::manifest_mismatch),
            (Texts{file.path + ": has 4 bytes; metadata.json says 10",
                   file.path + ": has 1 sequence; metadata.json says 2",
                   file.path + ": has 1 token; metadata.json says 3"}));
  directory.with("a.jsonl", text);
  other = record;
  other.checksum = std::string(32, '0');
  EXPECT_EQ(faults(other, FaultKind::checksum_mismatch),
            Texts{file.path + ": has the checksum " + record.checksum + "; metadata.json says " +
                  other.checksum});
}

TEST(Validate, RefusesEveryOptionOutOfRangeAtOnce) {
  const auto report = validate_synthetic_data(
      batch_of({{1}}), {.vocab_size = 0, .min_length = -1, .max_length = -2});
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().kind, ErrorKind::usage);
  EXPECT_EQ(report.error().message,
            "vocab_size: got 0; allowed: an integer from 1 up\n"
            "min_length: got -1; allowed: an integer from 0 up\n"
            "max_length: got -2; allowed: an integer from 0 up");
}

TEST(Validate, ReportsAsJsonWithNumbersFirst) {
  const auto report = validate_synthetic_data(batch_of({{}, {1}}));
  EXPECT_EQ(to_text(to_json(*report)),
            R"({"passed":false,"num_sequences":2,"num_faults":1,"faults":[{"kind":"empty",)"
            R"("count":1,"first":[{"file":"","line":1,"message":"no tokens"}]}]})");
}

}  // namespace
}  // namespace synthgen
