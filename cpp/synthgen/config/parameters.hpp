#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/config/json_fields.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace synthgen {

/// The names of the generator families, which are the choices of `generator`. They follow from the
/// families' own entries: generate/registry.cpp defines this function.
std::vector<std::string_view> family_names();

/// Where a Config keeps the value; its type is the parameter's type.
using Member = std::variant<std::int64_t Config::*, double Config::*, std::string Config::*,
                            std::vector<std::string> Config::*, std::vector<std::int64_t> Config::*,
                            Json Config::*, bool Config::*>;

/// One allowed word of a choice, with the short name that is accepted for it (may be empty).
struct Choice {
  std::string_view name;
  std::string_view short_name = {};
};

/// How a form should spread a number over a slider.
enum class Scale { linear, logarithmic };

/// One parameter: the single description from which JSON reading and its errors, the JSON Schema,
/// command-line flags, the web form, URL state and reference tables are made.
struct Parameter {
  std::string_view key = {};    ///< snake_case, as in config files and URLs
  std::string_view label = {};  ///< in words, for forms
  Member member = {};
  Json default_value = {};
  double minimum = 0;                ///< for numbers
  double maximum = 0;                ///< for numbers
  std::vector<Choice> choices = {};  ///< for words and lists of words; empty: any
  std::string_view unit = {};        ///< "tokens", "sequences", …; empty for a pure number
  std::string_view group = {};       ///< heading under which forms and help list it
  Scale scale = Scale::linear;
  std::string_view help = {};  ///< meaning, edge cases

  /// "integer", "number", "word", "words", "integers", "json" or "boolean".
  std::string_view type() const;
  /// Whether it has a value when none is given.
  bool has_default() const { return !default_value.is_null() && default_value != ""; }
  /// The accepted values in words, e.g. "an integer from 2 to 2147483647".
  std::string allowed() const;
  /// The value in a config, as JSON.
  Json get(const Config& config) const;
  /// Stores a JSON value; the problem when it is not allowed (nothing is stored then).
  std::vector<Problem> set(Config& config, const Json& value) const;
  /// The same for a value inside other JSON; adds to the field's problems.
  bool set(Config& config, const JsonField& value) const;
};

/// The table, in the order in which forms and help show it.
std::span<const Parameter> parameters();

/// The parameter with that key, or null.
const Parameter* find_parameter(std::string_view key);

}  // namespace synthgen
