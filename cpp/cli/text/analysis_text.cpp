#include "analysis_text.hpp"

#include "synthgen/analyze/measure_registry.hpp"
#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "analysis_details.hpp"
#include "cli/text/format_text.hpp"
#include "expected_text.hpp"
#include "text_table.hpp"

namespace synthgen::cli {
namespace {

std::string percent(std::uint64_t part, std::uint64_t whole) {
  return format_text("{:.3f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

/// A note on how many sequences a mean leaves out.
std::string left_out(const Json& report, const char* reason, std::string_view one,
                     std::string_view several) {
  const Json counts = report.value("coherence_left_out", Json::object());
  const auto count = counts.value(reason, std::uint64_t{0});
  if (count == 0) return {};
  return formatted(" ({} {} left out)", count, count == 1 ? one : several);
}

std::string numbers(const Json& report, std::size_t width) {
  const ExpectedSection expected(report);
  const bool has_expected =
      std::any_of(report.items().begin(), report.items().end(),
                  [&](const auto& entry) { return expected.number(entry.key()).has_value(); });
  TextTable table(std::vector<TextTable::Align>(has_expected ? 3 : 2, TextTable::Align::left));
  if (has_expected) table.add({"", "measured", "expected"});
  const Json vocab_size = report.value("vocab_size", Json());
  for (const auto& [name, value] : report.items()) {
    if (!value.is_number() && !value.is_null()) continue;
    if (name == "vocab_size" && report.contains("vocab_usage")) continue;  // in its row
    std::string text = number_text(value);
    if (name == "vocab_usage" && !vocab_size.is_null()) text += '/' + to_text(vocab_size);
    if (name == "local_coherence") {
      text +=
          left_out(report, "under_2_tokens", "sequence under 2 tokens", "sequences under 2 tokens");
    }
    if (name == "global_coherence") {
      text += left_out(report, "empty", "empty sequence", "empty sequences");
    }
    std::vector<std::string> row{name, text};
    if (has_expected) row.push_back(expected_text(expected, name));
    table.add(row);
  }
  return table.text(0, width);
}

/// The expected count at a rank, 0 for the most common.
std::string count_at(const Json& expected, std::ptrdiff_t rank) {
  const auto place = static_cast<std::size_t>(rank);
  if (place >= expected.size()) return number_text(Json());
  return format_text("{:.1f}", expected[place].get<double>());
}

std::string token_distribution(const Json& report, std::size_t top, std::size_t width) {
  std::vector<std::pair<std::uint64_t, std::string>> counts;
  for (const auto& [id, count] : report["token_distribution"].items()) {
    counts.emplace_back(count.get<std::uint64_t>(), id);
  }
  const auto last = counts.begin() + std::min(static_cast<std::ptrdiff_t>(top), std::ssize(counts));
  // Ids come in ascending order, which the sort keeps among equal counts.
  std::stable_sort(counts.begin(), counts.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  const Json& expected = ExpectedSection(report).value("token_distribution");
  TextTable table(
      std::vector<TextTable::Align>(expected.is_array() ? 4 : 3, TextTable::Align::right));
  std::vector<std::string> head{"id", "count", "share"};
  if (expected.is_array()) head.insert(head.begin() + 2, "expected");
  table.add(head);
  const auto tokens = report["num_tokens"].get<std::uint64_t>();
  for (auto entry = counts.begin(); entry != last; ++entry) {
    std::vector<std::string> row{entry->second, std::to_string(entry->first),
                                 percent(entry->first, tokens)};
    if (expected.is_array()) {
      row.insert(row.begin() + 2, count_at(expected, entry - counts.begin()));
    }
    table.add(row);
  }
  return formatted("\ntoken_distribution ({} of {} ids)\n{}", last - counts.begin(),
                   to_text(report["vocab_usage"]), table.text(2, width));
}

std::string pattern_detection(const Json& report, std::size_t width) {
  const Json& expected = ExpectedSection(report).value("pattern_detection");
  const bool has_expected = expected.is_array();
  std::vector<TextTable::Align> columns(has_expected ? 2 : 1, TextTable::Align::right);
  columns.push_back(TextTable::Align::left);
  TextTable table(columns);
  table.add(has_expected ? std::vector<std::string>{"count", "expected", "pattern"}
                         : std::vector<std::string>{"count", "pattern"});
  std::ptrdiff_t rank = 0;
  for (const Json& entry : report["pattern_detection"]) {
    std::vector<std::string> ids;
    for (const Json& id : entry["pattern"]) ids.push_back(to_text(id));
    std::vector<std::string> row{to_text(entry["count"]), joined(ids, " ")};
    if (has_expected) row.insert(row.begin() + 1, count_at(expected, rank++));
    table.add(row);
  }
  return "\npattern_detection (most common n-grams)\n" + table.text(2, width);
}

std::string error_bounds(const Json& report, std::size_t width) {
  TextTable table({TextTable::Align::left, TextTable::Align::left, TextTable::Align::left});
  for (const auto& [measure, bounds] : report["error_bounds"].items()) {
    for (const auto& [name, value] : bounds.items()) {
      if (!value.is_object()) {
        table.add({measure, name, number_text(value)});
        continue;
      }
      for (const auto& [bound, part] : value.items()) {  // of one of the measure's values
        table.add({measure + ' ' + name, bound, number_text(part)});
      }
    }
  }
  return "\nerror_bounds (of what is not exact)\n" + table.text(2, width);
}

/// Curves and lists by n, as their descriptions have them.
std::string described_sections(const Json& report, const AnalysisView& view) {
  std::string text;
  std::vector<const MeasureInfo*> lists;
  for (const MeasureEntry* entry : measures()) {
    for (const MeasureInfo& measure : entry->measures) {
      if (!report.contains(measure.name)) continue;
      if (measure.kind == ValueKind::curve) text += curve(measure, report, view);
      if (measure.kind == ValueKind::by_n) lists.push_back(&measure);
    }
  }
  return lists.empty() ? text : text + by_n(lists, report, view);
}

}  // namespace

std::string analysis_text(const Json& report, const AnalysisView& view) {
  std::string text = numbers(report, view.width);
  const auto has = [&](const char* name) {
    const auto entry = report.find(name);
    return entry != report.end() && !entry->empty();
  };
  const auto add = [&](const char* name, auto section) {
    if (has(name)) text += section(report[name], view);
  };
  add("length_histogram", length_histogram);
  add("distributions", distributions);
  if (has("token_distribution")) text += token_distribution(report, view.top, view.width);
  if (has("pattern_detection")) text += pattern_detection(report, view.width);
  text += described_sections(report, view);
  if (has("overlap")) text += split_overlap(report, view);
  add("expected", expected_formulas);
  if (has("error_bounds")) text += error_bounds(report, view.width);
  add("advice", advice);
  return text;
}

}  // namespace synthgen::cli
