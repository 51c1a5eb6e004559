#include "synthgen/expect/expected_measures.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

namespace synthgen {
namespace {

/// {"value", "formula"} of the measures of a report.
class ClosedForms {
 public:
  explicit ClosedForms(const Json& report) : report_(report) {}

  void add(const std::string& name, Json value, std::string formula) {
    if (report_.value(name, Json()).is_null()) return;
    expected_[name] = {{"value", std::move(value)}, {"formula", std::move(formula)}};
  }
  const Json& get() const noexcept { return expected_; }

 private:
  const Json& report_;
  Json expected_ = Json::object();
};

/// The length of all sequences; none if lengths differ.
std::optional<std::uint64_t> common_length(const Generator& generator,
                                           const Generator::SequenceCounts& sequences) {
  std::optional<std::uint64_t> length;
  for (const Split split : all_splits) {
    if (sequences[static_cast<std::size_t>(split)] == 0) continue;
    const LengthRange range = generator.length_range(split);
    if (!range.equal() || length.value_or(range.longest) != range.longest) return std::nullopt;
    length = range.longest;
  }
  return length;
}

void add_lengths(const Generator& generator, const Generator::SequenceCounts& sequences,
                 ClosedForms& expected) {
  const auto all = std::accumulate(sequences.begin(), sequences.end(), std::uint64_t{0});
  const std::optional<std::uint64_t> length = common_length(generator, sequences);
  if (length) {
    for (const char* const name : {"min_length", "max_length"}) {
      expected.add(name, *length, "the length of all sequences");
    }
    expected.add("length_histogram", Json{{to_text(Json(*length)), all}},
                 "the length of all sequences");
  }
}

/// What the splits share, if they are made alike.
void add_overlap(const Generator& generator, const Generator::SequenceCounts& sequences,
                 const Json& pairs, ClosedForms& expected) {
  if (!generator.common_split(sequences)) return;
  Json values = Json::object();
  for (std::size_t second = 0; second < sequences.size(); ++second) {
    for (std::size_t first = 0; first < second; ++first) {
      const std::string pair =
          std::string(name(all_splits[first])) + '/' + std::string(name(all_splits[second]));
      if (!pairs.contains(pair)) continue;
      const auto share = generator.copy_chance(all_splits[first], sequences[first]);
      if (!share) return;
      values[pair] = {{"sequences", *share * static_cast<double>(sequences[second])},
                      {"share", *share}};
    }
  }
  expected.add("overlap", std::move(values),
               "the chance that a sequence is among the N of the first split");
}

/// Whether any sequence has a pair of tokens at some lag.
bool has_pairs(const Json& report) {
  if (!report.contains("lag_equality")) return false;
  const Json& shares = report["lag_equality"]["share"];
  return std::any_of(shares.begin(), shares.end(),
                     [](const Json& share) { return !share.is_null(); });
}

Json closed_forms(const Generator& generator, const Generator::SequenceCounts& sequences,
                  const Json& report) {
  ClosedForms expected(report);
  const auto all =
      static_cast<double>(std::accumulate(sequences.begin(), sequences.end(), std::uint64_t{0}));
  for (const Expectation& expectation : generator.dataset_truth(sequences)) {
    expected.add(expectation.name, expectation.value, expectation.formula);
    if (expectation.name == "avg_length") {
      expected.add("num_tokens", expectation.value * all, "avg_length of N sequences, N times");
    }
  }
  add_lengths(generator, sequences, expected);
  if (const std::optional<Split> split = generator.common_split(sequences);
      split && has_pairs(report)) {
    const std::vector<double> shares = generator.lag_equality(*split);
    if (!shares.empty()) {
      expected.add("lag_equality", shares,
                   "sum over ids of p(id)^2, in the pattern family with what segments add at each "
                   "lag");
    }
  }
  if (report.contains("overlap")) {
    add_overlap(generator, sequences, report["overlap"], expected);
  }
  return expected.get();
}

}  // namespace

Json expected_measures(const Generator& generator, const Generator::SequenceCounts& sequences,
                       const Json& report, const SimulationOptions& options) {
  if (sequences == Generator::SequenceCounts{}) return Json::object();
  Json expected = closed_forms(generator, sequences, report);
  std::vector<std::string> others;
  for (const auto& [name, value] : report.items()) {
    if (!value.is_null() && !expected.contains(name)) others.push_back(name);
  }
  SimulationOptions as_measured = options;
  as_measured.analysis.vocab_size = std::nullopt;  // the report has it if it was known
  if (report.contains("vocab_size")) {
    as_measured.analysis.vocab_size = report["vocab_size"].get<std::int64_t>();
  }
  expected.update(simulated_measures(generator, sequences, others, as_measured));
  return expected;
}

}  // namespace synthgen
