#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/expect/expected_section.hpp"

#include <optional>
#include <string_view>

namespace synthgen {

struct FamilyEntry;

/// What rules judge: a report, and the config that its data was made with, if known.
class Situation {
 public:
  Situation(const Json& report, const Config* config);

  /// A number of the report; none if it is missing or null.
  std::optional<double> number(const char* name) const;
  /// A member of the report that is no number; null if it is missing.
  const Json* detail(const char* name) const;
  /// What the report expects of its measures.
  const ExpectedSection& expected() const noexcept { return expected_; }

  /// Relative standard error of a number of the report; 0 if it is exact.
  double relative_standard_error(const char* name) const;

  /// Whether the config is known, and its family uses the parameter.
  bool uses(std::string_view parameter) const;
  /// A number among the parameters: the config's, or the default if no config is known.
  double parameter(std::string_view key) const;
  const Config* config() const noexcept { return config_; }

  /// The largest id plus 1, the count of the most frequent id; 0 without ids.
  double ids_end() const noexcept { return ids_end_; }
  double most_frequent() const noexcept { return most_frequent_; }
  /// The chance that two tokens have the same id: sum over ids of p^2; none without ids.
  std::optional<double> equal_pairs() const noexcept { return equal_pairs_; }

 private:
  const Json& report_;
  ExpectedSection expected_;
  const Config* config_;
  const FamilyEntry* family_ = nullptr;
  double ids_end_ = 0;
  double most_frequent_ = 0;
  std::optional<double> equal_pairs_;
};

}  // namespace synthgen
