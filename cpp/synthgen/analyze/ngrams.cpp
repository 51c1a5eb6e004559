#include "synthgen/analyze/ngrams.hpp"

#include <algorithm>
#include <array>
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

constexpr std::array ngram_measures{
    MeasureInfo{"pattern_detection", "occurrences",
                "the most common n-grams with their counts; ties in lexicographic order",
                "1 and up", "definition"},
};

}  // namespace

void NgramAccumulator::grow() {
  slots_.assign(std::max<std::size_t>(1024, slots_.size() * 2), 0);
  for (std::uint32_t entry = 0; entry < counts_.size(); ++entry) {
    std::size_t slot = hash(key(entry));
    while (slots_[slot & (slots_.size() - 1)] != 0) ++slot;
    slots_[slot & (slots_.size() - 1)] = entry + 1;
  }
}

void NgramAccumulator::count(std::span<const std::uint32_t> ngram, std::uint64_t times) {
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

void NgramAccumulator::add(const SequenceBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto sequence = batch.content(i);
    for (std::size_t start = 0; start + n_ <= sequence.size(); ++start) {
      count(sequence.subspan(start, n_), 1);
    }
  }
}

void NgramAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const NgramAccumulator&>(other);
  for (std::uint32_t entry = 0; entry < from.counts_.size(); ++entry) {
    count(from.key(entry), from.counts_[entry]);
  }
}

std::vector<NgramCount> NgramAccumulator::most_common() const {
  std::vector<std::uint32_t> order(counts_.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto better = [&](std::uint32_t a, std::uint32_t b) {
    if (counts_[a] != counts_[b]) return counts_[a] > counts_[b];
    const auto left = key(a);
    const auto right = key(b);
    return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end());
  };
  const auto reported = std::min<std::size_t>(top_, order.size());
  const auto last = order.begin() + static_cast<std::ptrdiff_t>(reported);
  std::partial_sort(order.begin(), last, order.end(), better);
  std::vector<NgramCount> best;
  for (auto entry = order.begin(); entry != last; ++entry) {
    const auto tokens = key(*entry);
    best.push_back({{tokens.begin(), tokens.end()}, counts_[*entry]});
  }
  return best;
}

void NgramAccumulator::report(ReportSections& sections) const {
  Json list = Json::array();
  for (const NgramCount& ngram : most_common()) {
    list.push_back({{"pattern", ngram.pattern}, {"count", ngram.count}});
  }
  sections.details["pattern_detection"] = std::move(list);
}

const MeasureEntry ngram_entry{
    ngram_measures,
    [](const AnalysisOptions& options) -> std::unique_ptr<Accumulator> {
      return std::make_unique<NgramAccumulator>(options);
    },
};

}  // namespace synthgen
