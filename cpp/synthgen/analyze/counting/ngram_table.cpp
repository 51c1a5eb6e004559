#include "synthgen/analyze/counting/ngram_table.hpp"

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

NgramTable::NgramTable(unsigned n, const CountLimits& limits)
    : n_(n), limits_(limits), runs_(std::size_t{n} + 2) {}

void NgramTable::clear() {
  slots_.assign(slots_.size(), 0);
  keys_.clear();
  counts_.clear();
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
  if (counts_.size() * 4 >= slots_.size() * 3) {
    // Growing doubles what it takes, about 16 bytes and the ids for each n-gram.
    const std::uint64_t entry_bytes = 16 + n_ * sizeof(std::uint32_t);
    if (!slots_.empty() && 2 * counts_.size() * entry_bytes > limits_.bytes) keep_limit();
    if (counts_.size() * 4 >= slots_.size() * 3) grow();
  }
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

std::vector<std::uint32_t> NgramTable::sorted_records() const {
  std::vector<std::uint32_t> order(counts_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto left = key(a);
    const auto right = key(b);
    return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end());
  });
  std::vector<std::uint32_t> records;
  records.reserve(order.size() * (std::size_t{n_} + 2));
  for (const std::uint32_t entry : order) {
    const auto ngram = key(entry);
    records.insert(records.end(), ngram.begin(), ngram.end());
    records.push_back(static_cast<std::uint32_t>(counts_[entry] >> 32));
    records.push_back(static_cast<std::uint32_t>(counts_[entry]));
  }
  return records;
}

void NgramTable::forget_rarest() {
  std::vector<std::uint64_t> frequencies = counts_;
  const auto last = frequencies.begin() + static_cast<std::ptrdiff_t>(frequencies.size() / 4);
  std::nth_element(frequencies.begin(), last, frequencies.end(), std::greater<>());
  const std::uint64_t limit = *last;
  NgramTable kept(n_);
  for (std::uint32_t entry = 0; entry < counts_.size(); ++entry) {
    if (counts_[entry] > limit) kept.count(key(entry), counts_[entry]);
  }
  slots_ = std::move(kept.slots_);
  keys_ = std::move(kept.keys_);
  counts_ = std::move(kept.counts_);
  undercount_ += limit;
}

void NgramTable::keep_limit() {
  if (limits_.approximate || !can_spill) return forget_rarest();
  if (Result<void> written = runs_.append(sorted_records()); !written) {
    failure_ = std::move(written.error());
    limits_.bytes = UINT64_MAX;
    return;
  }
  clear();
}

void NgramTable::merge(const NgramTable& other) {
  if (other.failure_) failure_ = other.failure_;
  undercount_ += other.undercount_;
  runs_.merge(other.runs_);
  for (std::uint32_t entry = 0; entry < other.counts_.size(); ++entry) {
    count(other.key(entry), other.counts_[entry]);
  }
}

Result<void> NgramTable::visit(const Use& use) const {
  if (runs_.empty()) {
    for (std::uint32_t entry = 0; entry < counts_.size(); ++entry) use(key(entry), counts_[entry]);
    return {};
  }
  std::vector<std::uint32_t> ngram;
  std::uint64_t times = 0;
  const Result<void> read =
      runs_.visit(sorted_records(), [&](std::span<const std::uint32_t> record) {
        const auto tokens = record.first(n_);
        if (!std::equal(tokens.begin(), tokens.end(), ngram.begin(), ngram.end())) {
          if (times > 0) use(ngram, times);
          ngram.assign(tokens.begin(), tokens.end());
          times = 0;
        }
        times += std::uint64_t{record[n_]} << 32 | record[n_ + 1];
      });
  if (read && times > 0) use(ngram, times);
  return read;
}

void NgramTable::exchange(StateArchive& archive) {
  std::vector<std::uint32_t> keys;
  std::vector<std::uint64_t> counts;
  if (!archive.reads()) {
    const Result<void> read = visit([&](std::span<const std::uint32_t> ngram, std::uint64_t times) {
      keys.insert(keys.end(), ngram.begin(), ngram.end());
      counts.push_back(times);
    });
    if (!read) failure_ = read.error();
  }
  archive(undercount_, keys, counts);
  if (!archive.reads()) return;
  const std::uint64_t undercount = undercount_;
  *this = NgramTable(n_, limits_);
  undercount_ = undercount;
  if (keys.size() != counts.size() * n_) return archive.refuse();
  for (std::size_t entry = 0; entry < counts.size(); ++entry) {
    count({keys.data() + entry * n_, n_}, counts[entry]);
  }
}

Result<std::vector<NgramCount>> NgramTable::most_common(std::size_t top) const {
  std::vector<NgramCount> best;  // a heap with the least common in front
  const Result<void> read = visit([&](std::span<const std::uint32_t> ngram, std::uint64_t times) {
    if (top == 0 || (best.size() == top && times < best.front().count)) return;
    NgramCount counted{{ngram.begin(), ngram.end()}, times};
    if (best.size() == top) {
      if (!is_more_common(counted, best.front())) return;
      std::pop_heap(best.begin(), best.end(), is_more_common);
      best.pop_back();
    }
    best.push_back(std::move(counted));
    std::push_heap(best.begin(), best.end(), is_more_common);
  });
  if (!read) return tl::unexpected(read.error());
  std::sort_heap(best.begin(), best.end(), is_more_common);
  return best;
}

}  // namespace synthgen
