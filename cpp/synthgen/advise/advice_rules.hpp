#pragma once

#include "synthgen/advise/situation.hpp"
#include "synthgen/config/json.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace synthgen {

/// A measure's value on the wrong side of a threshold.
struct Finding {
  double value = 0;
  double threshold = 0;
};

/// One parameter's new value; or none, where no parameter would help.
struct Change {
  std::string_view parameter;  ///< empty for none
  Json value;
  std::string_view reason;  ///< what the change does, or what else to do
};

/// One rule: when it speaks, what it says, what it would change.
struct AdviceRule {
  std::string_view name;
  std::string_view trouble;  ///< the heading in the seed document
  std::string_view measure;
  std::string_view message;  ///< with `<value>` and `<threshold>`, or as shares `<value %>`, …
  std::optional<Finding> (*find)(const Situation&);
  Change (*change)(const Situation&);
};

std::span<const AdviceRule> rules_of_advice();

}  // namespace synthgen
