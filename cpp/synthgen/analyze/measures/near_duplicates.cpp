#include "synthgen/analyze/counting/smallest_keys.hpp"
#include "synthgen/analyze/hashing/min_hash.hpp"
#include "synthgen/analyze/measure.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace synthgen {
namespace {

constexpr std::size_t band_rows = 4;
constexpr std::size_t bands = MinHash::rows / band_rows;
constexpr std::size_t most_compared = 8;
constexpr std::size_t similar_rows = 52;  // of 64: at least 0.8

/// How many sketches of 256 bytes a quarter of the memory limit holds.
std::uint64_t most_sketches(std::uint64_t memory_limit_bytes) {
  constexpr std::uint64_t least = std::uint64_t{1} << 12;
  return std::max(least, memory_limit_bytes / 1024);
}

/// The rows of a band in one number.
std::uint64_t band_of(const MinHash& sketch, std::size_t band) noexcept {
  std::uint64_t rows = 0;
  for (std::size_t i = 0; i < band_rows; ++i) rows = rows << 16 | sketch.row[band * band_rows + i];
  return rows;
}

struct InBand {
  std::uint64_t rows;
  std::uint64_t next_rows;  ///< of the next band: brings more similar sketches closer together
  std::uint32_t sketch;

  friend bool operator<(const InBand& a, const InBand& b) noexcept {
    if (a.rows != b.rows) return a.rows < b.rows;
    return a.next_rows != b.next_rows ? a.next_rows < b.next_rows : a.sketch < b.sketch;
  }
};

/// Which of the sketches resemble another one.
std::vector<bool> similar_ones(const std::vector<const MinHash*>& sketches) {
  std::vector<bool> similar(sketches.size());
  std::vector<InBand> order(sketches.size());
  for (std::size_t band = 0; band < bands; ++band) {
    for (std::uint32_t i = 0; i < sketches.size(); ++i) {
      order[i] = {band_of(*sketches[i], band), band_of(*sketches[i], (band + 1) % bands), i};
    }
    std::sort(order.begin(), order.end());
    for (std::size_t i = 0; i < order.size(); ++i) {
      const std::size_t end = std::min(order.size(), i + 1 + most_compared);
      for (std::size_t j = i + 1; j < end && order[j].rows == order[i].rows; ++j) {
        const std::uint32_t a = order[i].sketch;
        const std::uint32_t b = order[j].sketch;
        if (similar[a] && similar[b]) continue;
        if (sketches[a]->rows_shared_with(*sketches[b]) < similar_rows) continue;
        similar[a] = similar[b] = true;
      }
    }
  }
  return similar;
}

/// `near_duplicate_share`: the share of sequences that resemble another one: it is equal, or its
/// set of 3-grams has a Jaccard similarity of 0.8 or more by their MinHash sketches (52 of 64 rows
/// agree).
///
/// Sketches are compared if all 4 rows of one of 16 bands agree (for sets with similarity 0.8 this
/// has probability 1 − (1 − 0.8^4)^16 = 0.9998), each with the 8 that follow in the band's order.
/// All sketches are kept while they fit the memory limit (2^20 different sequences by default).
/// Beyond it only those with a small smallest 3-gram hash are kept: two similar sequences then stay
/// together with a probability equal to their similarity, and the share estimated from them is up
/// to a fifth too low.
class NearDuplicatesAccumulator final : public Accumulator {
 public:
  explicit NearDuplicatesAccumulator(const AnalysisOptions& options);

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

 private:
  /// None without sequences.
  std::optional<double> near_duplicate_share() const;

  /// Scattered smallest hash of a 3-gram, then a 128-bit hash of the content.
  using Key = std::pair<std::uint64_t, std::array<std::uint64_t, 2>>;
  struct Sketch {
    MinHash hash;
    bool has_shingles = false;

    static std::uint64_t cost() noexcept { return 1; }
    void exchange(StateArchive& archive) { archive(hash, has_shingles); }
  };

  SmallestKeys<Key, Sketch> sketches_;
};

NearDuplicatesAccumulator::NearDuplicatesAccumulator(const AnalysisOptions& options)
    : sketches_(most_sketches(options.memory_limit_bytes)) {}

void NearDuplicatesAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto sequence = batch.content(i);
    const XXH128_hash_t content = XXH3_128bits(sequence.data(), sequence.size_bytes());
    Sketch sketch{{}, sequence.size() >= MinHash::shingle};
    if (sketch.has_shingles) sketch.hash = MinHash::of(sequence);
    const std::uint64_t smallest = sketch.has_shingles ? sketch.hash.smallest : content.low64;
    const std::uint64_t group = XXH3_64bits(&smallest, sizeof(smallest));
    sketches_.count(Key{group, {content.high64, content.low64}}, 1, [&] { return sketch; });
  }
}

void NearDuplicatesAccumulator::merge(const Accumulator& other) {
  sketches_.merge(static_cast<const NearDuplicatesAccumulator&>(other).sketches_);
}

void NearDuplicatesAccumulator::exchange(StateArchive& archive) {
  sketches_.exchange(archive, [](const Key&, const Sketch&) { return true; });
}

std::optional<double> NearDuplicatesAccumulator::near_duplicate_share() const {
  std::vector<const MinHash*> sketches;
  std::vector<std::uint64_t> times;
  std::uint64_t all = 0;
  std::uint64_t near = 0;
  for (const auto& [key, entry] : sketches_.entries()) {
    all += entry.times;
    if (entry.times > 1) near += entry.times;
    if (!entry.value.has_shingles) continue;
    sketches.push_back(&entry.value.hash);
    times.push_back(entry.times);
  }
  if (all == 0) return std::nullopt;
  const std::vector<bool> similar = similar_ones(sketches);
  for (std::size_t i = 0; i < times.size(); ++i) near += similar[i] && times[i] == 1 ? 1 : 0;
  return static_cast<double>(near) / static_cast<double>(all);
}

void NearDuplicatesAccumulator::report(ReportSections& sections) const {
  const std::optional<double> share = near_duplicate_share();
  sections.numbers["near_duplicate_share"] = or_null(share);
  if (sketches_.is_complete() || !share) return;
  sections.error_bounds["near_duplicate_share"] = {
      {"sampled_different_sequences", sketches_.entries().size()}, {"too_low_by_at_most", 0.2}};
}

constexpr std::array near_duplicates_measures{
    MeasureInfo{.name = "near_duplicate_share",
                .formula =
                    "sequences with an equal one, or with one whose set of 3-grams has a Jaccard "
                    "similarity of at least 0.8 (52 of 64 MinHash rows; standard deviation 0.05; a "
                    "pair at 0.8 is not compared with probability 0.0002) / sequences",
                .range = "0 to 1",
                .source = "Broder 1997; Leskovec, Rajaraman, Ullman 2014",
                .section = Section::quality,
                .listed = Listed::if_measured},
};

}  // namespace

extern const MeasureEntry near_duplicates_entry;
const MeasureEntry near_duplicates_entry{"near_duplicate_share", near_duplicates_measures,
                                         &make_accumulator<NearDuplicatesAccumulator>, false,
                                         InPage::never};

}  // namespace synthgen
