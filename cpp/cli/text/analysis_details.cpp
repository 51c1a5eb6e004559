#include "analysis_details.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/text/format_text.hpp"
#include "expected_text.hpp"
#include "terminal.hpp"
#include "text_table.hpp"

namespace synthgen::cli {
namespace {

/// A list's numbers as heights of a chart: 0 for null and negative ones.
std::vector<double> heights_of(const Json& numbers) {
  std::vector<double> heights;
  for (const Json& number : numbers) {
    heights.push_back(number.is_number() ? std::max(0.0, number.get<double>()) : 0.0);
  }
  return heights;
}

/// A chart over 1 … n that is no wider than the view: if there are more places than columns, each
/// character shows the largest of several.
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

/// Indices of the places to list: the largest of the measured line, or a few.
std::vector<std::size_t> places_shown(const Json& line, bool largest_first) {
  constexpr std::size_t most_rows = 5;
  std::vector<std::size_t> shown;
  const auto show = [&](std::size_t i) {
    if (i < line.size() && line[i].is_number()) shown.push_back(i);
  };
  if (!largest_first) {
    for (std::size_t place = 1; place <= line.size(); place += place < 4 ? 1 : place)
      show(place - 1);
    return shown;
  }
  for (std::size_t i = 0; i < line.size(); ++i) show(i);
  std::stable_sort(shown.begin(), shown.end(), [&](std::size_t a, std::size_t b) {
    return line[a].get<double>() > line[b].get<double>();
  });
  shown.resize(std::min(shown.size(), most_rows));
  return shown;
}

/// The expected numbers of a line: an expectation has the form of the curve, or is the line itself.
const Json& expected_line(const Json& expected, std::string_view line) {
  if (!expected.is_object()) return expected;
  static const Json none;
  const auto found = expected.find(line);
  return found == expected.end() ? none : *found;
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
  TextTable table({TextTable::Align::left, TextTable::Align::right, TextTable::Align::right,
                   TextTable::Align::right, TextTable::Align::right, TextTable::Align::right,
                   TextTable::Align::left, TextTable::Align::right});
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

std::string curve(const MeasureInfo& measure, const Json& report, const AnalysisView& view) {
  constexpr std::size_t indent = 2;
  const Json& lists = report[std::string(measure.name)];
  const Json& expected = ExpectedSection(report).value(measure.name);
  const Json& places = lists[std::string(measure.curve.places)];
  const Json& measured = lists[std::string(measure.curve.lines.front())];
  const std::vector<std::size_t> rows = places_shown(measured, measure.curve.has_peaks);
  if (rows.empty()) return formatted("\n{} (no sequence has two tokens)\n", measure.name);
  std::vector<std::string> head{std::string(measure.curve.places)};
  std::vector<const Json*> columns;
  for (const std::string_view line : measure.curve.lines) {
    if (line.empty()) continue;
    head.emplace_back(line);
    columns.push_back(&lists[std::string(line)]);
    if (const Json& of_line = expected_line(expected, line); of_line.is_array()) {
      head.emplace_back("expected");
      columns.push_back(&of_line);
    }
  }
  TextTable table(std::vector<TextTable::Align>(head.size(), TextTable::Align::right));
  table.add(head);
  for (const std::size_t i : rows) {
    std::vector<std::string> row{to_text(places[i])};
    for (const Json* numbers : columns) {
      row.push_back(i < numbers->size() ? number_text((*numbers)[i]) : number_text(Json()));
    }
    table.add(row);
  }
  return formatted("\n{} ({}s 1 to {}; table: {})\n  {}\n{}", measure.name, measure.curve.places,
                   places.size(), measure.curve.has_peaks ? "largest values" : "some of them",
                   fitting_chart(heights_of(measured), indent, view),
                   table.text(indent, view.width));
}

std::string by_n(const std::vector<const MeasureInfo*>& measures, const Json& report,
                 const AnalysisView& view) {
  const ExpectedSection expected(report);
  TextTable table({TextTable::Align::left, TextTable::Align::right, TextTable::Align::right,
                   TextTable::Align::right, TextTable::Align::right});
  table.add({"n", "1", "2", "3", "4"});
  const auto add = [&](std::string_view title, const Json& values) {
    if (!values.is_object()) return;
    std::vector<std::string> row{std::string(title)};
    for (const char* n : {"1", "2", "3", "4"}) row.push_back(number_text(values.value(n, Json())));
    table.add(row);
  };
  for (const MeasureInfo* measure : measures) {
    add(measure->name, report[std::string(measure->name)]);
    add("  expected", expected.value(measure->name));
  }
  return "\nn-grams\n" + table.text(2, view.width);
}

std::string split_overlap(const Json& report, const AnalysisView& view) {
  const Json& expected = ExpectedSection(report).value("overlap");
  std::vector<TextTable::Align> columns{TextTable::Align::left, TextTable::Align::right,
                                        TextTable::Align::right};
  std::vector<std::string> head{"splits", "sequences", "share"};
  if (expected.is_object()) {
    columns.push_back(TextTable::Align::right);
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
  TextTable table({TextTable::Align::left, TextTable::Align::left});
  for (const Json& entry : entries) {
    table.add({entry["trouble"].get<std::string>(), entry["message"].get<std::string>()});
  }
  return "\nadvice\n" + table.text(2, view.width);
}

}  // namespace synthgen::cli
