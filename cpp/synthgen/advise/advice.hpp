#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/json.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// Something in a report that tends to make training fail or teach nothing, and one parameter that
/// would better it, where one would.
struct Advice {
  std::string_view rule;     ///< e.g. "low_entropy"
  std::string_view trouble;  ///< "low diversity", "poor patterns", "memory issues", …
  std::string_view measure;  ///< what in the report, or in the config, triggered it
  double value = 0;          ///< of the measure
  double threshold = 0;      ///< what the value should not pass
  std::string message;       ///< a sentence with the number, and one with the change
  std::string parameter;     ///< the parameter to change; empty where none would help
  Json change;               ///< its new value; null without one
};

/// What to do about a report of the analyzer: the seed document's "Troubleshooting" and "Best
/// practices" as rules over its measures. `config` is the one that the data was made with, null
/// where it is not known: then only what the data alone shows is judged, and changes are from the
/// defaults. Measures that are not in the report trigger nothing.
std::vector<Advice> advise(const Json& report, const Config* config = nullptr);

/// A list of {rule, trouble, measure, value, threshold, message, parameter, change: {parameter:
/// value}}; `change` is empty where no parameter would help.
Json to_json(const std::vector<Advice>& advice);

/// The names of all rules.
std::vector<std::string_view> advice_rules();

}  // namespace synthgen
