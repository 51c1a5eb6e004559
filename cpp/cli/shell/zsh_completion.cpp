#include "synthgen/config/formatted.hpp"

#include "completion_scripts.hpp"

namespace synthgen::cli {
namespace {

/// A text inside of single quotes.
std::string zsh_text(const std::string& text) {
  return replaced(text, "'", "'\\''");
}

/// The same where brackets and colons mean something.
std::string zsh_description(const std::string& help) {
  std::string text = first_sentence(help);
  for (const char* special : {"[", "]", ":"}) {
    text = replaced(std::move(text), special, "\\" + std::string(special));
  }
  return zsh_text(text);
}

/// How the value of this placeholder is completed.
std::string zsh_action(const std::string& placeholder, const std::vector<std::string>& words) {
  if (!words.empty()) return formatted("({})", joined(words, " "));
  if (names_directory(placeholder)) return "_files -/";
  return names_file(placeholder) ? "_files" : " ";
}

std::string zsh_flag(const DescribedFlag& flag) {
  const std::string help = zsh_description(flag.help);
  if (flag.placeholder.empty()) return formatted("'{}[{}]'", flag.name, help);
  return formatted("'{}=[{}]:{}:{}'", flag.name, help, flag.placeholder,
                   zsh_action(flag.placeholder, flag.words));
}

}  // namespace

std::string zsh_completion(const std::vector<DescribedCommand>& commands) {
  std::string list;
  std::string cases;
  for (const DescribedCommand& command : commands) {
    if (command.name.empty()) continue;
    list += formatted("    '{}:{}'\n", command.name, zsh_text(first_sentence(command.summary)));
    cases += formatted("    {})\n      _arguments -S", command.name);
    for (const DescribedFlag& flag : command.flags) cases += " \\\n        " + zsh_flag(flag);
    if (!command.operand.empty()) {
      cases += formatted(" \\\n        '{}:{}:{}'", command.operand_repeats ? "*" : "1",
                         command.operand, zsh_action(command.operand, {}));
    }
    cases += "\n      ;;\n";
  }
  return R"(#compdef synthgen
# Completions of synthgen for zsh: synthgen completions zsh

_synthgen() {
  local -a commands
  commands=(
)" + list +
         R"(    'help:Print the help of a command'
    'version:Print the version'
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  shift words
  (( CURRENT-- ))
  case $words[1] in
    help) (( CURRENT == 2 )) && _describe command commands ;;
)" + cases +
         R"(  esac
}

_synthgen "$@"
)";
}

}  // namespace synthgen::cli
