#include "audit_text.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <vector>

#include "cli/text/format_text.hpp"
#include "text_table.hpp"

namespace synthgen::cli {
namespace {

std::string side_text(const Json& side) {
  return formatted("{} of {}{}", counted(side["sequences"].get<std::uint64_t>(), "sequence"),
                   side["split"].get<std::string>(),
                   side["complete"].get<bool>() ? "" : " (a sample)");
}

/// How much better a shortcut is than the simpler one.
std::string gain_text(const Json& row) {
  if (!row.contains("against")) return {};
  return format_text("{:.4f} ± {:.4f} {} {}", row["gain_bits"].get<double>(),
                     row["gain_error"].get<double>(), "over", row["against"].get<std::string>());
}

std::string score_table(const Json& report, std::size_t width) {
  TextTable table({TextTable::Align::left, TextTable::Align::right, TextTable::Align::right,
                   TextTable::Align::left, TextTable::Align::left});
  table.add({"shortcut", "bits", "accuracy", "", "gain in bits"});
  for (const Json& row : report["shortcuts"]) {
    table.add({row["name"].get<std::string>(), format_text("{:.4f}", row["bits"].get<double>()),
               format_text("{:.4f}", row["accuracy"].get<double>()),
               row.value("finds", false) ? "*" : "", gain_text(row)});
  }
  if (report["floor"].contains("bits")) {
    table.add({"floor", format_text("{:.4f}", report["floor"]["bits"].get<double>()), "", "", ""});
  }
  return table.text(0, width);
}

const Json& row_named(const Json& report, const Json& name) {
  return *std::find_if(report["shortcuts"].begin(), report["shortcuts"].end(),
                       [&](const Json& row) { return row["name"] == name; });
}

/// A sentence on each shortcut that beats the simpler one.
std::string findings(const Json& report, std::size_t width) {
  TextTable table({TextTable::Align::left, TextTable::Align::left});
  std::size_t rows = 0;
  for (const Json& row : report["shortcuts"]) {
    if (!row.value("finds", false)) continue;
    const Json& against = row_named(report, row["against"]);
    table.add({row["name"].get<std::string>(),
               format_text("predicts from {}: accuracy {:.3f} instead of {:.3f}, {:.3f} bits "
                           "instead of {:.3f}",
                           row["from"].get<std::string>(), row["accuracy"].get<double>(),
                           against["accuracy"].get<double>(), row["bits"].get<double>(),
                           against["bits"].get<double>())});
    ++rows;
  }
  if (rows == 0) return "\nNo shortcut beats a simpler one by more than four standard errors.\n";
  return "\n* better than the simpler shortcut by more than four standard errors\n" +
         table.text(2, width);
}

}  // namespace

std::string audit_text(const Json& report, std::size_t width) {
  const auto questions = report["questions"].get<std::uint64_t>();
  std::string text = formatted("fitted to {}; {} of {}\n\n", side_text(report["fitted"]),
                               counted(questions, report["target"] == "labels" ? "label" : "token"),
                               side_text(report["held_out"]));
  if (questions == 0) return text;
  text += score_table(report, width);
  if (report["floor"].contains("reason")) {
    text += formatted("no floor: {}\n", report["floor"]["reason"].get<std::string>());
  }
  return text + findings(report, width);
}

}  // namespace synthgen::cli
