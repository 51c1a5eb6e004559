#include "synthgen/analyze/measures/complexity.hpp"

#include "synthgen/analyze/counting/fixed_sum.hpp"
#include "synthgen/analyze/counting/suffix_array.hpp"
#include "synthgen/analyze/measure.hpp"
#include "synthgen/analyze/measures/distributions.hpp"
#include "synthgen/analyze/measures/entropy.hpp"
#include "synthgen/random/portable_math.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

constexpr std::uint32_t no_position = 0xFFFFFFFF;

/// How many tokens from a position on are the same as those from an earlier one on.
std::size_t common_length(std::span<const std::uint32_t> sequence, std::size_t earlier,
                          std::size_t position) {
  std::size_t length = 0;
  while (position + length < sequence.size() &&
         sequence[earlier + length] == sequence[position + length]) {
    ++length;
  }
  return length;
}

/// The length of the longest piece from a position on that also begins earlier, by trying the
/// earlier places of its first id; none when `trials` run out.
std::optional<std::size_t> longest_by_trying(std::span<const std::uint32_t> sequence,
                                             std::span<const std::uint32_t> gaps,
                                             std::size_t position, std::size_t& trials) {
  std::size_t longest = 0;
  for (std::size_t earlier = position; gaps[earlier] != 0;) {
    if (trials == 0) return std::nullopt;
    --trials;
    if (position + longest == sequence.size()) break;
    earlier -= gaps[earlier];
    if (sequence[earlier + longest] != sequence[position + longest]) continue;
    const std::size_t length = common_length(sequence, earlier, position);
    longest = std::max(longest, length);
    trials -= std::min(trials, length / 8);
  }
  return longest;
}

std::uint64_t count_different(std::span<const std::uint32_t> sequence) {
  std::vector<std::uint32_t> ids(sequence.begin(), sequence.end());
  std::sort(ids.begin(), ids.end());
  return static_cast<std::uint64_t>(std::unique(ids.begin(), ids.end()) - ids.begin());
}

/// `lz_complexity`: the mean of the sequences' Lempel–Ziv complexities (see `lz_complexity` of one
/// sequence), and their distribution among `distributions`. Empty sequences are left out.
class LzComplexityAccumulator final : public Accumulator {
 public:
  explicit LzComplexityAccumulator(const AnalysisOptions& options)
      : vocab_size_(options.vocab_size), per_sequence_(options.per_sequence) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

 private:
  std::optional<std::int64_t> vocab_size_;
  bool per_sequence_;
  PhraseCounter counter_;
  FixedMean mean_;
  ValueDistribution values_{32};
  std::vector<std::optional<double>> sequence_values_;
};

constexpr std::array lz_complexity_measures{
    MeasureInfo{
        .name = "lz_complexity",
        .formula = "mean over sequences with tokens of min(1, c log_k(L) / L): c phrases of the "
                   "exhaustive history, L tokens, k = min(V, L) ids; V the report's vocab_size or, "
                   "if unknown, the number of different ids in the sequence; 0 if k < 2",
        .range = "0 to 1",
        .source = "Lempel, Ziv 1976",
        .expected = Expected::by_mean,
        .also_in = "distributions",
        .section = Section::quality,
        .listed = Listed::if_measured,
        .per_sequence = "lz_complexity"},
};

}  // namespace

/// Which rank an id has does not matter: phrases ask only whether ids are equal.
void PhraseCounter::rank_ids(std::span<const std::uint32_t> sequence) {
  constexpr std::uint32_t fits_table = 1U << 20;
  ranks_.resize(sequence.size());
  if (sequence.empty() || *std::max_element(sequence.begin(), sequence.end()) < fits_table) {
    different_ids_ = 0;
    for (std::size_t t = 0; t < sequence.size(); ++t) {
      std::uint32_t& rank = rank_of_[sequence[t]];
      if (rank == 0) rank = ++different_ids_;
      ranks_[t] = rank - 1;
    }
    rank_of_.forget(sequence);
    return;
  }
  sorted_ids_.assign(sequence.begin(), sequence.end());
  std::sort(sorted_ids_.begin(), sorted_ids_.end());
  sorted_ids_.erase(std::unique(sorted_ids_.begin(), sorted_ids_.end()), sorted_ids_.end());
  different_ids_ = static_cast<std::uint32_t>(sorted_ids_.size());
  for (std::size_t t = 0; t < sequence.size(); ++t) {
    ranks_[t] = static_cast<std::uint32_t>(
        std::lower_bound(sorted_ids_.begin(), sorted_ids_.end(), sequence[t]) -
        sorted_ids_.begin());
  }
}

