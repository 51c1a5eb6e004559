#include "analysis_details.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "terminal.hpp"
#include "text_table.hpp"

namespace synthgen::cli {
namespace {

using Align = TextTable::Align;

/// A list's numbers as heights of a chart: what is null or negative has none.
std::vector<double> heights_of(const Json& numbers) {
  std::vector<double> heights;
  for (const Json& number : numbers) {
    heights.push_back(number.is_number() ? std::max(0.0, number.get<double>()) : 0.0);
  }
  return heights;
}

/// A heading, a chart over 1 … n, and a table of some of its places.
std::string over_distances(const std::string& heading, const Json& report, const char* place,
                           const std::vector<const char*>& columns,
                           const std::vector<std::size_t>& shown, const AnalysisView& view) {
  std::vector<Align> align(columns.size() + 1, Align::right);
  TextTable table(align);
  std::vector<std::string> head{place};
  head.insert(head.end(), columns.begin(), columns.end());
  table.add(head);
  for (const std::size_t i : shown) {
    if (i >= report[place].size()) continue;
    std::vector<std::string> row{to_text(report[place][i])};
    for (const char* column : columns) row.push_back(number_text(report[column][i]));
    table.add(row);
  }
  return formatted("\n{} ({} 1 to {})\n  {}\n{}", heading, place, report[place].size(),
                   inline_histogram(heights_of(report[columns.front()]), view.blocks),
                   table.text(2, view.width));
}

}  // namespace

std::string number_text(const Json& value) {
  if (value.is_null()) return "-";
  return value.is_number_float() ? formatted("{:.6g}", value.get<double>()) : to_text(value);
}

std::string length_histogram(const Json& histogram, const AnalysisView& view) {
  std::vector<std::pair<std::uint64_t, double>> lengths;
  for (const auto& [length, count] : histogram.items()) {
    lengths.emplace_back(std::stoull(length), count.get<double>());
  }
  const auto [least, most] = std::minmax_element(lengths.begin(), lengths.end());
  if (least->first == most->first) return {};
  constexpr std::uint64_t most_bins = 32;
  const std::uint64_t range = most->first - least->first + 1;
  const std::uint64_t bins = std::min(range, most_bins);
  std::vector<double> heights(static_cast<std::size_t>(bins));
  for (const auto& [length, count] : lengths) {
    heights[static_cast<std::size_t>((length - least->first) * bins / range)] += count;
  }
  return formatted("\nlength_histogram\n  {} {} {}\n", least->first,
                   inline_histogram(heights, view.blocks), most->first);
}

std::string distributions(const Json& measures, const AnalysisView& view) {
  TextTable table({Align::left, Align::right, Align::right, Align::right, Align::right,
                   Align::right, Align::left, Align::right});
  table.add({"", "mean", "sd", "median", "5 % to", "95 %", "from min", "to max"});
  for (const auto& [name, entry] : measures.items()) {
    const Json& quantiles = entry["quantiles"];
    const std::string chart =
        inline_histogram(heights_of(entry["histogram"]["counts"]), view.blocks);
    const auto short_text = [](const Json& value) {
      return value.is_number() ? formatted("{:.4g}", value.get<double>()) : number_text(value);
    };
    table.add({name, short_text(entry["mean"]), short_text(entry["sd"]),
               short_text(quantiles["0.5"]), short_text(quantiles["0.05"]),
               short_text(quantiles["0.95"]), short_text(entry["min"]) + ' ' + chart,
               short_text(entry["max"])});
  }
  return "\ndistributions\n" + table.text(2, view.width);
}

std::string mutual_information(const Json& dependence, const AnalysisView& view) {
  return over_distances("mutual_information", dependence, "distance", {"bits", "baseline"},
                        {0, 1, 2, 3, 7, 15, 31, 63}, view);
}

std::string lag_equality(const Json& equality, const AnalysisView& view) {
  constexpr std::size_t peaks = 5;
  const std::vector<double> shares = heights_of(equality["share"]);
  std::vector<std::size_t> by_share;
  for (std::size_t i = 0; i < shares.size(); ++i) by_share.push_back(i);
  std::stable_sort(by_share.begin(), by_share.end(),
                   [&](std::size_t a, std::size_t b) { return shares[a] > shares[b]; });
  by_share.resize(std::min(by_share.size(), peaks));
  return over_distances("lag_equality", equality, "lag", {"share"}, by_share, view);
}

std::string ngram_shares(const Json& report, const AnalysisView& view) {
  TextTable table({Align::left, Align::right, Align::right, Align::right, Align::right});
  table.add({"n", "1", "2", "3", "4"});
  for (const char* name : {"distinct_n", "rep_n"}) {
    const auto shares = report.find(name);
    if (shares == report.end()) continue;
    std::vector<std::string> row{name};
    for (const char* n : {"1", "2", "3", "4"}) row.push_back(number_text(shares->value(n, Json())));
    table.add(row);
  }
  return "\nn-grams that are distinct, and that were there before\n" + table.text(2, view.width);
}

std::string split_overlap(const Json& pairs, const AnalysisView& view) {
  TextTable table({Align::left, Align::right, Align::right});
  table.add({"splits", "sequences", "share"});
  for (const auto& [pair, overlap] : pairs.items()) {
    table.add({pair, number_text(overlap["sequences"]), number_text(overlap["share"])});
  }
  return "\noverlap\n" + table.text(2, view.width);
}

std::string expected_values(const Json& report, const AnalysisView& view) {
  TextTable table({Align::left, Align::right, Align::right, Align::left});
  table.add({"measure", "measured", "expected", "formula"});
  for (const auto& [name, entry] : report["expected"].items()) {
    if (!entry["value"].is_number()) continue;  // lists are for charts and machines
    std::string value = number_text(entry["value"]);
    if (entry.contains("standard_error")) {
      value += formatted(" ± {:.2g}", entry["standard_error"].get<double>());
    }
    table.add({name, number_text(report.value(name, Json())), value, entry.value("formula", "")});
  }
  return "\nexpected\n" + table.text(2, view.width);
}

std::string advice(const Json& entries, const AnalysisView& view) {
  TextTable table({Align::left, Align::left});
  for (const Json& entry : entries) {
    table.add({entry["trouble"].get<std::string>(), entry["message"].get<std::string>()});
  }
  return "\nadvice\n" + table.text(2, view.width);
}

}  // namespace synthgen::cli
