#include "synthgen/io/output/output_target.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

using testing::value_of;
using Kind = OutputTarget::Kind;

TEST(OutputTarget, IsWhatThePathLeadsTo) {
  const testing::TemporaryDirectory directory;
  const OutputTarget absent = value_of(output_target(directory.file("none")));
  EXPECT_EQ(absent.kind, Kind::absent);
  EXPECT_FALSE(absent.is_link());
  EXPECT_EQ(value_of(output_target(directory.with("a", "abc"))).kind, Kind::file);
  EXPECT_EQ(value_of(output_target(directory.path())).kind, Kind::directory);
  for (const char* name : {"-", "/dev/stdout"}) {
    const OutputTarget output = value_of(output_target(name));
    EXPECT_EQ(output.kind, Kind::standard_output);
    EXPECT_EQ(output.name(), "standard output");
    EXPECT_TRUE(output.is_stream());
  }
}

TEST(OutputTarget, FollowsLinksAlsoToNothing) {
  const testing::TemporaryDirectory directory;
  const std::string link = directory.file("link");
  std::filesystem::create_symlink("hop", link);
  std::filesystem::create_symlink(directory.file("end"), directory.file("hop"));
  const OutputTarget dangling = value_of(output_target(link));
  EXPECT_EQ(dangling.kind, Kind::absent);
  EXPECT_TRUE(dangling.is_link());
  EXPECT_EQ(dangling.path, link);
  EXPECT_EQ(dangling.file, directory.file("end"));
  directory.with("end", "abc");
  const OutputTarget live = value_of(output_target(link));
  EXPECT_EQ(live.kind, Kind::file);
  EXPECT_EQ(live.file, directory.file("end"));
}

TEST(OutputTarget, OnlyFilesAndNothingCanBeReplaced) {
  const testing::TemporaryDirectory directory;
  const OutputTarget file = value_of(output_target(directory.with("a", "abc")));
  EXPECT_TRUE(check_is_file(file, "another"));
  EXPECT_TRUE(check_replaceable(file, true, "another"));
  const Result<void> exists = check_replaceable(file, false, "another --output");
  ASSERT_FALSE(exists);
  EXPECT_EQ(exists.error().kind, ErrorKind::usage);
  EXPECT_EQ(exists.error().message, directory.file("a") +
                                        ": exists already; give --force to replace it, or another "
                                        "--output");
  EXPECT_TRUE(check_replaceable(value_of(output_target(directory.file("b"))), false, "another"));
  const Result<void> refused = check_is_file(value_of(output_target(directory.path())), "a file");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message,
            directory.path() + ": is a directory, which no file can replace; give a file");
}

}  // namespace
}  // namespace synthgen
