#include "synthgen/analyze/class_pairs.hpp"

#include "synthgen/analyze/scratch_table.hpp"
#include "synthgen/random/engine.hpp"
#include "synthgen/random/portable_math.hpp"

#include <algorithm>

namespace synthgen {
namespace {

constexpr std::uint8_t other_ids = ClassPairs::classes - 1;

/// The ids of a sample that have a class of their own, the commonest first.
std::vector<std::uint32_t> commonest_ids(const BlockSample& sample) {
  ScratchTable<std::uint64_t> counts;
  std::vector<std::uint32_t> ids;
  for (const auto& [hash, block] : sample.blocks()) {
    const auto& tokens = block.value.tokens;
    for (auto t = static_cast<std::size_t>(block.value.lead); t < tokens.size(); ++t) {
      std::uint64_t& count = counts[tokens[t]];
      if (count == 0) ids.push_back(tokens[t]);
      count += block.times;
    }
  }
  std::vector<std::pair<std::uint64_t, std::uint32_t>> ranked;
  ranked.reserve(ids.size());
  for (const std::uint32_t id : ids) ranked.push_back({counts[id], id});
  const auto last =
      ranked.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(ranked.size(), other_ids));
  std::partial_sort(ranked.begin(), last, ranked.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  ids.clear();
  for (auto entry = ranked.begin(); entry != last; ++entry) ids.push_back(entry->second);
  return ids;
}

/// An integer below `range`, which is at least 1.
std::uint64_t below(std::uint64_t range, PhiloxEngine& random) {
  const std::uint64_t reject_from = range * (UINT64_MAX / range);
  for (;;) {
    const std::uint64_t high = random();
    const std::uint64_t word = high << 32 | random();
    if (word < reject_from) return word % range;
  }
}

/// Into two tables in turn: where most pairs are alike, an addition need not wait for the last one.
template <class Count>
void count_pairs(const std::uint8_t* first, const std::uint8_t* second, std::size_t pairs,
                 Count times, Count* even, Count* odd) noexcept {
  const auto cell = [&](std::size_t i) { return first[i] * ClassPairs::classes + second[i]; };
  std::size_t i = 0;
  for (; i + 1 < pairs; i += 2) {
    even[cell(i)] += times;
    odd[cell(i + 1)] += times;
  }
  if (i < pairs) even[cell(i)] += times;
}

}  // namespace

ClassPairs::ClassPairs(const BlockSample& sample) {
  ScratchTable<std::uint8_t> own_class;  // plus 1
  std::uint8_t next = 0;
  for (const std::uint32_t id : commonest_ids(sample)) own_class[id] = ++next;
  for (const auto& [hash, block] : sample.blocks()) {
    const auto& tokens = block.value.tokens;
    blocks_.push_back({classes_.size(), static_cast<std::size_t>(block.value.lead),
                       classes_.size() + tokens.size(), block.times});
    weighted_ = weighted_ || block.times > 1;
    for (const std::uint32_t id : tokens) {
      const std::uint8_t found = own_class[id];
      classes_.push_back(found == 0 ? other_ids : static_cast<std::uint8_t>(found - 1));
    }
  }
}

ClassPairs ClassPairs::shuffled() const {
  constexpr std::uint64_t seed = 64;
  PhiloxEngine random(seed);
  ClassPairs copy = *this;
  copy.weighted_ = false;
  for (Block& block : copy.blocks_) block.times = 1;
  std::vector<std::uint8_t>& tokens = copy.classes_;
  if (!weighted_) {
    for (std::size_t left = tokens.size(); left > 1; --left) {
      std::swap(tokens[left - 1], tokens[static_cast<std::size_t>(below(left, random))]);
    }
    return copy;
  }
  std::vector<std::uint64_t> ends;  // of the blocks, were they written out as often as they occur
  for (const Block& block : blocks_) {
    ends.push_back((ends.empty() ? 0 : ends.back()) + block.times * (block.end - block.start));
  }
  for (std::uint8_t& token : tokens) {
    const std::uint64_t place = below(ends.back(), random);
    const auto end = std::upper_bound(ends.begin(), ends.end(), place);
    const Block& block = blocks_[static_cast<std::size_t>(end - ends.begin())];
    token = classes_[block.start +
                     static_cast<std::size_t>((*end - 1 - place) % (block.end - block.start))];
  }
  return copy;
}

double ClassPairs::term(std::uint64_t count) {
  constexpr std::uint64_t tabulated = std::uint64_t{1} << 16;
  if (count >= tabulated) {
    return static_cast<double>(count) * portable_log2(static_cast<double>(count));
  }
  const auto place = static_cast<std::size_t>(count);
  while (terms_.size() <= place) {
    const auto next = static_cast<double>(terms_.size());
    terms_.push_back(next == 0 ? 0 : next * portable_log2(next));
  }
  return terms_[place];
}

template <class Count>
std::optional<Dependence> ClassPairs::estimate(std::size_t distance) {
  Table<Count> table{};
  Table<Count> odd{};
  std::uint64_t pairs = 0;
  for (const Block& block : blocks_) {
    const std::size_t first = block.start + std::max(block.lead, distance);
    if (first >= block.end) continue;
    const std::uint8_t* second = classes_.data() + first;
    count_pairs<Count>(second - distance, second, block.end - first,
                       static_cast<Count>(block.times), table.data(), odd.data());
    pairs += block.times * (block.end - first);
  }
  if (pairs == 0) return std::nullopt;

  std::array<std::uint64_t, classes> first{};
  std::array<std::uint64_t, classes> second{};
  const auto n = static_cast<double>(pairs);
  double bits = 0;  // of the sum of terms and of the corrections, for H(X, Y)
  double cells = 0;
  for (std::size_t x = 0; x < classes; ++x) {
    for (std::size_t y = 0; y < classes; ++y) {
      const Count count = table[x * classes + y] + odd[x * classes + y];
      if (count == 0) continue;
      first[x] += count;
      second[y] += count;
      bits += term(count);
      cells += 1;
    }
  }
  const double log_n = portable_log2(n);
  const auto corrected = [&](double terms, double used) {
    constexpr double ln_2 = 0.69314718055994530942;
    return log_n - terms / n + (used - 1) / (2 * n * ln_2);
  };
  const auto entropy = [&](const std::array<std::uint64_t, classes>& counts) {
    double terms = 0;
    double used = 0;
    for (const std::uint64_t count : counts) {
      terms += term(count);
      used += count == 0 ? 0 : 1;
    }
    return corrected(terms, used);
  };
  const double joint = corrected(bits, cells);
  const double before = entropy(first);
  return Dependence{before + entropy(second) - joint, joint - before};
}

std::optional<Dependence> ClassPairs::at(std::size_t distance) {
  constexpr std::uint64_t fits_32_bits = 0xFFFFFFFF;
  if (weighted_ || classes_.size() > fits_32_bits) {
    return estimate<std::uint64_t>(distance);
  }
  return estimate<std::uint32_t>(distance);
}

}  // namespace synthgen
