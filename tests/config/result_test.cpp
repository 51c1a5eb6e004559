#include "synthgen/config/result.hpp"

#include <gtest/gtest.h>

namespace synthgen {
namespace {

TEST(Problem, TextNamesWhatItKnows) {
  EXPECT_EQ((Problem{"seed", "-1", "0 and up"}).text(), "seed: got -1; allowed: 0 and up");
  EXPECT_EQ((Problem{"sead", "", "is not a known key"}).text(), "sead: is not a known key");
  EXPECT_EQ((Problem{"seed", "-1", ""}).text(), "seed: got -1");
}

TEST(Error, AFailureFromProblemsIsAUsageErrorWithALineForEach) {
  const Result<int> result = fail({{"a", "1", "2"}, {"b", "", "is bad"}});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::usage);
  EXPECT_EQ(result.error().message, "a: got 1; allowed: 2\nb: is bad");
  EXPECT_EQ(result.error().problems.size(), 2U);
}

TEST(Error, AFailureFromAMessageHasNoProblems) {
  const Result<int> result = fail(ErrorKind::io, "no space");
  EXPECT_EQ(result.error().kind, ErrorKind::io);
  EXPECT_EQ(result.error().message, "no space");
  EXPECT_TRUE(result.error().problems.empty());
}

}  // namespace
}  // namespace synthgen
