#include "synthgen/config/config_json.hpp"

#include "cli/command.hpp"
#include "cli/text/standard_output.hpp"

namespace synthgen::cli {
namespace {

/// Prints what a config file may contain, as JSON Schema.
class Schema final : public Command {
 public:
  explicit Schema(CLI::App& program)
      : Command(program, "schema", "Print the JSON Schema of a config file.") {}

  Result<ExitStatus> run() override {
    std::vector<Problem> problems = arguments_.store();
    if (!problems.empty()) return fail(std::move(problems));
    const Result<void> printed = print(to_text(config_schema(), 2) + '\n');
    if (!printed) return tl::unexpected(printed.error());
    return ExitStatus::done;
  }
};

}  // namespace

std::unique_ptr<Command> make_schema(CLI::App& program) {
  return std::make_unique<Schema>(program);
}

}  // namespace synthgen::cli
