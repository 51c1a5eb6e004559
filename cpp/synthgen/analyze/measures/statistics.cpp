#include "synthgen/analyze/measures/statistics.hpp"

#include "synthgen/analyze/counting/best_entries.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace synthgen {
namespace {

template <class Map>
Json counts_to_json(const Map& counts) {
  Json object = Json::object();
  auto& members = object.get_ref<Json::object_t&>();
  for (const auto& [key, count] : counts) {
    // The keys ascend already; the object's own insertion would search all of them each time.
    members.Container::emplace_back(std::to_string(key), count);
  }
  return object;
}

constexpr std::array statistics_measures{
    MeasureInfo{"num_sequences", "sequences", "number of sequences", "0 and up", "definition"},
    MeasureInfo{"avg_length", "tokens", "tokens / sequences", "0 and up", "definition"},
    MeasureInfo{"min_length", "tokens", "length of the shortest sequence", "0 and up", "synthgen"},
    MeasureInfo{"max_length", "tokens", "length of the longest sequence", "0 and up", "synthgen"},
    MeasureInfo{"num_tokens", "tokens", "sum of lengths", "0 and up", "synthgen"},
    MeasureInfo{"vocab_usage", "ids", "number of different ids", "0 to vocab_size", "definition"},
    MeasureInfo{"token_diversity", "ids", "number of different ids", "0 and up", "definition"},
    MeasureInfo{"token_distribution", "tokens", "count of each id", "0 and up", "definition"},
    MeasureInfo{"length_histogram", "sequences", "count of each length", "0 and up", "synthgen"},
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

const MeasureEntry statistics_entry{
    "statistics",
    statistics_measures,
    &make_accumulator<StatisticsAccumulator>,
    true,
};

}  // namespace synthgen
