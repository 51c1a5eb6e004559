#include "synthgen/expect/expected_section.hpp"

#include <gtest/gtest.h>

namespace synthgen {
namespace {

TEST(ExpectedSection, HasValuesNumbersAndErrors) {
  const Json report = {
      {"expected",
       {{"vocab_usage", {{"value", 7.5}, {"standard_error", 0.5}, {"formula", "mean"}}},
        {"avg_length", {{"value", 9}, {"formula", "the length"}}},
        {"rep_n", {{"value", {{"1", 0.5}}}, {"standard_error", {{"1", 0.1}}}}}}}};
  const ExpectedSection expected(report);
  EXPECT_EQ(expected.number("vocab_usage"), 7.5);
  EXPECT_EQ(expected.standard_error("vocab_usage"), 0.5);
  EXPECT_EQ(expected.number("avg_length"), 9);
  EXPECT_FALSE(expected.standard_error("avg_length"));
  EXPECT_FALSE(expected.number("rep_n"));
  EXPECT_FALSE(expected.standard_error("rep_n"));
  EXPECT_EQ(&expected.value("rep_n"), &report["expected"]["rep_n"]["value"]);
  EXPECT_TRUE(expected.value("average_entropy").is_null());
}

TEST(ExpectedSection, OfAReportWithoutOneIsEmpty) {
  for (const Json& report : {Json::object(), Json{{"expected", nullptr}}, Json{{"expected", 3}}}) {
    EXPECT_TRUE(ExpectedSection(report).value("avg_length").is_null());
    EXPECT_FALSE(ExpectedSection(report).number("avg_length"));
  }
  const Json odd = {{"expected", {{"avg_length", 3}, {"min_length", Json::object()}}}};
  EXPECT_FALSE(ExpectedSection(odd).number("avg_length"));
  EXPECT_FALSE(ExpectedSection(odd).number("min_length"));
}

}  // namespace
}  // namespace synthgen
