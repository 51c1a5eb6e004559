#include "synthgen/io/crc32.hpp"

#include <gtest/gtest.h>
#include <string>

namespace synthgen {
namespace {

TEST(Crc32, KnownAnswers) {
  EXPECT_EQ(crc32(""), 0U);
  EXPECT_EQ(crc32("123456789"), 0xCBF43926U);
  EXPECT_EQ(crc32("The quick brown fox jumps over the lazy dog"), 0x414FA339U);
}

TEST(Crc32, ThatOfPartsJoinsToThatOfTheWhole) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += static_cast<char>(i * 7 + i / 256);
  const std::string_view whole = text;
  for (const std::size_t cut : {0U, 1U, 15U, 16U, 17U, 2500U, 4999U, 5000U}) {
    EXPECT_EQ(joined_crc32(crc32(whole.substr(0, cut)), crc32(whole.substr(cut)), 5000 - cut),
              crc32(whole))
        << cut;
  }
}

}  // namespace
}  // namespace synthgen
