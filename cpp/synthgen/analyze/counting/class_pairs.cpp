#include "synthgen/analyze/counting/class_pairs.hpp"

#include "synthgen/analyze/counting/scratch_table.hpp"
#include "synthgen/random/engine.hpp"
#include "synthgen/random/portable_math.hpp"

#include <algorithm>
#include <cmath>

namespace synthgen {
namespace {

constexpr std::uint8_t other_ids = ClassPairs::classes - 1;

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

/// Bits without what rounding leaves of a difference that is 0.
double without_noise(double bits) {
  constexpr double least = 1e-12;
  return std::fabs(bits) < least ? 0 : bits;
}

}  // namespace

ClassPairs::ClassPairs(const BlockSample& sample, std::span<const std::uint32_t> own_classes) {
  ScratchTable<std::uint8_t> own_class;  // plus 1
  std::uint8_t next = 0;
  for (const std::uint32_t id : own_classes) own_class[id] = ++next;
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
void ClassPairs::count(const Block& block, std::size_t distance, Table<Count>& table,
                       Table<Count>& odd) const {
  const std::size_t first = block.start + std::max(block.lead, distance);
  if (first >= block.end) return;
  const std::uint8_t* const second = classes_.data() + first;
  count_pairs<Count>(second - distance, second, block.end - first, static_cast<Count>(block.times),
                     table.data(), odd.data());
}

std::optional<Dependence> ClassPairs::estimate(const Table<std::uint64_t>& table) {
  std::array<std::uint64_t, classes> first{};
  std::array<std::uint64_t, classes> second{};
  std::uint64_t pairs = 0;
  double bits = 0;  // of the sum of terms and of the corrections, for H(X, Y)
  double cells = 0;
  for (std::size_t x = 0; x < classes; ++x) {
    for (std::size_t y = 0; y < classes; ++y) {
      const std::uint64_t count = table[x * classes + y];
      if (count == 0) continue;
      first[x] += count;
      second[y] += count;
      pairs += count;
      bits += term(count);
      cells += 1;
    }
  }
  if (pairs == 0) return std::nullopt;
  const auto n = static_cast<double>(pairs);
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
  const double joint = without_noise(corrected(bits, cells));
  const double before = without_noise(entropy(first));
  const double behind = without_noise(entropy(second));
  return Dependence{without_noise(before + behind - joint), without_noise(joint - before)};
}

template <class Count>
std::optional<Dependence> ClassPairs::estimate(std::size_t distance) {
  Table<Count> table{};
  Table<Count> odd{};
  for (const Block& block : blocks_) count(block, distance, table, odd);
  Table<std::uint64_t> all;
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = std::uint64_t{table[i]} + odd[i];
  return estimate(all);
}

std::optional<Dependence> ClassPairs::at(std::size_t distance) {
  constexpr std::uint64_t fits_32_bits = 0xFFFFFFFF;
  if (weighted_ || classes_.size() > fits_32_bits) {
    return estimate<std::uint64_t>(distance);
  }
  return estimate<std::uint32_t>(distance);
}

std::optional<Dependence> ClassPairs::standard_errors(std::size_t distance) {
  constexpr std::size_t most_groups = 16;
  const std::size_t groups = std::min(most_groups, blocks_.size());
  std::vector<Table<std::uint64_t>> tables(groups);
  Table<std::uint64_t> all{};
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    Table<std::uint64_t>& table = tables[i % groups];  // blocks are in the order of their hashes
    count(blocks_[i], distance, table, table);
  }
  for (const auto& table : tables) {
    for (std::size_t i = 0; i < all.size(); ++i) all[i] += table[i];
  }
  std::vector<Dependence> without;  // each group in turn
  Dependence sum;
  for (auto& table : tables) {
    for (std::size_t i = 0; i < all.size(); ++i) table[i] = all[i] - table[i];
    const std::optional<Dependence> rest = estimate(table);
    if (!rest) continue;
    without.push_back(*rest);
    sum.mutual_information += rest->mutual_information;
    sum.conditional_entropy += rest->conditional_entropy;
  }
  if (without.size() < 2) return std::nullopt;
  const auto size = static_cast<double>(without.size());
  const auto error = [&](double Dependence::*part) {
    double squares = 0;
    for (const Dependence& rest : without) {
      const double difference = rest.*part - sum.*part / size;
      squares += difference * difference;
    }
    return std::sqrt(squares * (size - 1) / size);
  };
  return Dependence{error(&Dependence::mutual_information),
                    error(&Dependence::conditional_entropy)};
}

}  // namespace synthgen
