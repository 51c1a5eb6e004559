#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/json.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace synthgen {

/// What a rule looks at: a report, and the config that its data was made with, where it is known.
class Situation {
 public:
  Situation(const Json& report, const Config* config);

  /// A number of the report; none when it is missing or null.
  std::optional<double> number(const char* name) const;
  /// A member of the report that is no number; null when it is missing.
  const Json* detail(const char* name) const;

  /// Whether the config is known, and its family uses the parameter.
  bool uses(std::string_view parameter) const;
  /// A number among the parameters: the config's, or the default where no config is known.
  double parameter(std::string_view key) const;
  const Config* config() const noexcept { return config_; }

  /// The largest id plus 1, the count of the most frequent id; 0 without ids.
  double ids_end() const noexcept { return ids_end_; }
  double most_frequent() const noexcept { return most_frequent_; }

 private:
  const Json& report_;
  const Config* config_;
  unsigned family_ = 0;
  double ids_end_ = 0;
  double most_frequent_ = 0;
};

/// A measure's value on the wrong side of a threshold.
struct Finding {
  double value = 0;
  double threshold = 0;
};

/// One parameter's new value.
struct Change {
  std::string_view parameter;
  Json value;
  std::string_view reason;  ///< what the change does
};

/// One rule: when it speaks, what it says, what it would change.
struct AdviceRule {
  std::string_view name;
  std::string_view trouble;  ///< the heading in the seed document
  std::string_view measure;
  std::string_view message;  ///< with `<value>` and `<threshold>`
  std::optional<Finding> (*find)(const Situation&);
  Change (*change)(const Situation&);
};

std::span<const AdviceRule> rules_of_advice();

}  // namespace synthgen
