#include "synthgen/config/json.hpp"
#include "synthgen/io/output/atomic_file.hpp"

#include <algorithm>
#include <filesystem>

#include "cli/command.hpp"
#include "cli/text/standard_output.hpp"
#include "manual_page.hpp"

namespace synthgen::cli {
namespace {

/// Prints or writes manual pages.
class Manual final : public Command {
 public:
  explicit Manual(CLI::App& program)
      : Command(program, "man",
                "Print the manual page of a command, or of the program, in roff: synthgen man "
                "generate | man -l -") {
    arguments_.add_optional_operand("COMMAND", "A command. Default: the program itself.", command_);
    arguments_.add_text("--output-dir", "DIR",
                        "Write the pages of the program and of all commands to this directory, "
                        "which exists.",
                        output_dir_);
  }

  void meet(const CLI::App& program,
            const std::vector<std::unique_ptr<Command>>& commands) override {
    commands_ = described(program, commands);
  }

  Result<ExitStatus> run() override {
    std::vector<Problem> problems = arguments_.store();
    const auto chosen =
        std::find_if(commands_.begin(), commands_.end(),
                     [&](const DescribedCommand& each) { return each.name == command_; });
    if (chosen == commands_.end()) {
      problems.push_back(
          {"COMMAND", to_text(Json(command_)), "one of the commands that synthgen --help lists"});
    }
    if (!problems.empty()) return fail(std::move(problems));
    const Result<void> done =
        output_dir_.empty() ? print(manual_page(*chosen, commands_)) : write_pages();
    if (!done) return tl::unexpected(done.error());
    return ExitStatus::done;
  }

 private:
  Result<void> write_pages() const {
    for (const DescribedCommand& command : commands_) {
      const std::filesystem::path path =
          std::filesystem::path(output_dir_) / (manual_name(command) + ".1");
      Result<AtomicFile> file = AtomicFile::create(path.string());
      if (!file) return tl::unexpected(file.error());
      const Result<void> written =
          file->write(manual_page(command, commands_)).and_then([&] { return file->commit(); });
      if (!written) return written;
    }
    return {};
  }

  std::vector<DescribedCommand> commands_;
  std::string command_;
  std::string output_dir_;
};

}  // namespace

std::unique_ptr<Command> make_manual(CLI::App& program) {
  return std::make_unique<Manual>(program);
}

}  // namespace synthgen::cli
