#include "synthgen/io/output/publish.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"
#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

using testing::bytes_of;
using testing::value_of;
using PublishedNames = std::vector<std::string>;

class Publish : public ::testing::Test {
 protected:
  AtomicFile written(const std::string& name) const {
    AtomicFile file = value_of(AtomicFile::create(directory.file(name)));
    EXPECT_TRUE(file.write("new"));
    return file;
  }

  testing::TemporaryDirectory directory;
};

TEST_F(Publish, RemovesOldFilesAndNamesNewOnes) {
  directory.with("main", "old");
  directory.with("stale", "old");
  AtomicFile side = written("side");
  AtomicFile main = written("main");
  ASSERT_TRUE(publish({directory.file("main"), directory.file("stale"), directory.file("none")},
                      {&side, &main}));
  EXPECT_EQ(directory.names(), (PublishedNames{"main", "side"}));
  EXPECT_EQ(bytes_of(directory.file("main")), "new");
}

TEST_F(Publish, ARefusedRemovalEndsItBeforeAnythingNewHasItsName) {
  directory.with("main", "old");
  std::filesystem::create_directory(directory.file("stale"));
  {
    AtomicFile main = written("main");
    const Result<void> refused =
        publish({directory.file("stale"), directory.file("main")}, {&main});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::io);
    EXPECT_EQ(refused.error().message.rfind(directory.file("stale") + ": cannot remove: ", 0), 0U);
  }
  EXPECT_EQ(bytes_of(directory.file("main")), "old");
  EXPECT_EQ(directory.names(), (PublishedNames{"main", "stale"}));
}

TEST_F(Publish, ARemovedLinkThatIsWrittenAgainStaysALink) {
  const std::string target = directory.with("target", "old");
  std::filesystem::create_symlink("target", directory.file("main"));
  std::filesystem::create_symlink("target", directory.file("stale"));
  AtomicFile main = written("main");
  ASSERT_TRUE(publish({directory.file("main"), directory.file("stale")}, {&main}));
  EXPECT_EQ(directory.names(), (PublishedNames{"main", "target"}));
  EXPECT_TRUE(std::filesystem::is_symlink(directory.file("main")));
  EXPECT_EQ(bytes_of(target), "new");
}

}  // namespace
}  // namespace synthgen
