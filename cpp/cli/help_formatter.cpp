#include "help_formatter.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "terminal.hpp"

namespace synthgen::cli {
namespace {

constexpr std::size_t description_column = 32;

}  // namespace

HelpFormatter::HelpFormatter() {
  column_width(description_column);
}

std::string HelpFormatter::make_help(const CLI::App* app, std::string name,
                                     CLI::AppFormatMode mode) const {
  std::string text = Formatter::make_help(app, name, mode);
  return CLI::detail::find_and_replace(std::move(text), "\n\n\n", "\n\n");
}

std::string HelpFormatter::make_option_desc(const CLI::Option* option) const {
  constexpr std::size_t narrowest = 30;
  constexpr std::size_t widest = 100;
  const std::size_t width = std::min(terminal_width(Stream::output), widest);
  const std::size_t room =
      width > description_column + narrowest ? width - description_column : narrowest;
  return CLI::detail::join(wrapped(option->get_description(), room), "\n");
}

std::string HelpFormatter::make_option_opts(const CLI::Option* option) const {
  return option->get_type_name().empty() ? std::string() : ' ' + option->get_type_name();
}

}  // namespace synthgen::cli
