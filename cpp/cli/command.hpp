#pragma once

#include "synthgen/config/result.hpp"

#include <CLI/App.hpp>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include "cli/flags/arguments.hpp"
#include "exit_status.hpp"

namespace synthgen::cli {

/// A subcommand: its flags and what it does with them.
class Command {
 public:
  Command(CLI::App& program, const std::string& name, const std::string& summary)
      : app_(*program.add_subcommand(name, summary)) {
    app_.allow_extras();  // Arguments::store reports them
    app_.group("Commands");
    app_.get_help_ptr()->description("Print this help and exit");
  }
  virtual ~Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;

  bool chosen() const { return app_.parsed(); }
  std::string name() const { return "synthgen " + app_.get_name(); }
  CLI::App& app() const { return app_; }
  const Arguments& arguments() const { return arguments_; }

  /// Called before `run` with all commands, for those that describe others.
  virtual void meet(const CLI::App& /*program*/,
                    const std::vector<std::unique_ptr<Command>>& /*commands*/) {}

  /// Runs it after parsing; the caller reports an error.
  virtual Result<ExitStatus> run() = 0;

 protected:
  /// Writes a message for the user, on stderr.
  void say(std::string_view line) const { complain(name(), line); }

 private:
  CLI::App& app_;

 protected:
  Arguments arguments_{app_};
};

std::unique_ptr<Command> make_generate(CLI::App& program);
std::unique_ptr<Command> make_preview(CLI::App& program);
std::unique_ptr<Command> make_analyze(CLI::App& program);
std::unique_ptr<Command> make_validate(CLI::App& program);
std::unique_ptr<Command> make_convert(CLI::App& program);
std::unique_ptr<Command> make_curriculum(CLI::App& program);
std::unique_ptr<Command> make_verify(CLI::App& program);
std::unique_ptr<Command> make_merge(CLI::App& program);
std::unique_ptr<Command> make_eval(CLI::App& program);
std::unique_ptr<Command> make_audit(CLI::App& program);
std::unique_ptr<Command> make_families(CLI::App& program);
std::unique_ptr<Command> make_presets(CLI::App& program);
std::unique_ptr<Command> make_measures(CLI::App& program);
std::unique_ptr<Command> make_schema(CLI::App& program);
std::unique_ptr<Command> make_completions(CLI::App& program);
std::unique_ptr<Command> make_manual(CLI::App& program);

/// Every subcommand, in the order in which help lists them.
inline constexpr std::array command_makers{
    &make_generate,   &make_preview, &make_analyze,     &make_validate,
    &make_curriculum, &make_convert, &make_verify,      &make_merge,
    &make_eval,       &make_audit,   &make_families,    &make_presets,
    &make_measures,   &make_schema,  &make_completions, &make_manual};

}  // namespace synthgen::cli
