#include "synthgen/formats/tables/pt/zip_file.hpp"

#include "synthgen/formats/tables/rows.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::value_of;

constexpr std::uint64_t four_gib = std::uint64_t{1} << 32;

/// A file of any size of which only the beginning and the end are held; zeros lie between.
class HollowFile final : public ByteFile {
 public:
  HollowFile(std::string head, std::uint64_t zeros, std::string tail)
      : ByteFile("hollow", head.size() + zeros + tail.size()),
        head_(std::move(head)),
        tail_(std::move(tail)) {}
  Result<std::shared_ptr<const ByteFile>> side_file(std::string_view) const override {
    return nullptr;
  }

 protected:
  Result<void> read_all_of(std::uint64_t offset, std::span<char> bytes) const override {
    const std::uint64_t tail_start = size() - tail_.size();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const std::uint64_t at = offset + i;
      bytes[i] = '\0';
      if (at < head_.size()) bytes[i] = head_[static_cast<std::size_t>(at)];
      if (at >= tail_start) bytes[i] = tail_[static_cast<std::size_t>(at - tail_start)];
    }
    return {};
  }

 private:
  std::string head_;
  std::string tail_;
};

/// A ZIP of a small record, one of `bytes` zeros and another small one after it.
HollowFile zip_with(std::uint64_t bytes) {
  ZipRecord first{.name = "a/first", .bytes = 3};
  std::string head = zip_local_header(first, false) + "one";
  ZipRecord large{.name = "a/large", .bytes = bytes, .offset = head.size(), .crc_follows = true};
  head += zip_local_header(large, true);
  EXPECT_EQ(head.size() % 64, 0U);
  large.crc32 = 0x12345678;
  std::string tail = zip_data_descriptor(large);
  ZipRecord last{.name = "a/last", .bytes = 4, .offset = head.size() + bytes + tail.size()};
  tail += zip_local_header(last, false) + "last";
  tail += zip_directory({first, large, last}, head.size() + bytes + tail.size());
  return {std::move(head), bytes, std::move(tail)};
}

TEST(ZipFile, RecordsOnBothSidesOfFourGibibytesAreFoundAgain) {
  for (const std::uint64_t bytes : {std::uint64_t{100}, four_gib - 200, four_gib - 2, four_gib - 1,
                                    four_gib, 3 * four_gib + 5}) {
    SCOPED_TRACE(bytes);
    const HollowFile file = zip_with(bytes);
    const std::vector<ZipEntry> entries = value_of(read_zip(file));
    ASSERT_EQ(entries.size(), 3U);
    EXPECT_EQ(entries[1].name, "a/large");
    EXPECT_EQ(entries[1].bytes, bytes);
    EXPECT_EQ(entries[1].offset % 64, 0U);
    EXPECT_EQ(entries[2].bytes, 4U);
    EXPECT_EQ(value_of(file.read_start(entries[0].offset, 3)), "one");
    EXPECT_EQ(value_of(file.read_start(entries[2].offset, 4)), "last");
  }
}

/// The number of `T` at a place from the end of the file.
template <class T>
T number_before_end(const ByteFile& file, std::uint64_t distance) {
  const std::string bytes = value_of(file.read_start(file.size() - distance, sizeof(T)));
  T value{};
  std::copy_n(bytes.data(), sizeof value, reinterpret_cast<char*>(&value));
  return value;
}

TEST(ZipFile, OnlyLargeOnesHaveTheSixtyFourBitForms) {
  constexpr std::uint64_t end = 22;
  constexpr std::uint64_t locator = end + 20;
  constexpr std::uint64_t large_end = locator + 56;
  const HollowFile small = zip_with(100);
  EXPECT_NE(number_before_end<std::uint32_t>(small, locator), 0x07064b50U);
  EXPECT_EQ(number_before_end<std::uint32_t>(small, end), 0x06054b50U);
  const HollowFile large = zip_with(four_gib);
  EXPECT_EQ(number_before_end<std::uint32_t>(large, end), 0x06054b50U);
  EXPECT_EQ(number_before_end<std::uint32_t>(large, end - 16), UINT32_MAX) << "offset: see there";
  EXPECT_EQ(number_before_end<std::uint32_t>(large, locator), 0x07064b50U);
  EXPECT_EQ(number_before_end<std::uint64_t>(large, locator - 8), large.size() - large_end);
  EXPECT_EQ(number_before_end<std::uint32_t>(large, large_end), 0x06064b50U);
  EXPECT_EQ(number_before_end<std::uint64_t>(large, large_end - 32), 3U) << "records";
  const auto directory = number_before_end<std::uint64_t>(large, large_end - 48);
  EXPECT_EQ(value_of(large.read_start(directory, 4)), "PK\1\2");
  EXPECT_EQ(directory + number_before_end<std::uint64_t>(large, large_end - 40),
            large.size() - large_end);
}

TEST(ZipFile, TheSumsOfLargeRecordsStandInSixtyFourBitsBehindThem) {
  std::string expected = "PK\7\10";
  append_number(std::uint32_t{7}, expected);
  append_number(four_gib, expected);
  append_number(four_gib, expected);
  EXPECT_EQ(zip_data_descriptor({.name = "a", .bytes = four_gib, .crc32 = 7}), expected);
}

}  // namespace
}  // namespace synthgen
