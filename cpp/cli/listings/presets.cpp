#include "synthgen/generate/presets.hpp"

#include "synthgen/config/formatted.hpp"

#include <vector>

#include "cli/command.hpp"
#include "cli/text/standard_output.hpp"
#include "cli/text/terminal.hpp"
#include "cli/text/text_table.hpp"

namespace synthgen::cli {
namespace {

using Align = TextTable::Align;

std::string preset_list(std::size_t width) {
  TextTable table({Align::left, Align::left});
  for (const Preset& preset : presets()) table.add({preset.name, preset.summary});
  return table.text(0, width);
}

std::string preset_text(const Preset& preset, std::size_t width) {
  TextTable table({Align::left, Align::left});
  table.add({"config", to_text(preset.config)});
  table.add({"citation", preset.citation});
  table.add({"reference", preset.reference});
  table.add({"floor", preset.floor});
  table.add({"shortcuts", preset.shortcuts});
  if (!preset.counterpart.empty()) table.add({"see also", preset.counterpart});
  return formatted("{}: {}\n\n", preset.name, preset.summary) + table.text(0, width);
}

/// Lists the presets, or shows one.
class Presets final : public Command {
 public:
  explicit Presets(CLI::App& program)
      : Command(program, "presets",
                "List the presets; with NAME, what one sets, its source, its floor and its "
                "shortcuts.") {
    arguments_.add_optional_operand("NAME", "A preset.", name_);
    arguments_.add_switch("--json", "Print JSON instead of text.", as_json_);
  }

  Result<ExitStatus> run() override {
    std::vector<Problem> problems = arguments_.store();
    if (!name_.empty()) {
      if (const Result<Json> known = with_preset(name_, {}); !known) {
        problems.push_back(known.error().problems.front());
        problems.back().key = "NAME";
      }
    }
    if (!problems.empty()) return fail(std::move(problems));
    const Result<void> printed = print(as_json_ ? to_text(chosen(), 2) + '\n' : text());
    if (!printed) return tl::unexpected(printed.error());
    return ExitStatus::done;
  }

 private:
  std::string text() const {
    const std::size_t width = terminal_width(Stream::output);
    return name_.empty() ? preset_list(width) : preset_text(*find_preset(name_), width);
  }

  Json chosen() const {
    Json table = preset_table();
    if (name_.empty()) return table;
    for (Json& row : table) {
      if (row["name"] == name_) return std::move(row);
    }
    return {};
  }

  std::string name_;
  bool as_json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_presets(CLI::App& program) {
  return std::make_unique<Presets>(program);
}

}  // namespace synthgen::cli
