#include "expected_text.hpp"

#include <algorithm>
#include <vector>

#include "analysis_details.hpp"
#include "cli/text/format_text.hpp"
#include "text_table.hpp"

namespace synthgen::cli {

std::string expected_text(const ExpectedSection& expected, std::string_view measure) {
  const Json& value = expected.value(measure);
  if (!value.is_number()) return {};
  const double error = expected.standard_error(measure).value_or(0);
  return error > 0 ? format_text("{} ± {:.2g}", number_text(value), error) : number_text(value);
}

std::string expected_formulas(const Json& expected, const AnalysisView& view) {
  struct Group {
    bool simulated;
    std::string formula;
    std::string names;
  };
  std::vector<Group> groups;
  for (const auto& [name, entry] : expected.items()) {
    const Group own{entry.contains("standard_error"), entry["formula"].get<std::string>(), name};
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const Group& group) {
      return group.formula == own.formula;
    });
    if (same == groups.end()) {
      groups.push_back(own);
    } else {
      same->names += ", " + name;
    }
  }
  TextTable table({TextTable::Align::left, TextTable::Align::left});
  for (const Group& group : groups) {
    table.add({group.simulated ? "simulated" : "closed form", group.names + ": " + group.formula});
  }
  return "\nexpected\n" + table.text(2, view.width);
}

}  // namespace synthgen::cli
