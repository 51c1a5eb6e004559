#include "analysis_details.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <utility>
#include <vector>

#include "expected_text.hpp"
#include "format_text.hpp"
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

/// A chart over 1 … n that is no wider than the view: where places are more than columns, each
/// character is the largest of several.
std::string fitting_chart(const std::vector<double>& heights, std::size_t indent,
                          const AnalysisView& view) {
  const std::size_t room = view.width > indent ? view.width - indent : 1;
  const std::size_t each = (heights.size() + room - 1) / room;
  std::vector<double> largest;
  for (std::size_t i = 0; i < heights.size(); ++i) {
    if (i % each == 0) largest.push_back(0);
    largest.back() = std::max(largest.back(), heights[i]);
  }
  return inline_histogram(largest, view.blocks);
}

/// A list over 1 … n as a section: which places its table shows, and a column for each list.
struct OverDistances {
  const char* name;
  const char* place;
  const char* shown;
  std::vector<std::pair<const char*, const Json*>> columns;
};

/// A heading, a chart of the first column, and a table of the places in `rows`.
std::string over_distances(const OverDistances& list, const Json& places,
                           const std::vector<std::size_t>& rows, const AnalysisView& view) {
  constexpr std::size_t indent = 2;
  if (rows.empty()) return formatted("\n{} (no sequence has two tokens)\n", list.name);
  TextTable table(std::vector<Align>(list.columns.size() + 1, Align::right));
  std::vector<std::string> head{list.place};
  for (const auto& [name, numbers] : list.columns) head.emplace_back(name);
  table.add(head);
  for (const std::size_t i : rows) {
    std::vector<std::string> row{to_text(places[i])};
    for (const auto& [name, numbers] : list.columns) {
      row.push_back(i < numbers->size() ? number_text((*numbers)[i]) : number_text(Json()));
    }
    table.add(row);
  }
  return formatted("\n{} ({}s 1 to {}; table: {})\n  {}\n{}", list.name, list.place, places.size(),
                   list.shown,
                   fitting_chart(heights_of(*list.columns.front().second), indent, view),
                   table.text(indent, view.width));
}

}  // namespace

std::string number_text(const Json& value) {
  if (value.is_null()) return "-";
  if (!value.is_number_float()) return to_text(value);
  constexpr double exact = 1e15;  // whole numbers below are shown as such
  const auto number = value.get<double>();
  const bool whole = std::fabs(number) < exact && std::trunc(number) == number;
  return whole ? format_text("{:.0f}", number) : format_text("{:.6g}", number);
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
      return value.is_number() ? format_text("{:.4g}", value.get<double>()) : number_text(value);
    };
    table.add({name, short_text(entry["mean"]), short_text(entry["sd"]),
               short_text(quantiles["0.5"]), short_text(quantiles["0.05"]),
               short_text(quantiles["0.95"]), short_text(entry["min"]) + ' ' + chart,
               short_text(entry["max"])});
  }
  return "\ndistributions\n" + table.text(2, view.width);
}

std::string mutual_information(const Json& report, const AnalysisView& view) {
  const Json& measured = report["mutual_information"];
  const Json expected = expected_value(report, "mutual_information");
  OverDistances list{"mutual_information", "distance", "a few of them", {}};
  for (const char* const name : {"bits", "baseline"}) {
    list.columns.emplace_back(name, &measured[name]);
    if (expected.is_object()) list.columns.emplace_back("expected", &expected[name]);
  }
  std::vector<std::size_t> rows;
  for (const std::size_t distance : std::initializer_list<std::size_t>{1, 2, 3, 4, 8, 16, 32, 64}) {
    if (measured["bits"].size() < distance) break;
    if (measured["bits"][distance - 1].is_number()) rows.push_back(distance - 1);
  }
  return over_distances(list, measured["distance"], rows, view);
}

std::string lag_equality(const Json& report, const AnalysisView& view) {
  constexpr std::size_t most_rows = 5;
  const Json& equality = report["lag_equality"];
  const std::vector<double> shares = heights_of(equality["share"]);
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    if (equality["share"][i].is_number()) rows.push_back(i);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::size_t a, std::size_t b) { return shares[a] > shares[b]; });
  rows.resize(std::min(rows.size(), most_rows));
  OverDistances list{
      "lag_equality", "lag", "largest shares first", {{"share", &equality["share"]}}};
  const Json expected = expected_value(report, "lag_equality");
  if (expected.is_array()) list.columns.emplace_back("expected", &expected);
  return over_distances(list, equality["lag"], rows, view);
}

std::string ngram_shares(const Json& report, const AnalysisView& view) {
  TextTable table({Align::left, Align::right, Align::right, Align::right, Align::right});
  table.add({"n", "1", "2", "3", "4"});
  for (const char* name : {"distinct_n", "rep_n"}) {
    const auto shares = report.find(name);
    if (shares == report.end()) continue;
    const Json expected = expected_value(report, name);
    for (const auto& [title, values] :
         {std::pair(std::string(name), *shares), std::pair(std::string("  expected"), expected)}) {
      if (!values.is_object()) continue;
      std::vector<std::string> row{title};
      for (const char* n : {"1", "2", "3", "4"}) {
        row.push_back(number_text(values.value(n, Json())));
      }
      table.add(row);
    }
  }
  return "\nn-grams that are distinct, and that were there before\n" + table.text(2, view.width);
}

std::string split_overlap(const Json& report, const AnalysisView& view) {
  const Json expected = expected_value(report, "overlap");
  std::vector<Align> columns{Align::left, Align::right, Align::right};
  std::vector<std::string> head{"splits", "sequences", "share"};
  if (expected.is_object()) {
    columns.push_back(Align::right);
    head.emplace_back("expected share");
  }
  TextTable table(columns);
  table.add(head);
  for (const auto& [pair, overlap] : report["overlap"].items()) {
    std::vector<std::string> row{pair, number_text(overlap["sequences"]),
                                 number_text(overlap["share"])};
    if (expected.is_object()) {
      row.push_back(number_text(expected.value(pair, Json::object()).value("share", Json())));
    }
    table.add(row);
  }
  return "\noverlap\n" + table.text(2, view.width);
}

std::string advice(const Json& entries, const AnalysisView& view) {
  TextTable table({Align::left, Align::left});
  for (const Json& entry : entries) {
    table.add({entry["trouble"].get<std::string>(), entry["message"].get<std::string>()});
  }
  return "\nadvice\n" + table.text(2, view.width);
}

}  // namespace synthgen::cli
