#include "evaluation_text.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <vector>

#include "cli/text/format_text.hpp"
#include "text_table.hpp"

namespace synthgen::cli {
namespace {

std::string four_digits(const Json& value) {
  if (!value.is_number()) return "-";
  const std::string text = format_text("{:.4f}", value.get<double>());
  return text == "-0.0000" ? text.substr(1) : text;
}

std::string range_text(const Json& interval) {
  if (!interval["low"].is_number()) return "-";
  return four_digits(interval["low"]) + " to " + four_digits(interval["high"]);
}

std::string means(const Json& report, std::size_t width) {
  TextTable table({TextTable::Align::left, TextTable::Align::right, TextTable::Align::right});
  table.add({report["unit"].get<std::string>(), "mean", "95 % interval"});
  table.add({"loss", four_digits(report["loss"]), ""});
  table.add({"floor", four_digits(report["floor"]), ""});
  for (const char* name : {"excess", "kl_divergence", "total_variation"}) {
    if (!report.contains(name) || report[name].is_null()) continue;
    table.add({name, four_digits(report[name]["mean"]), range_text(report[name])});
  }
  return table.text(0, width);
}

std::string by_kind(const Json& report, std::size_t width) {
  TextTable table({TextTable::Align::left, TextTable::Align::right, TextTable::Align::right,
                   TextTable::Align::right, TextTable::Align::right, TextTable::Align::right});
  table.add({"kind", "targets", "loss", "floor", "excess", "95 % interval"});
  for (const Json& row : report["by_kind"]) {
    table.add({row["kind"].get<std::string>(), to_text(row["targets"]), four_digits(row["loss"]),
               four_digits(row["floor"]), four_digits(row["excess"]["mean"]),
               range_text(row["excess"])});
  }
  return "\nby kind of token\n" + table.text(2, width);
}

std::string by_position(const Json& report, const AnalysisView& view) {
  constexpr std::size_t indent = 2;
  const Json& lists = report["by_position"];
  const std::size_t count = lists["position"].size();
  std::vector<double> heights;
  const std::size_t room = view.width > indent ? view.width - indent : 1;
  const std::size_t each = (count + room - 1) / room;
  for (std::size_t i = 0; i < count; ++i) {
    if (i % each == 0) heights.push_back(0);
    heights.back() = std::max(heights.back(), lists["excess"][i].get<double>());
  }
  TextTable table(std::vector<TextTable::Align>(6, TextTable::Align::right));
  table.add({"position", "targets", "loss", "floor", "excess", "standard error"});
  for (std::size_t i = 0; i < count; i = i < 4 ? i + 1 : 2 * i) {
    table.add({to_text(lists["position"][i]), to_text(lists["targets"][i]),
               four_digits(lists["loss"][i]), four_digits(lists["floor"][i]),
               four_digits(lists["excess"][i]), four_digits(lists["standard_error"][i])});
  }
  return formatted("\nby position (excess; table: some of them)\n  {}\n{}",
                   inline_histogram(heights, view.blocks), table.text(indent, view.width));
}

}  // namespace

std::string evaluation_text(const Json& report, const AnalysisView& view) {
  const auto targets = report["targets"].get<std::uint64_t>();
  std::string text = formatted("{} of {} in {}\n\n",
                               counted(targets, report["target"] == "labels" ? "label" : "token"),
                               counted(report["sequences"].get<std::uint64_t>(), "sequence"),
                               joined(report["files"].get<std::vector<std::string>>(), ", "));
  text += means(report, view.width);
  if (targets == 0) return text;
  return text + by_kind(report, view.width) + by_position(report, view);
}

}  // namespace synthgen::cli
