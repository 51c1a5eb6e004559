#include "synthgen/analyze/ngram_table.hpp"

#include <algorithm>
#include <numeric>

namespace synthgen {
namespace {

std::size_t hash(std::span<const std::uint32_t> ngram) noexcept {
  std::uint64_t state = 0x9E3779B97F4A7C15;
  for (const std::uint32_t token : ngram) {
    state = (state ^ token) * 0xD6E8FEB86659FD93;
    state ^= state >> 32;
  }
  return static_cast<std::size_t>(state);
}

}  // namespace

bool is_more_common(const NgramCount& a, const NgramCount& b) {
  return a.count != b.count ? a.count > b.count : a.pattern < b.pattern;
}

void NgramTable::grow() {
  slots_.assign(std::max<std::size_t>(1024, slots_.size() * 2), 0);
  for (std::uint32_t entry = 0; entry < counts_.size(); ++entry) {
    std::size_t slot = hash(key(entry));
    while (slots_[slot & (slots_.size() - 1)] != 0) ++slot;
    slots_[slot & (slots_.size() - 1)] = entry + 1;
  }
}

void NgramTable::count(std::span<const std::uint32_t> ngram, std::uint64_t times) {
  if (counts_.size() * 4 >= slots_.size() * 3) grow();
  for (std::size_t slot = hash(ngram);; ++slot) {
    std::uint32_t& place = slots_[slot & (slots_.size() - 1)];
    if (place == 0) {
      keys_.insert(keys_.end(), ngram.begin(), ngram.end());
      counts_.push_back(times);
      place = static_cast<std::uint32_t>(counts_.size());
      return;
    }
    if (std::equal(ngram.begin(), ngram.end(), key(place - 1).begin())) {
      counts_[place - 1] += times;
      return;
    }
  }
}

void NgramTable::merge(const NgramTable& other) {
  for (std::uint32_t entry = 0; entry < other.counts_.size(); ++entry) {
    count(other.key(entry), other.counts_[entry]);
  }
}

void NgramTable::exchange(StateArchive& archive) {
  if (!archive.reads()) return archive(keys_, counts_);
  std::vector<std::uint32_t> keys;
  std::vector<std::uint64_t> counts;
  archive(keys, counts);
  *this = NgramTable(n_);
  if (keys.size() != counts.size() * n_) return archive.refuse();
  for (std::size_t entry = 0; entry < counts.size(); ++entry) {
    count({keys.data() + entry * n_, n_}, counts[entry]);
  }
}

std::vector<NgramCount> NgramTable::most_common(std::size_t top) const {
  std::vector<std::uint32_t> order(counts_.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto better = [&](std::uint32_t a, std::uint32_t b) {
    if (counts_[a] != counts_[b]) return counts_[a] > counts_[b];
    const auto left = key(a);
    const auto right = key(b);
    return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end());
  };
  const auto reported = std::min(top, order.size());
  const auto last = order.begin() + static_cast<std::ptrdiff_t>(reported);
  std::partial_sort(order.begin(), last, order.end(), better);
  std::vector<NgramCount> best;
  for (auto entry = order.begin(); entry != last; ++entry) {
    const auto tokens = key(*entry);
    best.push_back({{tokens.begin(), tokens.end()}, counts_[*entry]});
  }
  return best;
}

}  // namespace synthgen
