#include "synthgen/io/output/atomic_file.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <optional>

#include "support/configs.hpp"
#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

using testing::bytes_of;
using testing::value_of;

using Names = std::vector<std::string>;

class AtomicFileTest : public ::testing::Test {
 protected:
  testing::TemporaryDirectory directory;
  const std::string path = directory.file("a.txt");
};

TEST_F(AtomicFileTest, AppearsUnderItsNameWithTheCommit) {
  AtomicFile file = value_of(AtomicFile::create(path));
  ASSERT_TRUE(file.write("abc"));
  ASSERT_TRUE(file.write(""));
  ASSERT_TRUE(file.write("def"));
  ASSERT_TRUE(file.sync());
  EXPECT_FALSE(std::filesystem::exists(path));
  ASSERT_TRUE(file.commit());
  EXPECT_EQ(bytes_of(path), "abcdef");
  EXPECT_EQ(directory.names(), Names{"a.txt"});
}

TEST_F(AtomicFileTest, WhatKilledProcessesLeftOfItGoesAway) {
  const std::string other = directory.file("b.txt");
  AtomicFile living = value_of(AtomicFile::create(other));
  const auto leave = [&](const std::string& name) { std::ofstream(directory.file(name)) << "abc"; };
  leave("a.txt.partial-123");
  leave("a.txt.partial-99999999");
  for (const char* name : {"a.txt.partial", "a.txt.partial-1x", "aa.txt.partial-1"}) leave(name);
  ASSERT_TRUE(value_of(AtomicFile::create(path)).commit());
  ASSERT_TRUE(living.write("def"));
  ASSERT_TRUE(living.commit());
  EXPECT_EQ(directory.names(),
            (Names{"a.txt", "a.txt.partial", "a.txt.partial-1x", "aa.txt.partial-1", "b.txt"}));
}

TEST_F(AtomicFileTest, TwoOfOnePathAtOnceHaveATemporaryFileEach) {
#ifdef __EMSCRIPTEN__
  GTEST_SKIP() << "WebAssembly has no locks";
#endif
  AtomicFile first = value_of(AtomicFile::create(path));
  AtomicFile second = value_of(AtomicFile::create(path));
  EXPECT_NE(first.temporary(), second.temporary());
  ASSERT_TRUE(first.write("1"));
  ASSERT_TRUE(second.write("2"));
  ASSERT_TRUE(first.commit());
  ASSERT_TRUE(second.commit());
  EXPECT_EQ(bytes_of(path), "2");
  EXPECT_EQ(directory.names(), Names{"a.txt"});
}

#ifndef __EMSCRIPTEN__

TEST_F(AtomicFileTest, WhatALivingProcessWritesStays) {
  AtomicFile file = value_of(AtomicFile::create(path));
  const std::string others = directory.file("a.txt.partial-123");
  std::filesystem::rename(file.temporary(), others);  // as if another process had made it
  value_of(AtomicFile::create(path)).discard();
  EXPECT_EQ(directory.names(), Names{"a.txt.partial-123"});
}

#endif

TEST_F(AtomicFileTest, DroppedItLeavesNothingBehind) {
  {
    AtomicFile file = value_of(AtomicFile::create(path));
    ASSERT_TRUE(file.write("abc"));
  }
  EXPECT_EQ(directory.names(), Names{});
}

TEST_F(AtomicFileTest, DroppedItLeavesTheOldFileAlone) {
  directory.with("a.txt", "old");
  { ASSERT_TRUE(value_of(AtomicFile::create(path)).write("new")); }
  EXPECT_EQ(bytes_of(path), "old");
  EXPECT_EQ(directory.names(), Names{"a.txt"});
}

TEST_F(AtomicFileTest, TheCommitReplacesTheOldFile) {
  directory.with("a.txt", "old and longer");
  AtomicFile file = value_of(AtomicFile::create(path));
  ASSERT_TRUE(file.write("new"));
  EXPECT_EQ(bytes_of(path), "old and longer");
  ASSERT_TRUE(file.commit());
  EXPECT_EQ(bytes_of(path), "new");
}

TEST_F(AtomicFileTest, LivesOnWhereItWasMovedTo) {
  std::optional<AtomicFile> moved;
  {
    AtomicFile file = value_of(AtomicFile::create(path));
    ASSERT_TRUE(file.write("abc"));
    moved.emplace(std::move(file));
  }
  ASSERT_TRUE(moved->write("def"));
  ASSERT_TRUE(moved->commit());
  moved.reset();
  EXPECT_EQ(bytes_of(path), "abcdef");
}

TEST_F(AtomicFileTest, TakesMoreThanOneWriteCanHold) {
  const std::string bytes(3 * (1 << 20) + 17, 'x');
  AtomicFile file = value_of(AtomicFile::create(path));
  ASSERT_TRUE(file.write(bytes));
  ASSERT_TRUE(file.commit());
  EXPECT_EQ(bytes_of(path), bytes);
}

