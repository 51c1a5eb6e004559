#define FMT_HEADER_ONLY 1
#include "synthgen/config/formatted.hpp"

#include <cstdint>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <limits>

namespace synthgen {
namespace {

TEST(Formatted, PutsEachArgumentInItsField) {
  const std::string name = "val";
  EXPECT_EQ(formatted("{}: {}{} of {}", name, 'n', -3, std::string_view("many")),
            "val: n-3 of many");
  EXPECT_EQ(formatted("{}", "{}"), "{}");
  EXPECT_EQ(formatted("no fields"), "no fields");
}

TEST(Formatted, WritesIntegersOfEveryWidthWhole) {
  EXPECT_EQ(formatted("{} {}", std::numeric_limits<std::int64_t>::min(),
                      std::numeric_limits<std::uint64_t>::max()),
            "-9223372036854775808 18446744073709551615");
  EXPECT_EQ(formatted("{} {}", std::uint8_t{200}, std::int16_t{-5}), "200 -5");
}

TEST(Formatted, WritesDoublesLikeTheFormattingLibrary) {
  for (const double number : {0.0, -0.0, 0.1, 1.0, 1e-5, 0.00012345, 123456789.0, 1e15, 1e16, 1e21,
                              5e-324, 1.7976931348623157e308, 2.0 / 3}) {
    EXPECT_EQ(formatted("{}", number), fmt::format("{}", number));
  }
  EXPECT_EQ(formatted("{}", 0.1), "0.1");
  EXPECT_EQ(formatted("{}", 2.0 / 3), "0.6666666666666666");
}

}  // namespace
}  // namespace synthgen
