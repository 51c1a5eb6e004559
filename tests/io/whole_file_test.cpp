#include "synthgen/io/whole_file.hpp"

#include "synthgen/io/checksum.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

TEST(FileDigest, IsThatOfTheBytesInOnePiece) {
  const testing::TemporaryDirectory directory;
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{600000}}) {
    std::string bytes(size, 'x');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i % 251);
    Checksum checksum;
    checksum.add(bytes);
    const FileDigest digest = testing::value_of(digest_of_file(directory.with("f", bytes)));
    EXPECT_EQ(digest.bytes, size);
    EXPECT_EQ(digest.checksum, checksum.hex());
  }
}

TEST(FileDigest, OfWhatCannotBeReadIsAnIoError) {
  const testing::TemporaryDirectory directory;
  for (const std::string& path : {directory.file("none"), directory.path()}) {
    const Result<FileDigest> digest = digest_of_file(path);
    ASSERT_FALSE(digest);
    EXPECT_EQ(digest.error().kind, ErrorKind::io);
    EXPECT_EQ(digest.error().message.rfind(path + ": cannot read: ", 0), 0U);
  }
}

TEST(ReadFile, GivesAllBytesOrTheSystemsReason) {
  const testing::TemporaryDirectory directory;
  const std::string bytes(600001, '\x80');
  EXPECT_EQ(testing::value_of(read_file(directory.with("f", bytes))), bytes);
  EXPECT_EQ(testing::value_of(read_file(directory.with("empty", ""))), "");
  const Result<std::string> missing = read_file(directory.file("none"));
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().message,
            directory.file("none") + ": cannot read: No such file or directory");
}

}  // namespace
}  // namespace synthgen
