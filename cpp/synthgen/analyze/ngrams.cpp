#include "synthgen/analyze/ngrams.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

constexpr std::array ngram_measures{
    MeasureInfo{"pattern_detection", "occurrences",
                "the most common n-grams with their counts; ties in lexicographic order",
                "1 and up", "definition"},
};

}  // namespace

void NgramAccumulator::add(std::span<const std::uint32_t> sequence) {
  const std::uint64_t narrow_ids = std::uint64_t{1} << id_bits_;
  const std::uint64_t mask =
      id_bits_ * n_ == 64 ? UINT64_MAX : (std::uint64_t{1} << (id_bits_ * n_)) - 1;
  std::uint64_t packed = 0;
  std::size_t wide_until = 0;  // n-grams that begin before it hold an id that is too large
  for (std::size_t t = 0; t < sequence.size(); ++t) {
    if (sequence[t] >= narrow_ids) wide_until = t + 1;
    packed = (packed << id_bits_ | sequence[t]) & mask;
    if (t + 1 < n_) continue;
    const std::size_t start = t + 1 - n_;
    if (start >= wide_until) {
      narrow_.add(packed);
    } else {
      wide_.count(sequence.subspan(start, n_));
    }
  }
}

void NgramAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) add(batch.content(i));
}

void NgramAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const NgramAccumulator&>(other);
  narrow_.merge(from.narrow_);
  wide_.merge(from.wide_);
}

std::vector<NgramCount> NgramAccumulator::most_common() const {
  std::vector<NgramCount> best = wide_.most_common(top_);
  for (const auto& [packed, count] : narrow_.most_common(top_)) {
    NgramCount ngram{std::vector<std::uint32_t>(n_), count};
    std::uint64_t rest = packed;
    for (unsigned i = n_; i-- > 0; rest >>= id_bits_) {
      ngram.pattern[i] = static_cast<std::uint32_t>(rest & ((std::uint64_t{1} << id_bits_) - 1));
    }
    best.push_back(std::move(ngram));
  }
  std::sort(best.begin(), best.end(), is_more_common);
  best.resize(std::min<std::size_t>(best.size(), top_));
  return best;
}

void NgramAccumulator::report(ReportSections& sections) const {
  Json list = Json::array();
  for (const NgramCount& ngram : most_common()) {
    list.push_back({{"pattern", ngram.pattern}, {"count", ngram.count}});
  }
  sections.details["pattern_detection"] = std::move(list);
}

void NgramAccumulator::exchange(StateArchive& archive) {
  archive(narrow_, wide_);
}

const MeasureEntry ngram_entry{
    "ngrams",
    ngram_measures,
    &make_accumulator<NgramAccumulator>,
    true,
};

}  // namespace synthgen
