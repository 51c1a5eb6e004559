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
using Found = std::optional<Finding>;

/// One parameter's new value; no parameter if none would help.
struct Change {
  std::string_view parameter;  ///< empty for none
  Json value;
  std::string_view reason;  ///< what the change does, or what to do instead
};

/// One rule: when it applies, what it says and what it would change.
struct AdviceRule {
  std::string_view name;
  std::string_view trouble;  ///< heading, see `Advice`
  std::string_view measure;
  std::string_view message;  ///< with `<value>` and `<threshold>`, or `<value %>`, … as percentages
  Found (*find)(const Situation&);
  Change (*change)(const Situation&);
};

std::span<const AdviceRule> repeat_rules();   ///< about equal sequences
std::span<const AdviceRule> content_rules();  ///< about ids and patterns
std::span<const AdviceRule> size_rules();     ///< about lengths and numbers of sequences

/// Building blocks of rules.
namespace rules {

Found below(std::optional<double> value, double threshold);
Found above(std::optional<double> value, double threshold);

/// Changes to a value, moved into the parameter's range.
Change integer(std::string_view parameter, double value, std::string_view reason);
Change number(std::string_view parameter, double value, std::string_view reason);
Change halved(const Situation& now, std::string_view parameter, std::string_view reason);
Change more_noise(const Situation& now);

double largest(std::string_view parameter);
/// Whether the config's family uses the parameter and its value is above `least`.
bool has(const Situation& now, std::string_view parameter, double least);
bool is_zipf(const Situation& now);
bool is_template(const Situation& now);

}  // namespace rules
}  // namespace synthgen
