#include "synthgen/analyze/key_counts.hpp"

#include "synthgen/random/engine.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>

namespace synthgen {
namespace {

using Entries = std::vector<KeyCounts::Entry>;

Entries reference(const std::vector<std::uint64_t>& keys, std::size_t top) {
  std::map<std::uint64_t, std::uint64_t> counts;
  for (const std::uint64_t key : keys) ++counts[key];
  Entries entries(counts.begin(), counts.end());
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  entries.resize(std::min(top, entries.size()));
  return entries;
}

std::vector<std::uint64_t> random_keys(std::size_t count, std::uint64_t range) {
  PhiloxEngine rng(range);
  std::vector<std::uint64_t> keys;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t key = std::uint64_t{rng()} << 32 | rng();
    keys.push_back(range == 0 ? key : key % range);
  }
  return keys;
}

TEST(KeyCounts, OfNothingAreNone) {
  EXPECT_EQ(KeyCounts().most_common(10), Entries());
}

TEST(KeyCounts, HoldTheLargestKey) {
  KeyCounts counts;
  counts.add(UINT64_MAX);
  counts.add(0);
  EXPECT_EQ(counts.most_common(10), (Entries{{0, 1}, {UINT64_MAX, 1}}));
  counts.add(UINT64_MAX);
  EXPECT_EQ(counts.most_common(1), (Entries{{UINT64_MAX, 2}}));
  EXPECT_EQ(counts.most_common(0), Entries());
}

TEST(KeyCounts, AgreeWithAMapHoweverOftenTheyAreCountedOrMerged) {
  for (const std::uint64_t range : {1U, 3U, 50U, 4000U, 3000000U, 0U}) {
    const std::vector<std::uint64_t> keys = random_keys(20000, range);
    for (const std::uint64_t most_waiting : {1U, 700U, 1U << 20}) {
      KeyCounts whole(most_waiting);
      KeyCounts parts[] = {KeyCounts(most_waiting), KeyCounts(900), KeyCounts(1 << 20)};
      for (std::size_t i = 0; i < keys.size(); ++i) {
        if (most_waiting > 1 || i < 500) whole.add(keys[i]);
        parts[i % 3].add(keys[i]);
        if (most_waiting == 1 && i == 500) break;
      }
      parts[2].merge(parts[0]);
      parts[2].merge(parts[1]);
      const std::vector<std::uint64_t> seen(keys.begin(),
                                            keys.begin() + (most_waiting > 1 ? 20000 : 501));
      for (const std::size_t top : {1U, 10U, 1000U, 30000U}) {
        ASSERT_EQ(parts[2].most_common(top), reference(seen, top)) << range << ' ' << top;
        if (most_waiting > 1) {
          ASSERT_EQ(whole.most_common(top), reference(keys, top)) << range << ' ' << top;
        }
      }
    }
  }
}

}  // namespace
}  // namespace synthgen
