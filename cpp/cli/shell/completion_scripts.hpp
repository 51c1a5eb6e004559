#pragma once

#include <string>
#include <vector>

#include "described_program.hpp"

namespace synthgen::cli {

/// A script that lets the shell complete commands, flags, their values and operands. `commands` are
/// those of `described`.
std::string bash_completion(const std::vector<DescribedCommand>& commands);
std::string zsh_completion(const std::vector<DescribedCommand>& commands);
std::string fish_completion(const std::vector<DescribedCommand>& commands);

/// The names of the commands without that of the program, separated by `separator`.
std::string command_words(const std::vector<DescribedCommand>& commands,
                          const std::string& separator);

}  // namespace synthgen::cli
