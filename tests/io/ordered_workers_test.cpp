#include "synthgen/io/ordered_workers.hpp"

#include <atomic>
#include <gtest/gtest.h>
#include <new>
#include <vector>

namespace synthgen {
namespace {

struct Recorder {
  std::vector<std::uint64_t> taken;
  std::uint64_t stop_after = UINT64_MAX;
  std::uint64_t fail_at = UINT64_MAX;
  std::atomic<unsigned> workers{0};
  std::atomic<std::uint64_t> made{0};
  std::atomic<int> taking{0};
  bool overlapped = false;
};

class RecordingWorker final : public ChunkWorker {
 public:
  explicit RecordingWorker(Recorder& recorder) : recorder_(recorder) { ++recorder_.workers; }

  void make(std::uint64_t chunk) override {
    if (chunk == recorder_.fail_at) throw std::bad_alloc();
    last_made_ = chunk;
    ++recorder_.made;
  }
  bool take(std::uint64_t chunk) override {
    EXPECT_EQ(chunk, last_made_);
    recorder_.overlapped = recorder_.overlapped || ++recorder_.taking != 1;
    recorder_.taken.push_back(chunk);
    --recorder_.taking;
    return chunk != recorder_.stop_after;
  }

 private:
  Recorder& recorder_;
  std::uint64_t last_made_ = UINT64_MAX;
};

void run(Recorder& recorder, std::uint64_t count, unsigned threads) {
  run_in_order(count, threads, [&] { return std::make_unique<RecordingWorker>(recorder); });
}

class OrderedWorkers : public ::testing::TestWithParam<unsigned> {};

TEST_P(OrderedWorkers, TakeEveryChunkInOrder) {
  for (const std::uint64_t count : {0U, 1U, 2U, 100U}) {
    Recorder recorder;
    run(recorder, count, GetParam());
    std::vector<std::uint64_t> expected;
    for (std::uint64_t chunk = 0; chunk < count; ++chunk) expected.push_back(chunk);
    EXPECT_EQ(recorder.taken, expected);
    EXPECT_LE(recorder.workers, GetParam());
  }
}

TEST_P(OrderedWorkers, StopBehindTheChunkThatSaysSo) {
  Recorder recorder;
  recorder.stop_after = 5;
  run(recorder, 1000000000, GetParam());
  EXPECT_EQ(recorder.taken, (std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5}));
}

TEST_P(OrderedWorkers, NeverTakeTwiceAtOnceNorMakeMoreAheadThanOneEach) {
  Recorder recorder;
  recorder.stop_after = 500;
  run(recorder, 1000, GetParam());
  EXPECT_FALSE(recorder.overlapped);
  EXPECT_LE(recorder.made, 500 + GetParam());
}

TEST_P(OrderedWorkers, PassOnWhatOneOfThemThrows) {
  Recorder recorder;
  recorder.fail_at = 7;
  EXPECT_THROW(run(recorder, 1000000000, GetParam()), std::bad_alloc);
  EXPECT_LE(recorder.taken.size(), 7U);
}

INSTANTIATE_TEST_SUITE_P(Threads, OrderedWorkers, ::testing::Values(1U, 2U, 7U));

}  // namespace
}  // namespace synthgen