TEST_F(AtomicFileTest, ReopenedItGoesOnBehindWhatWasKept) {
  {
    AtomicFile file = value_of(AtomicFile::reopen(path));
    ASSERT_TRUE(file.write("abcdef"));
  }
  EXPECT_EQ(directory.names(), Names{"a.txt.partial"});
  AtomicFile file = value_of(AtomicFile::reopen(path));
  std::string four(4, '?');
  EXPECT_TRUE(value_of(file.read(four)));
  EXPECT_EQ(four, "abcd");
  EXPECT_FALSE(value_of(file.read(four)));
  ASSERT_TRUE(file.cut(3));
  ASSERT_TRUE(file.write("X"));
  ASSERT_TRUE(file.commit());
  EXPECT_EQ(bytes_of(path), "abcX");
  EXPECT_EQ(directory.names(), Names{"a.txt"});
}

TEST_F(AtomicFileTest, DiscardedItLeavesNothingBehind) {
  {
    AtomicFile file = value_of(AtomicFile::reopen(path));
    ASSERT_TRUE(file.write("abc"));
    file.discard();
  }
  EXPECT_EQ(directory.names(), Names{});
}

TEST_F(AtomicFileTest, WritesThroughALinkAndLeavesIt) {
  std::filesystem::create_directory(directory.file("disk"));
  const std::string target = directory.file("disk/target");
  std::filesystem::create_symlink("disk/target", path);
  for (const char* text : {"first", "second"}) {  // to nothing, then to a file
    AtomicFile file = value_of(AtomicFile::create(path));
    EXPECT_EQ(file.path(), path);
    EXPECT_EQ(file.target(), target);
    ASSERT_TRUE(file.write(text));
    ASSERT_TRUE(file.commit());
    EXPECT_TRUE(std::filesystem::is_symlink(path));
    EXPECT_EQ(bytes_of(target), text);
  }
  EXPECT_EQ(AtomicFile::partial_of(path), target + ".partial");
  { ASSERT_TRUE(value_of(AtomicFile::reopen(path)).write("abc")); }
  EXPECT_EQ(bytes_of(target + ".partial"), "abc");
}

TEST_F(AtomicFileTest, ReopensNothingThatHasAnotherName) {
#ifdef __EMSCRIPTEN__
  GTEST_SKIP() << "WebAssembly makes no hard links";
#endif
  const std::string other = directory.with("other", "mine");
  const std::string partial = AtomicFile::partial_of(path);
  for (const bool is_link : {true, false}) {
    if (is_link) {
      std::filesystem::create_symlink("other", partial);
    } else {
      std::filesystem::create_hard_link(other, partial);
    }
    const auto refused = AtomicFile::reopen(path);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::usage);
    EXPECT_EQ(refused.error().message.rfind(partial + ": is a link or no regular file", 0), 0U);
    EXPECT_EQ(bytes_of(other), "mine");
    std::filesystem::remove(partial);
  }
}

TEST_F(AtomicFileTest, LeavesTheModeOfTheOldFileToTheNewOne) {
  using std::filesystem::perms;
  directory.with("a.txt", "old");
  const perms mode = perms::owner_read | perms::group_read;
  std::filesystem::permissions(path, mode);
  for (const bool reopened : {false, true}) {
    AtomicFile file = value_of(reopened ? AtomicFile::reopen(path) : AtomicFile::create(path));
    ASSERT_TRUE(file.write("new"));
    EXPECT_EQ(std::filesystem::status(file.temporary()).permissions(), mode | perms::owner_write)
        << "no one else may read it meanwhile";
    ASSERT_TRUE(file.commit());
    EXPECT_EQ(std::filesystem::status(path).permissions(), mode);
  }
}

TEST_F(AtomicFileTest, NeedsItsDirectory) {
  const auto file = AtomicFile::create(directory.file("none/a.txt"));
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().kind, ErrorKind::io);
  EXPECT_EQ(file.error().message,
            directory.file("none/a.txt") + ": cannot write: No such file or directory");
}

TEST_F(AtomicFileTest, ACommitThatCannotBeLeavesNothingBehind) {
  std::filesystem::create_directory(path);
  {
    AtomicFile file = value_of(AtomicFile::create(path));
    ASSERT_TRUE(file.write("abc"));
    const Result<void> committed = file.commit();
    ASSERT_FALSE(committed);
    EXPECT_EQ(committed.error().kind, ErrorKind::io);
    EXPECT_EQ(committed.error().message.rfind(path + ": cannot rename the finished file: ", 0), 0U)
        << committed.error().message;
  }
  EXPECT_EQ(directory.names(), Names{"a.txt"});
  EXPECT_TRUE(std::filesystem::is_directory(path));
}

}  // namespace
}  // namespace synthgen
