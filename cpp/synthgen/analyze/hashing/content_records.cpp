#include "synthgen/analyze/hashing/content_records.hpp"

#include <algorithm>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace synthgen {
namespace {

/// How many records are there before equal ones are looked for among twice as many. With notes
/// they all differ, and are only sorted when there is no more room.
template <std::size_t note_words>
constexpr std::uint64_t fewest_to_compact = note_words == 0 ? 4096 : UINT64_MAX;

template <class Record>
std::span<const std::uint32_t> words_of(const std::vector<Record>& records) {
  constexpr std::size_t words = std::tuple_size_v<Record>;
  static_assert(sizeof(Record) == words * sizeof(std::uint32_t));
  return {reinterpret_cast<const std::uint32_t*>(records.data()), records.size() * words};
}

}  // namespace

template <std::size_t note_words>
ContentRecords<note_words>::ContentRecords(const CountLimits& limits)
    : limits_(limits), compact_at_(std::min(fewest_to_compact<note_words>, most_records())) {}

template <std::size_t note_words>
std::uint64_t ContentRecords<note_words>::most_records() const noexcept {
  return std::max<std::uint64_t>(16, limits_.bytes / sizeof(Record));
}

template <std::size_t note_words>
void ContentRecords<note_words>::compact() const {
  std::sort(records_.begin(), records_.end());
  records_.erase(std::unique(records_.begin(), records_.end()), records_.end());
}

template <std::size_t note_words>
bool ContentRecords<note_words>::in_sample(const Record& record, unsigned level) noexcept {
  return (record[hash_words - 1] & ((std::uint64_t{1} << level) - 1)) == 0;
}

template <std::size_t note_words>
void ContentRecords<note_words>::sample() const {
  while (records_.size() > most_records() / 2 && level_ < most_levels) {
    ++level_;
    std::erase_if(records_, [&](const Record& record) { return !in_sample(record, level_); });
  }
}

template <std::size_t note_words>
void ContentRecords<note_words>::add(std::span<const std::uint32_t> sequence, const Note& note) {
  const XXH128_hash_t hash = XXH3_128bits(sequence.data(), sequence.size_bytes());
  Record record{
      static_cast<std::uint32_t>(hash.high64 >> 32), static_cast<std::uint32_t>(hash.high64),
      static_cast<std::uint32_t>(hash.low64 >> 32), static_cast<std::uint32_t>(hash.low64)};
  if (!in_sample(record, level_)) return;
  std::copy(note.begin(), note.end(), record.begin() + hash_words);
  records_.push_back(record);
  if (records_.size() >= compact_at_) keep_limit();
}

template <std::size_t note_words>
void ContentRecords<note_words>::keep_limit() {
  compact();
  const std::uint64_t most = most_records();
  if (records_.size() > most / 2) {
    if (samples()) {
      sample();
    } else if (Result<void> written = runs_.append(words_of(records_)); written) {
      records_.clear();
    } else {
      failure_ = std::move(written.error());
      limits_.bytes = UINT64_MAX;
    }
  }
  const std::uint64_t doubled =
      std::max<std::uint64_t>(fewest_to_compact<note_words>, 2 * records_.size());
  compact_at_ = std::min(doubled, most);
}

template <std::size_t note_words>
void ContentRecords<note_words>::merge(const ContentRecords& other) {
  if (other.failure_) failure_ = other.failure_;
  runs_.merge(other.runs_);
  level_ = std::max(level_, other.level_);
  records_.insert(records_.end(), other.records_.begin(), other.records_.end());
  std::erase_if(records_, [&](const Record& record) { return !in_sample(record, level_); });
  keep_limit();
}

template <std::size_t note_words>
void ContentRecords<note_words>::exchange(StateArchive& archive) {
  if (!archive.reads()) {
    std::vector<Record> all;
    const auto collect = [&](const Record& record) { all.push_back(record); };
    if (const Result<unsigned> read = visit(collect); !read) failure_ = read.error();
    return archive(level_, all);
  }
  archive(level_, records_);
  runs_ = SortedRuns(std::tuple_size_v<Record>);
  if (level_ > most_levels) {
    level_ = 0;
    archive.refuse();
  }
  keep_limit();
}

template <std::size_t note_words>
Result<unsigned> ContentRecords<note_words>::visit(
    const std::function<void(const Record&)>& use) const {
  if (failure_) return tl::unexpected(*failure_);
  compact();
  if (runs_.empty()) {
    if (samples()) sample();
    for (const Record& record : records_) use(record);
    return level_;
  }
  std::optional<Record> last;
  const Result<void> read =
      runs_.visit(words_of(records_), [&](std::span<const std::uint32_t> words) {
        if (last && std::equal(words.begin(), words.end(), last->begin())) return;
        std::copy(words.begin(), words.end(), last.emplace().begin());
        use(*last);
      });
  if (!read) return tl::unexpected(read.error());
  return 0U;
}

template class ContentRecords<0>;
template class ContentRecords<2>;

Result<DistinctSequences::Count> DistinctSequences::count() const {
  std::uint64_t kept = 0;
  const Result<unsigned> level = contents_.visit([&](const auto&) { ++kept; });
  if (!level) return tl::unexpected(level.error());
  if (*level == 0) return Count{kept, 0};
  constexpr double flajolet_factor = 1.2;
  const auto sample = static_cast<double>(std::max<std::uint64_t>(1, kept));
  return Count{kept << *level, flajolet_factor / std::sqrt(sample)};
}

}  // namespace synthgen
