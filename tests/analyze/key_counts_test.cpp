#include "synthgen/analyze/counting/key_counts.hpp"

#include "synthgen/random/engine.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <map>
#include <utility>

#include "support/configs.hpp"
#include "support/sanitized.hpp"

namespace synthgen {
namespace {

using Entries = std::vector<KeyCounts<std::uint64_t>::Entry>;

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

template <class Cell>
Entries most_common(const KeyCounts<Cell>& counts, std::size_t top) {
  return testing::value_of(counts.most_common(top));
}

TEST(KeyCounts, OfNothingAreNone) {
  EXPECT_EQ(most_common(KeyCounts<std::uint64_t>(), 10), Entries());
}

template <class Cell>
void expect_to_hold(std::uint64_t largest) {
  KeyCounts<Cell> counts;
  counts.add(std::vector<std::uint64_t>{largest, 0});
  EXPECT_EQ(most_common(counts, 10), (Entries{{0, 1}, {largest, 1}}));
  counts.add(std::vector<std::uint64_t>{largest});
  EXPECT_EQ(most_common(counts, 1), (Entries{{largest, 2}}));
  EXPECT_EQ(most_common(counts, 0), Entries());
}

TEST(KeyCounts, HoldTheLargestKey) {
  expect_to_hold<std::uint64_t>(UINT64_MAX);
  expect_to_hold<std::uint32_t>((std::uint64_t{1} << 42) - 1);
}

/// Limits under which counts stay exact: smaller ones need files, which WebAssembly does not have.
std::vector<std::uint64_t> exact_limits(std::uint64_t smallest) {
#ifdef __EMSCRIPTEN__
  static_cast<void>(smallest);
  return {UINT64_MAX};
#else
  return {smallest, std::uint64_t{1} << 15, UINT64_MAX};
#endif
}

/// Whole or in parts with other limits, the counts are those of an ordered map.
template <class Cell>
void expect_to_agree(std::uint64_t range) {
  const std::vector<std::uint64_t> keys = random_keys(9000, range);
  for (const std::uint64_t limit : exact_limits(1 << 12)) {
    KeyCounts<Cell> whole({.bytes = limit});
    KeyCounts<Cell> parts[] = {KeyCounts<Cell>({.bytes = limit}),
                               KeyCounts<Cell>({.bytes = exact_limits(20000).front()}),
                               KeyCounts<Cell>()};
    for (std::size_t i = 0; i < keys.size(); i += 100) {
      const std::span<const std::uint64_t> some(keys.data() + i, 100);
      whole.add(some);
      parts[i / 100 % 3].add(some);
    }
    parts[2].merge(parts[0]);
    parts[2].merge(parts[1]);
    for (const std::size_t top : {10U, 1000U, 30000U}) {
      const Entries expected = reference(keys, top);
      ASSERT_TRUE(most_common(parts[2], top) == expected) << range << ' ' << limit << ' ' << top;
      ASSERT_TRUE(most_common(whole, top) == expected) << range << ' ' << limit << ' ' << top;
    }
  }
}

TEST(KeyCounts, AgreeWithAMapHoweverOftenTheyAreCountedOrMerged) {
  for (const std::uint64_t range : {1U, 3U, 50U, 4000U, 3000000U}) {
    expect_to_agree<std::uint32_t>(range);
    expect_to_agree<std::uint64_t>(range);
  }
  expect_to_agree<std::uint64_t>(0);
}

/// Few keys that are common, some that occur now and then, and many that occur once or twice.
template <class Cell>
void expect_common_to_be_found() {
  std::vector<std::uint64_t> keys = random_keys(150000, 1000000);
  for (std::size_t i = 0; i < keys.size(); i += 2) keys[i] %= i % 100 == 0 ? 300 : 4;
  const Entries all = reference(keys, keys.size());
  KeyCounts<Cell> counts;
  counts.add(keys);
  EXPECT_EQ(testing::value_of(counts.distinct()), all.size());
  for (const std::size_t top : {1U, 4U, 20U, 400U}) {
    const Entries first(all.begin(), std::next(all.begin(), static_cast<std::ptrdiff_t>(top)));
    ASSERT_TRUE(most_common(counts, top) == first) << top;
  }
}

TEST(KeyCounts, FindTheMostCommonAmongManyRareOnes) {
  expect_common_to_be_found<std::uint32_t>();
  expect_common_to_be_found<std::uint64_t>();
}

TEST(KeyCounts, CountDifferentKeysInMemoryAndInFiles) {
  for (const std::uint64_t range : {1U, 50U, 4000U, 3000000U}) {
    const std::vector<std::uint64_t> keys = random_keys(40000, range);
    for (const std::uint64_t limit : exact_limits(1 << 14)) {
      KeyCounts<std::uint64_t> counts({.bytes = limit});
      for (std::size_t i = 0; i < keys.size(); i += 500) counts.add({keys.data() + i, 500});
      EXPECT_EQ(testing::value_of(counts.distinct()), reference(keys, keys.size()).size());
    }
  }
}

/// The counts of parts that are absorbed are those of all keys, and parts can take more keys after.
template <class Cell>
void expect_absorbed_to_agree(std::uint64_t range, std::size_t size) {
  const std::vector<std::uint64_t> keys = random_keys(3 * size, range);
  const std::span<const std::uint64_t> all(keys);
  const Entries expected = reference(keys, 300000);
  for (const std::uint64_t limit : exact_limits(1 << 12)) {
    KeyCounts<Cell> whole({.bytes = limit});
    KeyCounts<Cell> part;
    whole.add(all.first(size / 2));
    part.add(all.subspan(size / 2, size));
    whole.absorb(std::move(part));
    part.add(all.subspan(size / 2 + size, size));
    whole.add(all.last(size - size / 2));
    whole.absorb(std::move(part));
    for (const std::size_t top : {10U, 300000U}) {
      const std::size_t size_of_top = std::min(top, expected.size());
      const Entries first(expected.begin(),
                          std::next(expected.begin(), static_cast<std::ptrdiff_t>(size_of_top)));
      ASSERT_TRUE(most_common(whole, top) == first) << range << ' ' << limit;
    }
  }
}

TEST(KeyCounts, AgreeWithAMapWhenTheyAreAbsorbed) {
  for (const std::uint64_t range : {3U, 4000U, 3000000U}) {
    for (const std::size_t size : {100U, 9000U, 40000U, 90000U}) {
      if (testing::is_sanitized && size > 40000) continue;
      expect_absorbed_to_agree<std::uint32_t>(range, size);
      expect_absorbed_to_agree<std::uint64_t>(range, size);
    }
  }
}

TEST(KeyCounts, ReadWhatTheyWroteWhereverItLies) {
  const std::vector<std::uint64_t> keys = random_keys(40000, 9000);
  for (const std::uint64_t limit : exact_limits(1 << 14)) {
    KeyCounts<std::uint32_t> counts({.bytes = limit});
    counts.add(keys);
    StateArchive writer;
    writer(counts);
    const std::string bytes = std::move(writer).bytes();
    StateArchive reader(bytes);
    KeyCounts<std::uint32_t> read({.bytes = exact_limits(70000).front()});
    reader(read);
    EXPECT_FALSE(reader.malformed());
    read.merge(counts);
    Entries expected = reference(keys, 500);
    for (auto& [key, count] : expected) count *= 2;
    EXPECT_TRUE(most_common(read, 500) == expected);
  }
}

TEST(KeyCounts, ThatForgetAreTooLowByAtMostTheUndercount) {
  std::vector<std::uint64_t> keys = random_keys(60000, 1000000);
  for (std::size_t i = 0; i < keys.size(); i += 3) keys[i] = i % 7;
  KeyCounts<std::uint32_t> counts({.bytes = 1 << 14, .approximate = true});
  for (std::size_t i = 0; i < keys.size(); i += 500) counts.add({keys.data() + i, 500});
  EXPECT_GT(counts.undercount(), 0U);
  EXPECT_LT(counts.undercount(), 100U);
  const Entries found = most_common(counts, 7);
  for (const auto& [key, count] : reference(keys, 7)) {
    const auto same = std::find_if(found.begin(), found.end(), [sought = key](const auto& entry) {
      return entry.first == sought;
    });
    ASSERT_NE(same, found.end());
    EXPECT_LE(same->second, count);
    EXPECT_GE(same->second + counts.undercount(), count);
  }
}

}  // namespace
}  // namespace synthgen
