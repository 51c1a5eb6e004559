#include "synthgen/analyze/measure_registry.hpp"
#include "synthgen/config/formatted.hpp"

#include "cli/command.hpp"
#include "cli/text/standard_output.hpp"
#include "cli/text/terminal.hpp"
#include "cli/text/text_table.hpp"

namespace synthgen::cli {
namespace {

using Align = TextTable::Align;

/// For each measure its name and, in three lines, group and range, formula, and source.
std::string measure_list(std::size_t width) {
  TextTable table({Align::left, Align::left});
  for (const MeasureEntry* entry : measures()) {
    for (const MeasureInfo& measure : entry->measures) {
      const std::string unit = measure.unit.empty() ? "" : formatted(" {}", measure.unit);
      table.add(
          {std::string(measure.name),
           formatted("group {}, {}; {}{}", entry->name,
                     entry->in_default ? "in default" : "not in default", measure.range, unit)});
      table.add({"", std::string(measure.formula)});
      table.add({"", formatted("source: {}", measure.source)});
    }
  }
  return table.text(0, width);
}

/// Lists what `analyze` can measure.
class Measures final : public Command {
 public:
  explicit Measures(CLI::App& program)
      : Command(program, "measures",
                "List the measures of analyze: groups for --measures, ranges, units, formulas and "
                "sources.") {
    arguments_.add_switch("--json", "Print a JSON list instead of a table.", as_json_);
  }

  Result<ExitStatus> run() override {
    std::vector<Problem> problems = arguments_.store();
    if (!problems.empty()) return fail(std::move(problems));
    const Result<void> printed = print(as_json_ ? to_text(measure_table(), 2) + '\n'
                                                : measure_list(terminal_width(Stream::output)));
    if (!printed) return tl::unexpected(printed.error());
    return ExitStatus::done;
  }

 private:
  bool as_json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_measures(CLI::App& program) {
  return std::make_unique<Measures>(program);
}

}  // namespace synthgen::cli
