#include "synthgen/analyze/measures/ngrams.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace synthgen {
namespace {

Json counts_of(const Json& ranking, unsigned) {
  Json counts = Json::array();
  for (const Json& ngram : ranking) counts.push_back(ngram.at("count"));
  return counts;
}

constexpr std::array ngram_measures{
    MeasureInfo{.name = "pattern_detection",
                .unit = "occurrences",
                .formula = "the most common n-grams with their counts; ties in lexicographic order",
                .range = "1 and up",
                .source = "definition",
                .kind = ValueKind::ranking,
                .predicted = &counts_of},
};

constexpr unsigned most_id_bits = 32;

std::uint64_t low_bits(unsigned bits) {
  return bits >= 64 ? UINT64_MAX : (std::uint64_t{1} << bits) - 1;
}

/// Appends the n-grams, n at least 1, of ids that have `bits` bits each. `fixed_n`: n if the
/// compiler knows it, else 0.
template <unsigned fixed_n>
void append_packed(std::span<const std::uint32_t> ids, unsigned some_n, unsigned bits,
                   KeyBuffer& keys) {
  const unsigned n = fixed_n == 0 ? some_n : fixed_n;
  const std::size_t count = ids.size() + 1 - n;
  std::uint64_t* const key = keys.extend(count);
  for (std::size_t t = 0; t < count; ++t) {
    std::uint64_t packed = ids[t];
    for (unsigned i = 1; i < n; ++i) packed = packed << bits | ids[t + i];
    key[t] = packed;
  }
}

void append_unpacked(const std::vector<SmallKeyCounts::Entry>& entries, unsigned n, unsigned bits,
                     std::vector<NgramCount>& ngrams) {
  for (const auto& [packed, count] : entries) {
    NgramCount ngram{std::vector<std::uint32_t>(n), count};
    std::uint64_t rest = packed;
    for (unsigned i = n; i-- > 0; rest >>= bits) {
      ngram.pattern[i] = static_cast<std::uint32_t>(rest & low_bits(bits));
    }
    ngrams.push_back(std::move(ngram));
  }
}

CountLimits quarter_of_memory(const AnalysisOptions& options) {
  return {options.own_memory_bytes() / 4, options.approximate};
}

}  // namespace

NgramAccumulator::NgramAccumulator(const AnalysisOptions& options)
    : n_(options.ngram),
      top_(options.top),
      small_bits_(std::min(most_id_bits, SmallKeyCounts::key_bits / n_)),
      medium_bits_(std::min(most_id_bits, KeyCounts<std::uint64_t>::key_bits / n_)),
      small_(quarter_of_memory(options)),
      medium_(quarter_of_memory(options)),
      wide_(n_, quarter_of_memory(options)) {}

void NgramAccumulator::add(std::span<const std::uint32_t> sequence, unsigned id_bits) {
  if (sequence.size() < n_) return;
  if (id_bits <= small_bits_) {
    const auto append = n_ == 3 ? &append_packed<3> : &append_packed<0>;
    append(sequence, n_, small_bits_, small_keys_);
    return;
  }
  std::size_t medium_until = 0;  // n-grams that begin before it hold an id that is not small
  std::size_t wide_until = 0;    // … one that is not even medium
  std::uint64_t small = 0;
  std::uint64_t medium = 0;
  for (std::size_t t = 0; t < sequence.size(); ++t) {
    const std::uint32_t id = sequence[t];
    if (id > low_bits(small_bits_)) medium_until = t + 1;
    if (id > low_bits(medium_bits_)) wide_until = t + 1;
    small = (small << small_bits_ | id) & low_bits(small_bits_ * n_);
    medium = (medium << medium_bits_ | id) & low_bits(medium_bits_ * n_);
    if (t + 1 < n_) continue;
    const std::size_t start = t + 1 - n_;
    if (start < wide_until) {
      wide_.count(sequence.subspan(start, n_));
    } else if (start < medium_until) {
      medium_keys_.push_back(medium);
    } else {
      small_keys_.push_back(small);
    }
  }
}

void NgramAccumulator::add(const MeasuredBatch& batch) {
  constexpr std::size_t enough_keys = 4096;  // in the processor's nearest cache
  for (std::size_t i = 0; i < batch.size(); ++i) {
    add(batch.content(i), batch.id_bits(i));
    const bool last = i + 1 == batch.size();
    if (last || small_keys_.size() >= enough_keys) {
      small_.add(small_keys_.keys());
      small_keys_.clear();
    }
    if (last || medium_keys_.size() >= enough_keys) {
      medium_.add(medium_keys_.keys());
      medium_keys_.clear();
    }
  }
}

void NgramAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const NgramAccumulator&>(other);
  small_.merge(from.small_);
  medium_.merge(from.medium_);
  wide_.merge(from.wide_);
}

void NgramAccumulator::absorb(Accumulator&& other) {
  auto& from = static_cast<NgramAccumulator&>(other);
  small_.absorb(std::move(from.small_));
  medium_.absorb(std::move(from.medium_));
  wide_.merge(from.wide_);
}

std::optional<Error> NgramAccumulator::failure() const {
  if (small_.failure()) return small_.failure();
  return medium_.failure() ? medium_.failure() : wide_.failure();
}

Result<std::vector<NgramCount>> NgramAccumulator::most_common() const {
  Result<std::vector<NgramCount>> wide = wide_.most_common(top_);
  if (!wide) return wide;
  std::vector<NgramCount> best = std::move(*wide);
  const auto small = small_.most_common(top_);
  if (!small) return tl::unexpected(small.error());
  append_unpacked(*small, n_, small_bits_, best);
  const auto medium = medium_.most_common(top_);
  if (!medium) return tl::unexpected(medium.error());
  append_unpacked(*medium, n_, medium_bits_, best);
  // A few; another instance of the general sort would be larger.
  std::make_heap(best.begin(), best.end(), is_more_common);
  std::sort_heap(best.begin(), best.end(), is_more_common);
  best.resize(std::min<std::size_t>(best.size(), top_));
  return best;
}

void NgramAccumulator::report(ReportSections& sections) const {
  const Result<std::vector<NgramCount>> best = most_common();
  if (!best) {
    sections.failure = best.error();
    return;
  }
  Json list = Json::array();
  for (const NgramCount& ngram : *best) {
    list.push_back({{"pattern", ngram.pattern}, {"count", ngram.count}});
  }
  sections.details["pattern_detection"] = std::move(list);
  const std::uint64_t undercount =
      std::max({small_.undercount(), medium_.undercount(), wide_.undercount()});
  if (undercount > 0) {
    sections.error_bounds["pattern_detection"] = {{"counts_too_low_by_at_most", undercount}};
  }
}

void NgramAccumulator::exchange(StateArchive& archive) {
  archive(small_, medium_, wide_);
}

extern const MeasureEntry ngram_entry;
const MeasureEntry ngram_entry{"ngrams", ngram_measures, &make_accumulator<NgramAccumulator>, true,
                               InPage::at_once};

}  // namespace synthgen
