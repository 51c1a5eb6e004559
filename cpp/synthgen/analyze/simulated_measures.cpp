#include "synthgen/analyze/simulated_measures.hpp"

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <optional>
#include <string_view>

namespace synthgen {
namespace {

constexpr std::size_t samples = 16;
constexpr std::uint64_t sample_tokens = (std::uint64_t{1} << 18) / samples;
constexpr std::uint64_t first_sequence = std::uint64_t{1} << 60;
constexpr std::array<std::string_view, 7> of_tokens{"local_coherence",
                                                    "global_coherence",
                                                    "average_entropy",
                                                    "pattern_ratio",
                                                    "lz_complexity",
                                                    "lag_equality",
                                                    "rep_n"};
constexpr std::array<std::string_view, 3> of_latents{"pattern_precision", "pattern_recall",
                                                     "oracle_bits_per_token"};

template <std::size_t size>
bool is_among(const std::array<std::string_view, size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Over samples that are equally large: their mean, and its standard error.
struct Estimate {
  double mean = 0;
  double standard_error = 0;
};

Estimate estimate_of(const std::vector<double>& values) {
  const auto count = static_cast<double>(values.size());
  Estimate estimate;
  for (const double value : values) estimate.mean += value / count;
  double squares = 0;
  for (const double value : values) squares += (value - estimate.mean) * (value - estimate.mean);
  estimate.standard_error = std::sqrt(squares / (count - 1) / count);
  return estimate;
}

/// The estimate from the number that `number_of` finds in each report; none where one has none.
template <class NumberOf>
std::optional<Estimate> estimate_from(const std::vector<Json>& reports, const NumberOf& number_of) {
  std::vector<double> values;
  for (const Json& report : reports) {
    const Json& number = number_of(report);
    if (!number.is_number()) return std::nullopt;
    values.push_back(number.get<double>());
  }
  return estimate_of(values);
}

/// Value and standard error of what stands at a place of the reports: a number, or a list or an
/// object of numbers. Null where a sample has none.
Json estimates(const std::vector<Json>& reports, const Json::json_pointer& place) {
  const Json& first = reports.front().at(place);
  if (!first.is_structured()) {
    const auto estimate =
        estimate_from(reports, [&](const Json& report) -> const Json& { return report.at(place); });
    if (!estimate) return {};
    return {{"value", estimate->mean}, {"standard_error", estimate->standard_error}};
  }
  Json values = first;
  Json errors = first;
  for (const auto& [key, number] : first.items()) {
    const Json entry = estimates(reports, place / key);
    const Json::json_pointer part = Json::json_pointer() / key;
    values[part] = entry.is_null() ? Json() : entry["value"];
    errors[part] = entry.is_null() ? Json() : entry["standard_error"];
  }
  return {{"value", std::move(values)}, {"standard_error", std::move(errors)}};
}

/// Where a measure's numbers stand in a report.
Json::json_pointer place_of(const std::string& measure) {
  const Json::json_pointer place = Json::json_pointer() / measure;
  return measure == "lag_equality" ? place / "share" : place;
}

Result<Json> report_of_sample(const Generator& generator, std::uint64_t first, std::uint64_t count,
                              const std::vector<std::string>& measures) {
  const bool with_latents = std::any_of(measures.begin(), measures.end(), [](const auto& name) {
    return is_among(of_latents, name);
  });
  SequenceBatch batch;
  Result<void> made = generator.generate(Split::train, first, count, batch, with_latents);
  if (!made) return tl::unexpected(std::move(made.error()));
  Result<Analyzer> analyzer =
      Analyzer::create({.measures = measures, .vocab_size = generator.config().vocab_size});
  if (!analyzer) return tl::unexpected(std::move(analyzer.error()));
  if (Result<void> added = analyzer->add(batch); !added) {
    return tl::unexpected(std::move(added.error()));
  }
  return analyzer->report();
}

}  // namespace

Json simulated_measures(const Generator& generator, const std::vector<std::string>& names) {
  Json expected = Json::object();
  std::vector<std::string> measures;
  std::copy_if(names.begin(), names.end(), std::back_inserter(measures), [](const auto& name) {
    return is_among(of_tokens, name) || is_among(of_latents, name);
  });
  const std::uint64_t longest = generator.length_range(Split::train).longest;
  const std::uint64_t count = sample_tokens / std::max<std::uint64_t>(1, longest);
  if (measures.empty() || count == 0 || !generator.config().splits.is_null()) return expected;
  std::vector<Json> reports;
  for (std::size_t i = 0; i < samples; ++i) {
    Result<Json> sample = report_of_sample(generator, first_sequence + i * count, count, measures);
    if (!sample) return expected;
    reports.push_back(std::move(*sample));
  }
  for (const std::string& name : measures) {
    Json entry = estimates(reports, place_of(name));
    if (entry.is_null()) continue;
    entry["formula"] = formatted("mean of {} further sequences", samples * count);
    expected[name] = std::move(entry);
  }
  return expected;
}

}  // namespace synthgen
