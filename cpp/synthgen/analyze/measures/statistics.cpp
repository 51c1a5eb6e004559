#include "synthgen/analyze/measures/statistics.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <string>

namespace synthgen {
namespace {

template <class Map>
Json counts_to_json(const Map& counts) {
  Json object = Json::object();
  auto& members = object.get_ref<Json::object_t&>();
  for (const auto& [key, count] : counts) {
    // The keys ascend already; the object's own insertion would search all keys each time.
    members.Container::emplace_back(std::to_string(key), count);
  }
  return object;
}

/// The largest counts of an object, largest first.
Json largest_counts(const Json& counts, unsigned top) {
  std::vector<std::uint64_t> largest;
  for (const auto& [key, count] : counts.items()) largest.push_back(count.get<std::uint64_t>());
  const std::size_t most = std::min<std::size_t>(top, largest.size());
  std::partial_sort(largest.begin(), largest.begin() + static_cast<std::ptrdiff_t>(most),
                    largest.end(), std::greater<>());
  largest.resize(most);
  return largest;
}

constexpr std::array statistics_measures{
    MeasureInfo{.name = "num_sequences",
                .unit = "sequences",
                .formula = "number of sequences",
                .range = "0 and up",
                .source = "definition",
                .expected = Expected::never,
                .section = Section::statistics,
                .listed = Listed::always},
    MeasureInfo{.name = "avg_length",
                .unit = "tokens",
                .formula = "tokens / sequences",
                .range = "0 and up",
                .source = "definition",
                .section = Section::statistics,
                .listed = Listed::always,
                .per_sequence = "length"},
    MeasureInfo{.name = "min_length",
                .unit = "tokens",
                .formula = "length of the shortest sequence",
                .range = "0 and up",
                .source = "synthgen",
                .section = Section::statistics},
    MeasureInfo{.name = "max_length",
                .unit = "tokens",
                .formula = "length of the longest sequence",
                .range = "0 and up",
                .source = "synthgen",
                .section = Section::statistics},
    MeasureInfo{.name = "num_tokens",
                .unit = "tokens",
                .formula = "sum of lengths",
                .range = "0 and up",
                .source = "synthgen",
                .section = Section::statistics},
    MeasureInfo{.name = "vocab_usage",
                .unit = "ids",
                .formula = "number of different ids",
                .range = "0 to vocab_size",
                .source = "definition",
                .section = Section::statistics,
                .listed = Listed::always},
    MeasureInfo{.name = "token_diversity",
                .unit = "ids",
                .formula = "number of different ids",
                .range = "0 and up",
                .source = "definition",
                .section = Section::quality,
                .listed = Listed::always},
    MeasureInfo{.name = "token_distribution",
                .unit = "tokens",
                .formula = "count of each id",
                .range = "0 and up",
                .source = "definition",
                .kind = ValueKind::counts,
                .predicted = &largest_counts},
    MeasureInfo{.name = "length_histogram",
                .unit = "sequences",
                .formula = "count of each length",
                .range = "0 and up",
                .source = "synthgen",
                .kind = ValueKind::counts},
};

}  // namespace

StatisticsAccumulator::StatisticsAccumulator(const AnalysisOptions& options)
    : per_sequence_(options.per_sequence),
      most_listed_(static_cast<std::size_t>(
          std::clamp<std::uint64_t>(options.memory_limit_bytes / 1024, 1U << 17, 1U << 24))),
      tokens_({options.own_memory_bytes() / 8, options.approximate}) {}

void StatisticsAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto sequence = batch.content(i);
    ++lengths_[sequence.size()];
    tokens_.add(sequence, batch.id_bits(i));
    if (per_sequence_) sequence_lengths_.push_back(sequence.size());
  }
}

void StatisticsAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const StatisticsAccumulator&>(other);
  for (const auto& [length, count] : from.lengths_) lengths_[length] += count;
  tokens_.merge(from.tokens_);
  sequence_lengths_.insert(sequence_lengths_.end(), from.sequence_lengths_.begin(),
                           from.sequence_lengths_.end());
}

std::uint64_t StatisticsAccumulator::num_sequences() const noexcept {
  std::uint64_t sum = 0;
  for (const auto& [length, count] : lengths_) sum += count;
  return sum;
}

std::optional<double> StatisticsAccumulator::avg_length() const noexcept {
  if (lengths_.empty()) return std::nullopt;
  return static_cast<double>(tokens_.total()) / static_cast<double>(num_sequences());
}

void StatisticsAccumulator::report(ReportSections& sections) const {
  Json& numbers = sections.numbers;
  numbers["num_sequences"] = num_sequences();
  numbers["avg_length"] = or_null(avg_length());
  numbers["min_length"] = lengths_.empty() ? Json() : Json(lengths_.begin()->first);
  numbers["max_length"] = lengths_.empty() ? Json() : Json(lengths_.rbegin()->first);
  numbers["num_tokens"] = tokens_.total();
  report_tokens(sections);
  sections.details["length_histogram"] = counts_to_json(lengths_);
  if (per_sequence_) sections.per_sequence["length"] = sequence_lengths_;
}

void StatisticsAccumulator::report_tokens(ReportSections& sections) const {
  BestEntries<TokenCounts::Entry> best(most_listed_);
  std::uint64_t distinct = 0;
  std::uint64_t counted = 0;
  const Result<void> visited = tokens_.visit([&](const TokenCounts::Entry& entry) {
    ++distinct;
    counted += entry.second;
    best.offer(entry);
  });
  if (!visited) {
    sections.failure = visited.error();
    return;
  }
  sections.numbers["vocab_usage"] = distinct;
  sections.numbers["token_diversity"] = distinct;
  std::vector<TokenCounts::Entry> listed = std::move(best).sorted();
  Json& bounds = sections.error_bounds;
  if (listed.size() < distinct) {
    bounds["token_distribution"] = {{"ids_left_out", distinct - listed.size()},
                                    {"their_counts_at_most", listed.back().second}};
  }
  if (tokens_.undercount() > 0) {
    bounds["token_distribution"]["counts_too_low_by_at_most"] = tokens_.undercount();
    const Json missing = {{"too_low_by_at_most", tokens_.total() - counted}};
    bounds["vocab_usage"] = missing;
    bounds["token_diversity"] = missing;
  }
  std::sort(listed.begin(), listed.end());
  sections.details["token_distribution"] = counts_to_json(listed);
}

void StatisticsAccumulator::exchange(StateArchive& archive) {
  archive(lengths_, tokens_, sequence_lengths_);
}

extern const MeasureEntry statistics_entry;
const MeasureEntry statistics_entry{"statistics", statistics_measures,
                                    &make_accumulator<StatisticsAccumulator>, true,
                                    InPage::at_once};

}  // namespace synthgen
