#include "synthgen/dataset/validate.hpp"

#include <gtest/gtest.h>

namespace synthgen {
namespace {

SequenceBatch batch_of(const std::vector<std::vector<std::uint32_t>>& sequences) {
  SequenceBatch batch;
  for (const auto& sequence : sequences) batch.append(sequence);
  return batch;
}

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
  EXPECT_EQ(found(*report, FaultKind::too_short),
            Texts{"sequence 2: 1 tokens; allowed: 2 or more"});
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
  validator->add(batch_of({{1}, {2}}));
  validator->add(batch_of({{3}, {}}));
  EXPECT_EQ(found(validator->report(), FaultKind::empty), Texts{"sequence 4: no tokens"});
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
