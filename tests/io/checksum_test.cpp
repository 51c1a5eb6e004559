#include "synthgen/io/checksum.hpp"

#include <gtest/gtest.h>

namespace synthgen {
namespace {

std::string checksum(std::string_view bytes) {
  Checksum sum;
  sum.add(bytes);
  return sum.hex();
}

// Printed by `xxh128sum` of xxHash 0.8.
TEST(Checksum, IsTheOneThatTheStockToolPrints) {
  EXPECT_EQ(checksum(""), "99aa06d3014798d86001c324468d497f");
  EXPECT_EQ(checksum("abc"), "06b05ab6733a618578af5f94892f3950");
  EXPECT_EQ(checksum("The quick brown fox jumps over the lazy dog"),
            "ddd650205ca3e7fa24a1cc2e3a8a7651");
  EXPECT_EQ(checksum(std::string(240, '\0')), "0550e1dd88b6c17ca499f0a80fd3850a");
  EXPECT_EQ(checksum(std::string(241, '\0')), "b9b45065a364c5b95c5b5d5d40c59ce3");
  EXPECT_EQ(checksum(std::string(1000000, '\0')), "ef233fc372a159319d648391f361d99a");
}

TEST(Checksum, DoesNotDependOnHowTheBytesAreCut) {
  std::string bytes;
  for (int i = 0; i < 100000; ++i) bytes += std::to_string(i) + (i < 99999 ? "\n" : "");
  EXPECT_EQ(checksum(bytes), "0a717baebcf40bb774d65ddef92b8efe");
  for (const std::size_t piece : {1U, 7U, 256U, 4096U, 100003U}) {
    Checksum sum;
    for (std::size_t start = 0; start < bytes.size(); start += piece) {
      sum.add(std::string_view(bytes).substr(start, piece));
    }
    EXPECT_EQ(sum.hex(), "0a717baebcf40bb774d65ddef92b8efe") << piece;
  }
}

TEST(Checksum, GoesOnAfterItWasRead) {
  Checksum sum;
  sum.add("a");
  sum.hex();
  Checksum moved = std::move(sum);
  moved.add("bc");
  EXPECT_EQ(moved.hex(), checksum("abc"));
}

}  // namespace
}  // namespace synthgen
