#include "synthgen/dataset/write/run_journal.hpp"

#include <gtest/gtest.h>
#include <optional>
#include <unistd.h>

#include "support/configs.hpp"
#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

using testing::bytes_of;
using testing::value_of;

using Names = std::vector<std::string>;
using Chunk = RunJournal::Chunk;

Chunk chunk(std::uint64_t file, std::uint64_t bytes, char digit) {
  return {file, bytes / 3, bytes, std::string(32, digit)};
}

class RunJournalTest : public ::testing::Test {
 protected:
  RunJournal open() const { return value_of(RunJournal::open(path, "the dataset")); }

  /// Steps over every chunk that is left.
  static std::vector<Chunk> chunks_of(RunJournal& journal) {
    std::vector<Chunk> chunks;
    while (std::optional<Chunk> next = value_of(journal.peek())) {
      chunks.push_back(*next);
      journal.step();
    }
    return chunks;
  }

  testing::TemporaryDirectory directory;
  const std::string path = directory.file("a.journal");
};

TEST_F(RunJournalTest, IsEmptyWhereThereWasNone) {
  RunJournal journal = open();
  EXPECT_EQ(journal.run(), "");
  EXPECT_EQ(chunks_of(journal).size(), 0U);
  EXPECT_EQ(directory.names(), Names{"a.journal"});
  EXPECT_FALSE(journal.was_left());
  ASSERT_TRUE(journal.remove());
  EXPECT_EQ(directory.names(), Names{});
}

TEST_F(RunJournalTest, KeepsTheRunAndItsChunksForALaterOne) {
  const std::vector<Chunk> chunks{chunk(0, 300, 'a'), chunk(0, 12, 'b'), chunk(1, 0, 'c')};
  {
    RunJournal journal = open();
    ASSERT_TRUE(journal.start("seed 7"));
    for (const Chunk& each : chunks) ASSERT_TRUE(journal.add(each));
  }
  RunJournal later = open();
  EXPECT_EQ(later.run(), "seed 7");
  EXPECT_EQ(chunks_of(later), chunks);
}

TEST_F(RunJournalTest, GoesOnBehindTheChunksThatWereSteppedOver) {
  {
    RunJournal journal = open();
    ASSERT_TRUE(journal.start("run"));
    for (const char digit : {'a', 'b', 'c'}) ASSERT_TRUE(journal.add(chunk(0, 5, digit)));
  }
  {
    RunJournal journal = open();
    value_of(journal.peek());
    journal.step();
    value_of(journal.peek());  // seen, but not taken
    ASSERT_TRUE(journal.cut());
    ASSERT_TRUE(journal.add(chunk(0, 6, 'd')));
  }
  RunJournal later = open();
  EXPECT_EQ(chunks_of(later), (std::vector<Chunk>{chunk(0, 5, 'a'), chunk(0, 6, 'd')}));
}

TEST_F(RunJournalTest, StartForgetsTheEarlierRun) {
  {
    RunJournal journal = open();
    ASSERT_TRUE(journal.start("a run with a long name"));
    ASSERT_TRUE(journal.add(chunk(0, 5, 'a')));
  }
  {
    RunJournal journal = open();
    ASSERT_TRUE(journal.start("b"));
  }
  RunJournal later = open();
  EXPECT_EQ(later.run(), "b");
  EXPECT_EQ(chunks_of(later).size(), 0U);
}

TEST_F(RunJournalTest, CutAnywhereItHoldsTheChunksBeforeTheCut) {
  const std::vector<Chunk> chunks{chunk(0, 300, 'a'), chunk(0, 12, 'b')};
  {
    RunJournal journal = open();
    ASSERT_TRUE(journal.start("run"));
    for (const Chunk& each : chunks) ASSERT_TRUE(journal.add(each));
  }
  const std::string whole = bytes_of(path);
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    directory.with("a.journal", whole.substr(0, size));
    RunJournal journal = open();
    const std::string part = whole.substr(0, size);
    const auto lines = std::count(part.begin(), part.end(), '\n');
    EXPECT_EQ(journal.run(), lines >= 2 ? "run" : "") << size;
    const std::vector<Chunk> left = chunks_of(journal);
    EXPECT_EQ(left,
              std::vector<Chunk>(chunks.begin(), chunks.begin() + (lines > 2 ? lines - 2 : 0)));
    ASSERT_TRUE(journal.cut());
  }
}

