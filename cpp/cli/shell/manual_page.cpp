#include "manual_page.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/version.hpp"

#include <algorithm>
#include <cctype>

namespace synthgen::cli {
namespace {

/// Text that roff prints as it is.
std::string roff(const std::string& text) {
  std::string shown = replaced(replaced(text, "\\", "\\e"), "-", "\\-");
  return shown.starts_with('.') || shown.starts_with('\'') ? "\\&" + shown : shown;
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return text;
}

std::string flag_entry(const DescribedFlag& flag) {
  std::string names = formatted("\\fB{}\\fR", roff(flag.name));
  if (!flag.short_name.empty()) {
    names = formatted("\\fB{}\\fR, {}", roff(flag.short_name), names);
  }
  if (!flag.placeholder.empty()) names += formatted(" \\fI{}\\fR", roff(flag.placeholder));
  return formatted(".TP\n{}\n{}\n", names, roff(flag.help));
}

std::string synopsis(const DescribedCommand& command) {
  if (command.name.empty()) return ".B synthgen\n\\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n";
  std::string text = formatted(".B synthgen {}\n[\\fIOPTIONS\\fR]\n", roff(command.name));
  if (command.operand.empty()) return text;
  return text +
         formatted("[\\fI{}\\fR{}]\n", roff(command.operand), command.operand_repeats ? "..." : "");
}

}  // namespace

std::string manual_name(const DescribedCommand& command) {
  return command.name.empty() ? "synthgen" : "synthgen-" + command.name;
}

std::string manual_page(const DescribedCommand& command,
                        const std::vector<DescribedCommand>& commands) {
  const std::string name = manual_name(command);
  std::string page = formatted(
      ".TH {} 1 \"\" \"synthgen {}\" \"User Commands\"\n.SH NAME\n{} \\- {}\n.SH SYNOPSIS\n{}"
      ".SH DESCRIPTION\n{}\n",
      upper(roff(name)), program_version, roff(name), roff(first_sentence(command.summary)),
      synopsis(command), roff(command.summary));
  if (!command.operand.empty()) {
    page += formatted(".TP\n\\fI{}\\fR\n{}\n", roff(command.operand), roff(command.operand_help));
  }
  std::string group;
  for (const DescribedFlag& flag : command.flags) {
    if (flag.group != group) {
      group = flag.group;
      page += formatted(".SH {}\n", upper(roff(group)));
    }
    page += flag_entry(flag);
  }
  if (!command.name.empty()) return page + ".SH SEE ALSO\n.BR synthgen (1)\n";
  page += ".SH COMMANDS\n";
  std::string pages;
  for (const DescribedCommand& other : commands) {
    if (other.name.empty()) continue;
    page += formatted(".TP\n\\fB{}\\fR\n{}\n", roff(other.name), roff(other.summary));
    pages += formatted("{}.BR {} (1)", pages.empty() ? "" : ",\n", roff(manual_name(other)));
  }
  return page +
         ".SH EXIT STATUS\n0: done. 1: faults found in data. 2: wrong usage or config, or output "
         "that exists. 3: the system refused (files, space, memory). 130: stopped by a signal.\n"
         ".SH SEE ALSO\n" +
         pages + '\n';
}

}  // namespace synthgen::cli
