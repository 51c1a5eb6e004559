#pragma once

#include "synthgen/config/json.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace synthgen {

/// Reads a report's section `expected`, see `expected_measures`; a view, which the report outlives.
/// A report without the section expects nothing.
class ExpectedSection {
 public:
  explicit ExpectedSection(const Json& report) {
    const auto section = report.find("expected");
    if (section != report.end() && section->is_object()) entries_ = &*section;
  }

  /// What is expected of a measure, in the form of its value; null if nothing is.
  const Json& value(std::string_view measure) const { return part(measure, "value"); }
  /// A single expected number; none if nothing or more than a number is expected.
  std::optional<double> number(std::string_view measure) const { return as_number(value(measure)); }
  /// The standard error of a single expected number that is an estimate; none in closed form.
  std::optional<double> standard_error(std::string_view measure) const {
    return as_number(part(measure, "standard_error"));
  }

 private:
  static std::optional<double> as_number(const Json& value) {
    return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
  }
  const Json& part(std::string_view measure, const char* name) const {
    static const Json none;
    if (entries_ == nullptr) return none;
    const auto entry = entries_->find(measure);
    if (entry == entries_->end() || !entry->is_object()) return none;
    const auto found = entry->find(name);
    return found == entry->end() ? none : *found;
  }

  const Json* entries_ = nullptr;
};

}  // namespace synthgen
