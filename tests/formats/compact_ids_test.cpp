#include "synthgen/formats/jsonl/compact_ids.hpp"

#include "synthgen/random/engine.hpp"

#include <gtest/gtest.h>
#include <optional>
#include <string>

#include "support/batches.hpp"

namespace synthgen {
namespace {

using testing::Tokens;

/// The list read a character at a time; none where it is not compact.
std::optional<Tokens> reference(std::string_view text) {
  Tokens ids;
  if (text.empty()) return ids;
  for (;;) {
    if (text.starts_with(' ')) text.remove_prefix(1);
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits == 0 || digits > 10 || (text[0] == '0' && digits > 1)) return std::nullopt;
    const std::uint64_t value = std::stoull(std::string(text.substr(0, digits)));
    if (value > UINT32_MAX) return std::nullopt;
    ids.push_back(static_cast<std::uint32_t>(value));
    text.remove_prefix(digits);
    if (text.empty()) return ids;
    if (text[0] != ',') return std::nullopt;
    text.remove_prefix(1);
  }
}

void expect_as_reference(const std::string& text) {
  Tokens ids{5};
  const bool good = append_compact_ids(text, ids);
  const std::optional<Tokens> expected = reference(text);
  ASSERT_EQ(good, expected.has_value()) << text;
  ASSERT_EQ(Tokens(ids.begin() + 1, ids.end()), expected.value_or(Tokens())) << text;
}

/// Ids of 1 to 10 digits, of which some are too large.
std::string list_of(std::size_t size, std::string_view comma, PhiloxEngine& rng) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    if (i > 0) text += comma;
    const std::uint32_t digits = rng() % 8 == 0 ? 8 + rng() % 3 : 1 + rng() % 7;
    text += static_cast<char>('0' + (digits == 1 ? 0 : 1) + rng() % (digits == 10 ? 4 : 9));
    for (std::uint32_t d = 1; d < digits; ++d) text += static_cast<char>('0' + rng() % 10);
  }
  return text;
}

TEST(CompactIds, AreReadAsACharacterAtATimeWouldReadThem) {
  constexpr std::string_view letters = "0123456789,,,   []\"-e.:/\t\xAC\xB0";
  PhiloxEngine rng(1);
  std::size_t accepted = 0;
  for (int i = 0; i < 30000; ++i) {
    std::string text = list_of(rng() % 60, rng() % 2 == 0 ? "," : ", ", rng);
    for (std::uint32_t edits = rng() % 3; edits > 0 && !text.empty(); --edits) {
      const std::size_t place = rng() % text.size();
      text.insert(place, 1, letters[rng() % letters.size()]);
    }
    expect_as_reference(text);
    accepted += reference(text).has_value() ? 1 : 0;
  }
  EXPECT_GT(accepted, 8000U);
  EXPECT_LT(accepted, 22000U);
}

TEST(CompactIds, OneWrongCharacterIsFoundWhereverItStands) {
  std::string list;
  while (list.size() < 300) list += "7,12, 345,6789,";
  list += '0';
  ASSERT_TRUE(reference(list));
  for (std::size_t place = 0; place < list.size(); ++place) {
    for (int c = 0; c < 256; ++c) {
      std::string text = list;
      text[place] = static_cast<char>(c);
      expect_as_reference(text);
    }
  }
}

TEST(CompactIds, AManyDigitsLongNumberIsRefusedAndTokensStay) {
  Tokens ids{5};
  EXPECT_FALSE(append_compact_ids("1,2," + std::string(100000, '9') + ",3", ids));
  EXPECT_EQ(ids, Tokens{5});
}

}  // namespace
}  // namespace synthgen