TEST_F(RunJournalTest, TellsWhetherEverythingHadBeenWritten) {
  {
    RunJournal journal = open();
    ASSERT_TRUE(journal.start("run"));
    ASSERT_TRUE(journal.add(chunk(0, 5, 'a')));
    EXPECT_FALSE(journal.was_complete());
  }
  {
    RunJournal journal = open();
    EXPECT_FALSE(journal.was_complete());
    EXPECT_EQ(chunks_of(journal).size(), 1U);
    ASSERT_TRUE(journal.cut());
    ASSERT_TRUE(journal.complete());
  }
  RunJournal later = open();
  EXPECT_TRUE(later.was_complete());
  EXPECT_EQ(chunks_of(later).size(), 1U);
}

TEST_F(RunJournalTest, LinesThatAreNoChunksEndIt) {
  {
    RunJournal journal = open();
    ASSERT_TRUE(journal.start("run"));
    ASSERT_TRUE(journal.add(chunk(0, 5, 'a')));
  }
  const std::string whole = bytes_of(path);
  const std::string digits(32, 'b');
  for (const std::string& line :
       {std::string("\n"), std::string("chunk\n"), "chunk 0 1 " + digits + "\n",
        "chunk 0 1 -2 " + digits + "\n", "chunk 0 1 2 " + digits + "0\n",
        "chunk 0 99999999999999999999 2 " + digits + "\n", std::string(40, '\0') + "\n"}) {
    directory.with("a.journal", whole + line + "chunk 0 1 2 " + digits + "\n");
    RunJournal journal = open();
    EXPECT_EQ(chunks_of(journal), (std::vector<Chunk>{chunk(0, 5, 'a')})) << line;
  }
}

TEST_F(RunJournalTest, TakesAJournalThatIsLongerThanItsBuffer) {
  {
    RunJournal journal = open();
    ASSERT_TRUE(journal.start(std::string(40000, 'r')));
    for (std::uint64_t i = 0; i < 1000; ++i) ASSERT_TRUE(journal.add(chunk(i, 3 * i, 'e')));
  }
  RunJournal later = open();
  EXPECT_EQ(later.run().size(), 40000U);
  const std::vector<Chunk> chunks = chunks_of(later);
  ASSERT_EQ(chunks.size(), 1000U);
  EXPECT_EQ(chunks.back(), chunk(999, 2997, 'e'));
}

TEST_F(RunJournalTest, ASecondRunIsRefusedAndToldOfTheFirst) {
#ifdef __EMSCRIPTEN__
  GTEST_SKIP() << "WebAssembly has no locks";
#endif
  std::optional<RunJournal> first = open();
  const auto second = RunJournal::open(path, "shard 3 of 16");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::usage);
  const std::string start = path + ": process " + std::to_string(::getpid()) + " on ";
  EXPECT_EQ(second.error().message.rfind(start, 0), 0U) << second.error().message;
  EXPECT_NE(second.error().message.find(" is writing shard 3 of 16"), std::string::npos);
  first.reset();
  EXPECT_TRUE(RunJournal::open(path, "shard 3 of 16"));
}

TEST_F(RunJournalTest, ARemovedJournalsLockHoldsNobodyUp) {
  std::optional<RunJournal> first = open();
  ASSERT_TRUE(first->remove());
  EXPECT_TRUE(RunJournal::open(path, "the dataset"));
}

TEST_F(RunJournalTest, OneThatWroteNothingYetWasLeft) {
  { open(); }
  const RunJournal later = open();
  EXPECT_TRUE(later.was_left());
  EXPECT_EQ(later.run(), "");
}

TEST_F(RunJournalTest, NeverWritesToAFileWithAnotherName) {
#ifdef __EMSCRIPTEN__
  GTEST_SKIP() << "WebAssembly makes no hard links";
#endif
  const std::string text(500, 'x');
  const std::string other = directory.with("other", text);
  for (const bool is_link : {true, false}) {
    if (is_link) {
      std::filesystem::create_symlink("other", path);
    } else {
      std::filesystem::create_hard_link(other, path);
    }
    const auto refused = RunJournal::open(path, "the dataset");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::usage);
    EXPECT_EQ(refused.error().message, path +
                                           ": is a link or no regular file, and so not the journal "
                                           "of a run; remove it");
    EXPECT_EQ(bytes_of(other), text);
    std::filesystem::remove(path);
  }
}

TEST_F(RunJournalTest, NeedsItsDirectory) {
  const auto journal = RunJournal::open(directory.file("none/a.journal"), "the dataset");
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().kind, ErrorKind::io);
}

}  // namespace
}  // namespace synthgen
