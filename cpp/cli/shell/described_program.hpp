#pragma once

#include <CLI/App.hpp>
#include <memory>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace synthgen::cli {

/// A flag as help, manual pages and completions describe it.
struct DescribedFlag {
  std::string name;         ///< "--format"
  std::string short_name;   ///< "-h"; mostly empty
  std::string placeholder;  ///< of its value; empty for a switch
  std::string group;        ///< under which heading help lists it
  std::string help;
  std::vector<std::string> words;  ///< its possible values, where these are few words
};

struct DescribedCommand {
  std::string name;  ///< "generate"; empty for the program itself
  std::string summary;
  std::vector<DescribedFlag> flags;
  std::string operand;  ///< its placeholder; empty without one
  std::string operand_help;
  bool operand_repeats = false;
};

/// The program, then its commands, as the parser describes them.
std::vector<DescribedCommand> described(const CLI::App& program,
                                        const std::vector<std::unique_ptr<Command>>& commands);

/// Whether a placeholder stands for the name of a file or directory.
bool names_file(const std::string& placeholder);
bool names_directory(const std::string& placeholder);

/// The first sentence of a description, without its full stop.
std::string first_sentence(const std::string& text);

/// `text` with every `from` replaced.
std::string replaced(std::string text, const std::string& from, const std::string& to);

}  // namespace synthgen::cli
