#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <array>

#include "cli/command.hpp"
#include "cli/text/standard_output.hpp"
#include "completion_scripts.hpp"

namespace synthgen::cli {
namespace {

struct Shell {
  std::string_view name;
  std::string (*script)(const std::vector<DescribedCommand>&);
};

constexpr std::array shells{Shell{"bash", bash_completion}, Shell{"zsh", zsh_completion},
                            Shell{"fish", fish_completion}};

/// Prints what lets a shell complete this program's commands and flags.
class Completions final : public Command {
 public:
  explicit Completions(CLI::App& program)
      : Command(program, "completions",
                "Print a script that completes commands and flags in bash, zsh or fish.") {
    arguments_.add_optional_operand(
        "SHELL", "bash, zsh or fish. For this session: source <(synthgen completions bash)",
        shell_);
  }

  void meet(const CLI::App& program,
            const std::vector<std::unique_ptr<Command>>& commands) override {
    commands_ = described(program, commands);
  }

  Result<ExitStatus> run() override {
    std::vector<Problem> problems = arguments_.store();
    const auto* const shell = std::find_if(shells.begin(), shells.end(),
                                           [&](const Shell& each) { return each.name == shell_; });
    if (shell == shells.end()) {
      problems.push_back({"SHELL", to_text(Json(shell_)), "one of bash, zsh, fish"});
    }
    if (!problems.empty()) return fail(std::move(problems));
    const Result<void> printed = print(shell->script(commands_));
    if (!printed) return tl::unexpected(printed.error());
    return ExitStatus::done;
  }

 private:
  std::vector<DescribedCommand> commands_;
  std::string shell_;
};

}  // namespace

std::unique_ptr<Command> make_completions(CLI::App& program) {
  return std::make_unique<Completions>(program);
}

}  // namespace synthgen::cli
