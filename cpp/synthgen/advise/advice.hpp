#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/json.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// Something in a report that tends to make training fail or teach nothing, and one parameter
/// change that would improve it, if there is one.
struct Advice {
  std::string_view rule;     ///< e.g. "low_entropy"
  std::string_view trouble;  ///< "low diversity", "poor patterns", "memory issues", …
  std::string_view measure;  ///< member of the report or the config that triggered it
  double value = 0;          ///< of the measure
  double threshold = 0;      ///< limit that the value has passed
  std::string message;       ///< a sentence with the number, and one with the change
  std::string parameter;     ///< the parameter to change; empty if none would help
  Json change;               ///< its new value; null without one
};

/// Advice on a report of the analyzer, from rules over its measures and what is expected of them.
/// `config` is the one that the data was made with; null if unknown: the rules then judge only the
/// data, and changes start from the defaults. Measures that are not in the report trigger nothing.
std::vector<Advice> advise(const Json& report, const Config* config = nullptr);

/// A list of {rule, trouble, measure, value, threshold, message, parameter, change: {parameter:
/// value}}; `change` is empty if no parameter would help.
Json to_json(const std::vector<Advice>& advice);

/// The names of all rules.
std::vector<std::string_view> advice_rules();

}  // namespace synthgen
