#include "synthgen/formats/decimal_text.hpp"

#include <cstdint>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace synthgen {
namespace {

std::string joined_decimal(const std::vector<std::uint32_t>& numbers) {
  std::string text;
  for (const std::uint32_t number : numbers) {
    text += (text.empty() ? "" : ",") + std::to_string(number);
  }
  return text;
}

TEST(DecimalText, EveryNumberOfAtMostFiveDigitsIsAsTheStandardLibraryPrintsIt) {
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t number = 0; number < 100'000; ++number) numbers.push_back(number);
  std::string text;
  append_decimal(numbers, text);
  EXPECT_TRUE(text == joined_decimal(numbers));
}

TEST(DecimalText, NumbersAtEveryPowerOfTenAndAtTheEndAreExact) {
  std::vector<std::uint32_t> numbers{0xFFFFFFFF, 0xFFFFFFFE, 0x7FFFFFFF};
  for (std::uint64_t power = 10; power <= 1'000'000'000; power *= 10) {
    const auto number = static_cast<std::uint32_t>(power);
    numbers.insert(numbers.end(), {number - 1, number, number + 1, number + 90'009});
  }
  std::string text;
  append_decimal(numbers, text);
  EXPECT_EQ(text, joined_decimal(numbers));
}

TEST(DecimalText, AppendsAndLeavesTheEndAloneWhereThereIsNoNumber) {
  std::string text = "[";
  append_decimal({}, text);
  EXPECT_EQ(text, "[");
  append_decimal(std::vector<std::uint32_t>{7}, text);
  EXPECT_EQ(text, "[7");
  append_decimal(std::vector<std::uint32_t>{123'456, 0}, text);
  EXPECT_EQ(text, "[7123456,0");
}

}  // namespace
}  // namespace synthgen
