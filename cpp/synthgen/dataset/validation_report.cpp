#include "synthgen/dataset/validation_report.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <numeric>

namespace synthgen {

SequenceLimits read_limits(JsonObject& fields) {
  SequenceLimits limits;
  fields.nullable("vocab_size").integer(limits.vocab_size, 1);
  fields.nullable("min_length").integer(limits.min_length);
  fields.nullable("max_length").integer(limits.max_length);
  return limits;
}

Result<SequenceLimits> read_sequence_limits(const Json& object) {
  std::vector<Problem> problems;
  JsonObject fields(JsonField(object, "", problems), "an object of limits");
  const SequenceLimits limits = read_limits(fields);
  fields.refuse_unknown();
  if (!problems.empty()) return fail(std::move(problems));
  return limits;
}

void check_sequence(std::span<const std::uint32_t> content, const SequenceLimits& limits,
                    const std::string& file, std::uint64_t line,
                    const std::function<void(Fault)>& count) {
  if (content.empty()) {
    count({FaultKind::empty, file, line, "no tokens"});
    return;
  }
  const auto length = static_cast<std::int64_t>(content.size());
  if (limits.min_length && length < *limits.min_length) {
    count({FaultKind::too_short, file, line,
           formatted("{}; allowed: {} or more", counted(content.size(), "token"),
                     *limits.min_length)});
  }
  if (limits.max_length && length > *limits.max_length) {
    count({FaultKind::too_long, file, line,
           formatted("{}; allowed: {} or fewer", counted(content.size(), "token"),
                     *limits.max_length)});
  }
  if (!limits.vocab_size) return;
  const auto bad = std::find_if(content.begin(), content.end(),
                                [&](std::int64_t id) { return id >= *limits.vocab_size; });
  if (bad != content.end()) {
    count({FaultKind::id_too_large, file, line,
           formatted("token {}: id {}; allowed: 0 to {}", bad - content.begin(), *bad,
                     *limits.vocab_size - 1)});
  }
}

ValidationReport check_sequences(const SequenceBatch& batch, const SequenceLimits& limits) {
  constexpr std::size_t places = 5;
  ValidationReport report;
  report.num_sequences = batch.size();
  for (std::size_t i = 0; i < batch.size(); ++i) {
    check_sequence(batch.content(i), limits, {}, i + 1,
                   [&](Fault fault) { report.count(std::move(fault), places); });
  }
  return report;
}

void ValidationReport::count(Fault fault, std::size_t places) {
  FaultTally& tally = (*this)[fault.kind];
  ++tally.count;
  if (tally.first.size() < places) tally.first.push_back(std::move(fault));
}

std::uint64_t ValidationReport::num_faults() const noexcept {
  return std::accumulate(
      tallies.begin(), tallies.end(), std::uint64_t{0},
      [](std::uint64_t sum, const FaultTally& tally) { return sum + tally.count; });
}

Json to_json(const ValidationReport& report) {
  Json kinds = Json::array();
  for (std::size_t kind = 0; kind < report.tallies.size(); ++kind) {
    const FaultTally& tally = report.tallies[kind];
    if (tally.count == 0) continue;
    Json places = Json::array();
    for (const Fault& fault : tally.first) {
      Json place = Json::object();
      place["file"] = fault.file;
      place["line"] = fault.line;
      place["message"] = fault.message;
      places.push_back(std::move(place));
    }
    Json entry = Json::object();
    entry["kind"] = fault_kind_names[kind];
    entry["count"] = tally.count;
    entry["first"] = std::move(places);
    kinds.push_back(std::move(entry));
  }
  Json object = Json::object();
  object["passed"] = report.passed();
  object["num_sequences"] = report.num_sequences;
  object["num_faults"] = report.num_faults();
  object["faults"] = std::move(kinds);
  if (!report.notes.empty()) object["notes"] = report.notes;
  return object;
}

}  // namespace synthgen
