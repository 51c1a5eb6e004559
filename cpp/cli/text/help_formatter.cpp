#include "help_formatter.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>

#include "terminal.hpp"

namespace synthgen::cli {
namespace {

constexpr std::size_t description_column = 32;

/// A description in lines that fit after `indent` columns.
std::string description_lines(const std::string& description, std::size_t indent) {
  constexpr std::size_t narrowest = 30;
  constexpr std::size_t widest = 100;
  const std::size_t width = std::min(terminal_width(Stream::output), widest);
  const std::size_t room = width > indent + narrowest ? width - indent : narrowest;
  return CLI::detail::join(wrapped(description, room), "\n");
}

}  // namespace

HelpFormatter::HelpFormatter() {
  column_width(description_column);
  label("SUBCOMMAND", "COMMAND");
}

std::string HelpFormatter::make_help(const CLI::App* app, std::string name,
                                     CLI::AppFormatMode mode) const {
  std::string text = Formatter::make_help(app, name, mode);
  return CLI::detail::find_and_replace(std::move(text), "\n\n\n", "\n\n");
}

std::string HelpFormatter::make_description(const CLI::App* app) const {
  return description_lines(app->get_description(), 0) + '\n';
}

std::string HelpFormatter::make_subcommand(const CLI::App* command) const {
  std::ostringstream out;
  CLI::detail::format_help(out, command->get_name(),
                           description_lines(command->get_description(), description_column),
                           description_column);
  return out.str();
}

std::string HelpFormatter::make_option_desc(const CLI::Option* option) const {
  return description_lines(option->get_description(), description_column);
}

std::string HelpFormatter::make_option_opts(const CLI::Option* option) const {
  return option->get_type_name().empty() ? std::string() : ' ' + option->get_type_name();
}

}  // namespace synthgen::cli
