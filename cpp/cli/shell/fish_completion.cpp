#include "synthgen/config/formatted.hpp"

#include "completion_scripts.hpp"

namespace synthgen::cli {
namespace {

std::string fish_text(const std::string& text) {
  return replaced(replaced(first_sentence(text), "\\", "\\\\"), "'", "\\'");
}

/// What is offered for a value or an operand.
std::string fish_values(const std::string& placeholder, const std::vector<std::string>& words) {
  if (!words.empty()) return formatted(" -x -a '{}'", joined(words, " "));
  if (names_directory(placeholder)) return " -x -a '(__fish_complete_directories)'";
  return names_file(placeholder) ? " -r -F" : " -x";
}

}  // namespace

std::string fish_completion(const std::vector<DescribedCommand>& commands) {
  std::string script =
      "# Completions of synthgen for fish: synthgen completions fish\n\ncomplete -c synthgen -f\n";
  for (const DescribedCommand& command : commands) {
    const bool is_program = command.name.empty();
    const std::string when = is_program ? std::string("__fish_use_subcommand")
                                        : formatted("__fish_seen_subcommand_from {}", command.name);
    if (!is_program) {
      script += formatted("complete -c synthgen -n __fish_use_subcommand -a {} -d '{}'\n",
                          command.name, fish_text(command.summary));
    }
    for (const DescribedFlag& flag : command.flags) {
      const std::string values =
          flag.placeholder.empty() ? "" : fish_values(flag.placeholder, flag.words);
      script += formatted("complete -c synthgen -n '{}' -l {}{} -d '{}'\n", when,
                          flag.name.substr(2), values, fish_text(flag.help));
    }
    if (names_file(command.operand) || names_directory(command.operand)) {
      script += formatted("complete -c synthgen -n '{}' -F\n", when);
    }
  }
  return script + formatted("complete -c synthgen -n '__fish_seen_subcommand_from help' -a '{}'\n",
                            command_words(commands, " "));
}

}  // namespace synthgen::cli
