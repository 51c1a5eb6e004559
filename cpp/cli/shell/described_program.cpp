#include "described_program.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

namespace synthgen::cli {
namespace {

DescribedFlag described_flag(const CLI::Option& option, const Arguments* arguments) {
  const auto first = [](const std::vector<std::string>& names) {
    return names.empty() ? std::string() : names.front();
  };
  const std::string name = "--" + first(option.get_lnames());
  const std::string letter = first(option.get_snames());
  DescribedFlag flag{name, letter.empty() ? "" : "-" + letter, {}, {}, {}, {}};
  if (option.get_items_expected_max() > 0) flag.placeholder = option.get_type_name();
  flag.group = option.get_group();
  flag.help = option.get_description();
  if (arguments != nullptr) flag.words = arguments->words_of(name);
  return flag;
}

/// `arguments` may be null: the program itself has none.
DescribedCommand described_command(const CLI::App& app, const std::string& name,
                                   const Arguments* arguments) {
  DescribedCommand command{name, app.get_description(), {}, {}, {}, false};
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) {
      command.flags.push_back(described_flag(*option, arguments));
      continue;
    }
    command.operand = option->get_name(true);
    command.operand_help = option->get_description();
    command.operand_repeats = option->get_expected_max() > 1;
  }
  return command;
}

}  // namespace

std::vector<DescribedCommand> described(const CLI::App& program,
                                        const std::vector<std::unique_ptr<Command>>& commands) {
  std::vector<DescribedCommand> all{described_command(program, "", nullptr)};
  for (const std::unique_ptr<Command>& command : commands) {
    const CLI::App& app = command->app();
    all.push_back(described_command(app, app.get_name(), &command->arguments()));
  }
  return all;
}

bool names_file(const std::string& placeholder) {
  constexpr std::array names{"FILE", "FILE|JSON", "REPORT", "DATA"};
  return std::find(names.begin(), names.end(), placeholder) != names.end();
}

bool names_directory(const std::string& placeholder) {
  return placeholder == "DIR";
}

std::string first_sentence(const std::string& text) {
  const std::size_t end = text.find(". ");
  std::string sentence = text.substr(0, end);
  if (end == text.npos && sentence.ends_with('.')) sentence.pop_back();
  return sentence;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace synthgen::cli
