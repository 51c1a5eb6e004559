#include "synthgen/config/formatted.hpp"

#include "completion_scripts.hpp"

namespace synthgen::cli {
namespace {

/// What completes the word after `flag`; empty where nothing does, as for numbers.
std::string bash_value(const DescribedFlag& flag) {
  if (!flag.words.empty()) {
    return formatted("_synthgen_words '{}'", joined(flag.words, " "));
  }
  if (names_directory(flag.placeholder)) return "_synthgen_files -d";
  return names_file(flag.placeholder) ? "_synthgen_files -f" : "";
}

std::string bash_flags(const DescribedCommand& command) {
  std::string flags;
  for (const DescribedFlag& flag : command.flags) {
    flags += (flags.empty() ? "" : " ") + flag.name;
  }
  return flags;
}

}  // namespace

std::string command_words(const std::vector<DescribedCommand>& commands,
                          const std::string& separator) {
  std::string words;
  for (const DescribedCommand& command : commands) {
    if (command.name.empty()) continue;
    words += (words.empty() ? "" : separator) + command.name;
  }
  return words;
}

std::string bash_completion(const std::vector<DescribedCommand>& commands) {
  std::string script = R"(# Completions of synthgen for bash: synthgen completions bash

_synthgen_words() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$word")
}

_synthgen_files() {
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen "$1" -- "$word")
}

_synthgen() {
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}
  COMPREPLY=()
  # --flag=value is three words here.
  if [[ $word == = ]]; then
    word=
  elif [[ $previous == = ]]; then
    previous=${COMP_WORDS[COMP_CWORD-2]}
  fi
)";
  const std::string names = command_words(commands, " ");
  script += formatted(
      "  if ((COMP_CWORD == 1)); then\n"
      "    _synthgen_words '{} help version {}'\n    return\n  fi\n",
      names, bash_flags(commands.front()));
  std::string values;
  std::string flags = formatted("    help) _synthgen_words '{}' ;;\n", names);
  for (const DescribedCommand& command : commands) {
    if (command.name.empty()) continue;
    for (const DescribedFlag& flag : command.flags) {
      if (flag.placeholder.empty()) continue;
      const std::string value = bash_value(flag);
      values += formatted("    '{} {}') {}{};;\n", command.name, flag.name, value,
                          value.empty() ? "" : "; return ");
    }
    flags += formatted(
        "    {})\n      if [[ $word == -* ]]; then\n"
        "        _synthgen_words '{}'\n",
        command.name, bash_flags(command));
    if (names_directory(command.operand)) flags += "      else\n        _synthgen_files -d\n";
    if (names_file(command.operand)) flags += "      else\n        _synthgen_files -f\n";
    flags += "      fi\n      ;;\n";
  }
  // After a flag with a value of another kind nothing is offered.
  values = replaced(std::move(values), ") ;;", ") return ;;");
  return script + "  case \"$command $previous\" in\n" + values + "  esac\n  case $command in\n" +
         flags + "  esac\n}\n\ncomplete -F _synthgen synthgen\n";
}

}  // namespace synthgen::cli
