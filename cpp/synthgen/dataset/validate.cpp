#include "synthgen/dataset/validate.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/jsonl_reader.hpp"

#include <algorithm>
#include <numeric>

namespace synthgen {

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
      places.push_back({{"file", fault.file}, {"line", fault.line}, {"message", fault.message}});
    }
    kinds.push_back(
        {{"kind", fault_kind_names[kind]}, {"count", tally.count}, {"first", std::move(places)}});
  }
  return {{"passed", report.passed()},
          {"num_sequences", report.num_sequences},
          {"num_faults", report.num_faults()},
          {"faults", std::move(kinds)}};
}

Result<Validator> Validator::create(const ValidationOptions& options) {
  std::vector<Problem> problems;
  const auto at_least = [&](const char* key, std::optional<std::int64_t> value,
                            std::int64_t minimum) {
    if (!value || *value >= minimum) return;
    problems.push_back({key, std::to_string(*value), formatted("an integer from {} up", minimum)});
  };
  at_least("vocab_size", options.vocab_size, 1);
  at_least("min_length", options.min_length, 0);
  at_least("max_length", options.max_length,
           std::max<std::int64_t>(0, options.min_length.value_or(0)));
  if (!problems.empty()) return fail(std::move(problems));
  return Validator(options);
}

void Validator::count(Fault fault) {
  FaultTally& tally = report_.tallies[static_cast<std::size_t>(fault.kind)];
  ++tally.count;
  if (tally.first.size() < options_.places) tally.first.push_back(std::move(fault));
}

void Validator::check(std::span<const std::uint32_t> sequence, const std::string& file,
                      std::uint64_t line) {
  ++report_.num_sequences;
  if (sequence.empty()) {
    count({FaultKind::empty, file, line, "no tokens"});
    return;
  }
  const auto length = static_cast<std::int64_t>(sequence.size());
  if (options_.min_length && length < *options_.min_length) {
    count({FaultKind::too_short, file, line,
           formatted("{} tokens; allowed: {} or more", length, *options_.min_length)});
  }
  if (options_.max_length && length > *options_.max_length) {
    count({FaultKind::too_long, file, line,
           formatted("{} tokens; allowed: {} or fewer", length, *options_.max_length)});
  }
  if (!options_.vocab_size) return;
  const auto bad = std::find_if(sequence.begin(), sequence.end(),
                                [&](std::int64_t id) { return id >= *options_.vocab_size; });
  if (bad == sequence.end()) return;
  count({FaultKind::id_too_large, file, line,
         formatted("token {}: id {}; allowed: 0 to {}", bad - sequence.begin(), *bad,
                   *options_.vocab_size - 1)});
}

Result<void> Validator::add_file(const std::string& path, const FileProgress& progress) {
  const Result<std::unique_ptr<SequenceReader>> reader = open_sequences(path);
  if (!reader) return tl::unexpected(reader.error());
  return add(**reader, path, progress);
}

Result<void> Validator::add_text(std::string_view text, const std::string& name) {
  JsonlReader reader = JsonlReader::of_text(text, name);
  return add(reader, name, {});
}

Result<void> Validator::add(SequenceReader& reader, const std::string& name,
                            const FileProgress& progress) {
  constexpr std::uint64_t batch_tokens = std::uint64_t{1} << 18;
  SequenceBatch batch;
  std::vector<std::uint64_t> lines;
  for (bool more = true; more;) {
    batch.clear();
    lines.clear();
    const Result<bool> read =
        reader.read(batch, batch_tokens, &lines, [&](Fault fault) { count(std::move(fault)); });
    if (!read) return tl::unexpected(read.error());
    more = *read;
    for (std::size_t i = 0; i < batch.size(); ++i) check(batch[i], name, lines[i]);
    if (progress) progress(reader.bytes_read(), reader.size_bytes());
  }
  return {};
}

void Validator::add(const SequenceBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) check(batch[i], {}, report_.num_sequences + 1);
}

Result<ValidationReport> validate_synthetic_data(const SequenceBatch& batch,
                                                 const ValidationOptions& options) {
  Result<Validator> validator = Validator::create(options);
  if (!validator) return tl::unexpected(std::move(validator.error()));
  validator->add(batch);
  return validator->report();
}

}  // namespace synthgen
