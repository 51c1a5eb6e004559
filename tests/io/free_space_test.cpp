#include "synthgen/io/free_space.hpp"

#include <gtest/gtest.h>
#include <limits>

#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

TEST(FreeSpace, ThereIsRoomForAByteButNotForEverything) {
  const testing::TemporaryDirectory directory;
  EXPECT_TRUE(check_free_space(directory.path(), 1));
  const auto refused =
      check_free_space(directory.path(), std::numeric_limits<std::uint64_t>::max());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::io);
  EXPECT_EQ(refused.error().message.rfind(directory.path() + ": not enough space: about ", 0), 0U);
}

TEST(FreeSpace, WhereTheSystemDoesNotTellNothingIsRefused) {
#ifdef __EMSCRIPTEN__
  GTEST_SKIP() << "WebAssembly's system gives the same answer for every path";
#endif
  const testing::TemporaryDirectory directory;
  const std::string nowhere = directory.file("none");
  EXPECT_TRUE(check_free_space(nowhere, std::numeric_limits<std::uint64_t>::max()));
}

}  // namespace
}  // namespace synthgen
