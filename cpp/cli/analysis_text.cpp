#include "analysis_text.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "analysis_details.hpp"
#include "text_table.hpp"

namespace synthgen::cli {
namespace {

using Align = TextTable::Align;

std::string percent(std::uint64_t part, std::uint64_t whole) {
  return formatted("{:.3f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

/// Behind a mean over sequences: how many of them it leaves out.
std::string left_out(const Json& report, const char* reason, std::string_view one,
                     std::string_view several) {
  const Json counts = report.value("coherence_left_out", Json::object());
  const auto count = counts.value(reason, std::uint64_t{0});
  if (count == 0) return {};
  return formatted(" ({} {} left out)", count, count == 1 ? one : several);
}

std::string numbers(const Json& report, std::size_t width) {
  TextTable table({Align::left, Align::left});
  const Json vocab_size = report.value("vocab_size", Json());
  for (const auto& [name, value] : report.items()) {
    if (!value.is_number() && !value.is_null()) continue;
    if (name == "vocab_size" && report.contains("vocab_usage")) continue;  // beside that
    std::string text = number_text(value);
    if (name == "vocab_usage" && !vocab_size.is_null()) text += '/' + to_text(vocab_size);
    if (name == "local_coherence") {
      text +=
          left_out(report, "under_2_tokens", "sequence under 2 tokens", "sequences under 2 tokens");
    }
    if (name == "global_coherence") {
      text += left_out(report, "empty", "empty sequence", "empty sequences");
    }
    table.add({name, text});
  }
  return table.text(0, width);
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
  TextTable table({Align::right, Align::right, Align::right});
  table.add({"id", "count", "share"});
  const auto tokens = report["num_tokens"].get<std::uint64_t>();
  std::for_each(counts.begin(), last, [&](const auto& entry) {
    table.add({entry.second, std::to_string(entry.first), percent(entry.first, tokens)});
  });
  return formatted("\ntoken_distribution ({} of {} ids)\n{}", last - counts.begin(),
                   to_text(report["vocab_usage"]), table.text(2, width));
}

std::string pattern_detection(const Json& report, std::size_t width) {
  TextTable table({Align::right, Align::left});
  table.add({"count", "pattern"});
  for (const Json& entry : report["pattern_detection"]) {
    std::vector<std::string> pattern;
    for (const Json& id : entry["pattern"]) pattern.push_back(to_text(id));
    table.add({to_text(entry["count"]), joined(pattern, " ")});
  }
  return "\npattern_detection (most common n-grams)\n" + table.text(2, width);
}

std::string error_bounds(const Json& report, std::size_t width) {
  TextTable table({Align::left, Align::left, Align::left});
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
  if (has("expected")) text += expected_values(report, view);
  add("length_histogram", length_histogram);
  add("distributions", distributions);
  if (has("token_distribution")) text += token_distribution(report, view.top, view.width);
  if (has("pattern_detection")) text += pattern_detection(report, view.width);
  add("mutual_information", mutual_information);
  if (has("lag_equality")) text += lag_equality(report, view);
  if (has("distinct_n") || has("rep_n")) text += ngram_shares(report, view);
  add("overlap", split_overlap);
  if (has("error_bounds")) text += error_bounds(report, view.width);
  add("advice", advice);
  return text;
}

}  // namespace synthgen::cli
