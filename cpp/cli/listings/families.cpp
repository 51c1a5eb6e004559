#include "synthgen/config/formatted.hpp"
#include "synthgen/config/parameters.hpp"
#include "synthgen/generate/registry.hpp"

#include "cli/command.hpp"
#include "cli/flags/flag_value.hpp"
#include "cli/flags/parameter_flags.hpp"
#include "cli/text/format_text.hpp"
#include "cli/text/standard_output.hpp"
#include "cli/text/terminal.hpp"
#include "cli/text/text_table.hpp"

namespace synthgen::cli {
namespace {

using Align = TextTable::Align;

std::string family_list(std::size_t width) {
  TextTable table({Align::left, Align::left});
  for (const FamilyEntry* family : families()) {
    table.add({std::string(family->name), std::string(family->summary)});
    table.add({"", formatted("e.g. {}", family->example)});
  }
  return table.text(0, width);
}

/// The parameters that a family uses: its `own`, or else those that all families use.
std::string parameter_rows(const FamilyEntry& family, bool own, std::size_t width) {
  TextTable table({Align::left, Align::left, Align::left});
  table.add({"flag", "default", "meaning"});
  bool any = false;
  for (const Parameter& parameter : parameters()) {
    if (!uses(family, parameter.key) || is_common(parameter.key) == own) continue;
    if (parameter.key == "generator") continue;
    any = true;
    table.add({flag_name(parameter.key), default_text(parameter),
               formatted("{} Allowed: {}.", parameter.help, parameter.allowed())});
  }
  return any ? table.text(2, width) : std::string();
}

std::string family_text(const FamilyEntry& family, std::size_t width) {
  std::string text = formatted("{}: {}\ne.g. {}\n", family.name, family.summary, family.example);
  const std::string own = parameter_rows(family, true, width);
  if (!own.empty()) text += "\nIts own parameters:\n" + own;
  return text + "\nParameters of every family:\n" + parameter_rows(family, false, width);
}

std::string truth_text(const std::vector<Expectation>& truth, std::size_t width) {
  TextTable table({Align::left, Align::right, Align::left, Align::left});
  table.add({"expectation", "value", "unit", "formula"});
  for (const Expectation& expectation : truth) {
    table.add({expectation.name, format_text("{:.6g}", expectation.value), expectation.unit,
               expectation.formula});
  }
  return table.text(0, width);
}

Problem unknown_family(const std::string& name) {
  const std::vector<std::string_view> names = family_names();
  return {"NAME", to_text(Json(name)),
          formatted("one of {}{}", joined(names, ", "), did_you_mean(name, names))};
}

/// Lists the families, their parameters and their expected measurements.
class Families final : public Command {
 public:
  explicit Families(CLI::App& program)
      : Command(program, "families",
                "List the generator families; with NAME, one family's parameters."),
        parameters_(arguments_, "generator") {
    arguments_.add_optional_operand("NAME", "A family.", name_);
    arguments_.add_switch("--truth",
                          "Show the expected measurements of the family with these parameters, and "
                          "their formulas.",
                          show_truth_);
  }

  Result<ExitStatus> run() override {
    const Result<std::string> text = describe();
    if (!text) return tl::unexpected(text.error());
    const Result<void> printed = print(*text);
    if (!printed) return tl::unexpected(printed.error());
    return ExitStatus::done;
  }

 private:
  Result<std::string> describe() {
    const std::size_t width = terminal_width(Stream::output);
    std::vector<Problem> problems = arguments_.store();
    const FamilyEntry* family = find_family(name_);
    if (family == nullptr && !name_.empty()) problems.push_back(unknown_family(name_));
    if (show_truth_ && name_.empty()) problems.push_back({"--truth", {}, "needs a NAME"});
    if (!show_truth_ && parameters_.any()) {
      problems.push_back({"parameters", {}, "are only read with --truth"});
    }
    if (show_truth_) {
      if (family != nullptr) parameters_.set("generator", family->name);
      const Result<Generator> generator = parameters_.generator(std::move(problems));
      if (!generator) return tl::unexpected(generator.error());
      return truth_text(generator->truth(), width);
    }
    if (!problems.empty()) return fail(std::move(problems));
    return family == nullptr ? family_list(width) : family_text(*family, width);
  }

  std::string name_;
  bool show_truth_ = false;
  ParameterFlags parameters_;
};

}  // namespace

std::unique_ptr<Command> make_families(CLI::App& program) {
  return std::make_unique<Families>(program);
}

}  // namespace synthgen::cli