/// Takes the positions out of the list of sorted suffixes from the last one on: what is then left
/// beside a position lies before it.
void PhraseCounter::find_neighbours() {
  const std::vector<std::uint32_t> order = suffix_array(ranks_, different_ids_);
  before_.resize(order.size());
  after_.resize(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    before_[order[i]] = i == 0 ? no_position : order[i - 1];
    after_[order[i]] = i + 1 == order.size() ? no_position : order[i + 1];
  }
  for (std::size_t t = order.size(); t-- > 0;) {
    if (before_[t] != no_position) after_[before_[t]] = after_[t];
    if (after_[t] != no_position) before_[after_[t]] = before_[t];
  }
}

/// The same by the neighbours in lexicographic order.
std::size_t PhraseCounter::longest_by_neighbours(std::size_t position) const {
  std::size_t longest = 0;
  for (const std::uint32_t earlier : {before_[position], after_[position]}) {
    if (earlier != no_position)
      longest = std::max(longest, common_length(ranks_, earlier, position));
  }
  return longest;
}

PhraseCount PhraseCounter::operator()(std::span<const std::uint32_t> sequence) {
  gaps_.resize(sequence.size());
  last_places_.find_gaps(sequence, gaps_);
  return (*this)(sequence, gaps_);
}

PhraseCount PhraseCounter::operator()(std::span<const std::uint32_t> sequence,
                                      std::span<const std::uint32_t> gaps) {
  // Trying is quicker where the table of positions stays in the processor's cache and ids vary.
  constexpr std::size_t longest_to_try = 4096;
  constexpr std::size_t trials_per_token = 64;
  PhraseCount count{0, static_cast<std::uint64_t>(std::count(gaps.begin(), gaps.end(), 0U))};
  std::size_t trials = sequence.size() <= longest_to_try ? trials_per_token * sequence.size() : 0;
  std::optional<std::size_t> longest = 0;
  std::size_t t = 0;
  for (; t < sequence.size(); t += *longest + 1, ++count.phrases) {
    longest = longest_by_trying(sequence, gaps, t, trials);
    if (!longest) break;
  }
  if (t >= sequence.size()) return count;
  rank_ids(sequence);
  find_neighbours();
  for (; t < sequence.size(); ++count.phrases) t += longest_by_neighbours(t) + 1;
  return count;
}

double alphabet_size(std::size_t length, std::uint64_t different_ids,
                     std::optional<std::int64_t> vocab_size) {
  const double ids =
      vocab_size ? static_cast<double>(*vocab_size) : static_cast<double>(different_ids);
  return std::min(ids, static_cast<double>(length));
}

double lz_complexity(const PhraseCount& count, std::size_t size,
                     std::optional<std::int64_t> vocab_size) {
  const double alphabet = alphabet_size(size, count.different_ids, vocab_size);
  if (!(alphabet >= 2)) return 0;
  const auto length = static_cast<double>(size);
  return std::min(1.0, static_cast<double>(count.phrases) * portable_log2(length) /
                           (length * portable_log2(alphabet)));
}

double lz_complexity(std::span<const std::uint32_t> sequence,
                     std::optional<std::int64_t> vocab_size) {
  return lz_complexity(PhraseCounter()(sequence), sequence.size(), vocab_size);
}

double entropy_complexity(std::span<const std::uint32_t> sequence,
                          std::optional<std::int64_t> vocab_size) {
  const auto known =
      vocab_size ? *vocab_size : static_cast<std::int64_t>(count_different(sequence));
  return entropy_complexity(compute_entropy(sequence), sequence.size(), known);
}

double entropy_complexity(double entropy_bits, std::size_t length, std::int64_t vocab_size) {
  const double alphabet = alphabet_size(length, 0, vocab_size);
  if (!(alphabet >= 2)) return 0;
  return std::min(1.0, entropy_bits / portable_log2(alphabet));
}

void LzComplexityAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    std::optional<double> value;
    if (!batch.content(i).empty()) {
      const auto sequence = batch.content(i);
      value = lz_complexity(counter_(sequence, batch.gaps(i)), sequence.size(), vocab_size_);
      mean_.add(*value);
      values_.add(*value);
    }
    if (per_sequence_) sequence_values_.push_back(value);
  }
}

void LzComplexityAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const LzComplexityAccumulator&>(other);
  mean_.merge(from.mean_);
  values_.merge(from.values_);
  sequence_values_.insert(sequence_values_.end(), from.sequence_values_.begin(),
                          from.sequence_values_.end());
}

void LzComplexityAccumulator::report(ReportSections& sections) const {
  sections.numbers["lz_complexity"] = or_null(mean_.value());
  values_.report("lz_complexity", sections);
  if (!per_sequence_) return;
  Json list = Json::array();
  for (const auto value : sequence_values_) list.push_back(or_null(value));
  sections.per_sequence["lz_complexity"] = std::move(list);
}

void LzComplexityAccumulator::exchange(StateArchive& archive) {
  archive(mean_, values_, sequence_values_);
}

extern const MeasureEntry lz_complexity_entry;
const MeasureEntry lz_complexity_entry{"lz_complexity", lz_complexity_measures,
                                       &make_accumulator<LzComplexityAccumulator>, false,
                                       InPage::of_files};

}  // namespace synthgen
