#include "program.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/parameters.hpp"
#include "synthgen/dataset/manifest.hpp"
#include "synthgen/random/stream.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fcntl.h>
#include <new>
#include <optional>

#include "cli/text/help_formatter.hpp"
#include "cli/text/standard_output.hpp"
#include "command.hpp"
#include "exit_status.hpp"
#include "stop_signals.hpp"

namespace synthgen::cli {
namespace {

/// If a standard stream is closed, the next opened file would take its place and get the messages
/// meant for the terminal. Opens such a stream for reading, so that writes fail instead.
void reserve_standard_streams() {
  for (int descriptor = 0; descriptor < 3; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) == -1) ::open("/dev/null", O_RDONLY);
  }
}

std::vector<std::string> command_names(const CLI::App& program) {
  std::vector<std::string> names;
  for (const CLI::App* command : program.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

/// The words of the call; `help COMMAND` becomes `COMMAND --help`, and `version` becomes
/// `--version`.
std::vector<std::string> words_of(int argc, const char* const* argv, const CLI::App& program) {
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  if (words == std::vector<std::string>{"version"}) return {"--version"};
  if (words.empty() || words.front() != "help") return words;
  words.erase(words.begin());
  if (words.empty()) return {"--help"};
  const std::vector<std::string> names = command_names(program);
  if (std::find(names.begin(), names.end(), words.front()) != names.end()) {
    words.emplace_back("--help");
  }
  return words;
}

/// The words in reverse order, as the parser wants them. `--flag=` becomes the flag and an empty
/// word, because the parser would otherwise take the next word for the value.
std::vector<std::string> reversed(const std::vector<std::string>& given) {
  std::vector<std::string> words;
  for (std::string word : given) {
    if (word.starts_with("--") && word.size() > 3 && word.find('=') == word.size() - 1) {
      word.pop_back();
      words.push_back(word);
      words.emplace_back();
    } else {
      words.push_back(std::move(word));
    }
  }
  std::reverse(words.begin(), words.end());
  return words;
}

/// The parser's error in this program's words: a flag without its value, or a switch with one.
std::string explain(const CLI::ParseError& error) {
  const std::string what = error.what();
  if (error.get_name() != "ArgumentMismatch") return what;
  std::string flag = what.substr(0, what.find_first_of(": "));
  flag.erase(0, flag.find_first_not_of('-'));
  const bool is_switch = what.find("flag override") != what.npos;
  return formatted("--{}: {}", flag, is_switch ? "takes no value" : "needs a value");
}

/// The problem of the words before a command, or in place of one; none if there is no problem.
std::optional<Problem> misplaced_word(const CLI::App& program) {
  const std::vector<std::string> words = program.remaining();
  if (words.empty() && !program.get_subcommands().empty()) return std::nullopt;
  if (!words.empty() && words.front().starts_with("-")) {
    return unknown_flag(words.front(), {"--help", "--version"});
  }
  const std::vector<std::string> names = command_names(program);
  const std::string list = formatted("one of {}", joined(names, ", "));
  if (words.empty()) return Problem{"a command is missing; " + list, {}, {}};
  const std::vector<std::string_view> known(names.begin(), names.end());
  const std::string near = nearest(words.front(), known);
  return Problem{to_text(Json(words.front())),
                 {},
                 formatted("is not a known command; {}",
                           near.empty() ? list : formatted("did you mean {}?", near))};
}

ExitStatus report(std::string_view command, const Error& error) {
  complain(command, error.message);
  return exit_status(error.kind);
}

/// Runs `work`; an exception of the standard library (out of memory) becomes a message.
template <class Work>
ExitStatus guarded(std::string_view command, const Work& work) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    complain(command, "out of memory");
  } catch (const std::exception& error) {
    complain(command, formatted("internal error: {}", error.what()));
  }
  return ExitStatus::io;
}

ExitStatus print_or_report(std::string_view text) {
  const Result<void> printed = print(text);
  return printed ? ExitStatus::done : report("synthgen", printed.error());
}

ExitStatus run(int argc, const char* const* argv) {
  CLI::App program("Synthetic token sequences with known structure.", "synthgen");
  program.formatter(std::make_shared<HelpFormatter>());
  program.get_help_ptr()->description("Print this help and exit");
  program.set_version_flag(
      "--version", formatted("synthgen {} (stream version {})", program_version, stream_version),
      "Print the version of the program and of its random streams, and exit");
  program.footer("synthgen help COMMAND prints the help of a command.");
  program.allow_extras();
  program.require_subcommand(1);
  std::vector<std::unique_ptr<Command>> commands;
  for (const auto make : command_makers) commands.push_back(make(program));

  std::string name = "synthgen";
  try {
    program.parse(reversed(words_of(argc, argv, program)));
  } catch (const CLI::CallForHelp&) {
    return print_or_report(program.help());
  } catch (const CLI::CallForVersion& version) {
    return print_or_report(std::string(version.what()) + '\n');
  } catch (const CLI::RequiredError&) {
    // No command: misplaced_word reports what is in its place.
  } catch (const CLI::ParseError& error) {
    for (const auto& command : commands) {
      if (command->chosen()) name = command->name();
    }
    return report(name, {ErrorKind::usage, explain(error), {}});
  }
  if (const std::optional<Problem> problem = misplaced_word(program)) {
    return report(name, {ErrorKind::usage, problem->text(), {}});
  }
  const auto chosen = std::find_if(commands.begin(), commands.end(),
                                   [](const auto& command) { return command->chosen(); });
  name = (*chosen)->name();
  (*chosen)->meet(program, commands);
  return guarded(name, [&] {
    const Result<ExitStatus> status = (*chosen)->run();
    return status ? *status : report(name, status.error());
  });
}

}  // namespace

int run_program(int argc, const char* const* argv) noexcept {
  reserve_standard_streams();
  report_write_signals_as_errors();
  return static_cast<int>(guarded("synthgen", [&] { return run(argc, argv); }));
}

}  // namespace synthgen::cli
