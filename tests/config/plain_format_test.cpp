#include "synthgen/config/plain_format.hpp"

#include "synthgen/config/formatted.hpp"

#include <cstdint>
#include <gtest/gtest.h>
#include <limits>

namespace synthgen {
namespace {

/// By the short formatter of the module, whichever build this is.
template <class... Arguments>
std::string plain(PlainFormat<std::type_identity_t<Arguments>...> format,
                  const Arguments&... arguments) {
  return fill_fields(format.text, {Field(arguments)...});
}

TEST(PlainFormat, PutsEachArgumentInItsField) {
  const std::string name = "val";
  EXPECT_EQ(plain("{}: {}{} of {}", name, 'n', -3, std::string_view("many")), "val: n-3 of many");
  EXPECT_EQ(plain("{}", "{}"), "{}");
  EXPECT_EQ(plain("no fields"), "no fields");
}

TEST(PlainFormat, WritesIntegersOfEveryWidthWhole) {
  EXPECT_EQ(plain("{} {}", std::numeric_limits<std::int64_t>::min(),
                  std::numeric_limits<std::uint64_t>::max()),
            "-9223372036854775808 18446744073709551615");
  EXPECT_EQ(plain("{} {}", std::uint8_t{200}, std::int16_t{-5}), "200 -5");
}

TEST(PlainFormat, WritesDoublesShortestLikeTheFullFormatter) {
  for (const double number : {0.0, -0.0, 0.1, 1.0, 1e-5, 0.00012345, 123456789.0, 1e15, 1e16, 1e21,
                              5e-324, 1.7976931348623157e308, 2.0 / 3}) {
    EXPECT_EQ(plain("{}", number), formatted("{}", number));
  }
  EXPECT_EQ(plain("{}", 0.1), "0.1");
  EXPECT_EQ(plain("{}", 2.0 / 3), "0.6666666666666666");
}

}  // namespace
}  // namespace synthgen
