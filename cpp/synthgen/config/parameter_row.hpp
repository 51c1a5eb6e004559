#pragma once

#include "synthgen/config/parameters.hpp"

#include <cstdint>
#include <limits>
#include <string_view>

namespace synthgen {

/// What a parameter is by default: null, a number, a truth value, or a text that is the word itself
/// or the words of a list with commas between them.
struct ParameterDefault {
  enum class Kind : std::uint8_t { null, integer, real, boolean, text };

  Kind kind = Kind::null;
  double number = 0;
  std::string_view text = {};

  constexpr ParameterDefault() = default;
  constexpr ParameterDefault(int value) : kind(Kind::integer), number(value) {}
  constexpr ParameterDefault(double value) : kind(Kind::real), number(value) {}
  constexpr ParameterDefault(bool value) : kind(Kind::boolean), number(value ? 1 : 0) {}
  constexpr ParameterDefault(const char* value) : kind(Kind::text), text(value) {}
};

/// A parameter as the table's files have it: plain data, which takes a third of the room of code
/// that makes it. The members are those of Parameter.
struct ParameterRow {
  std::string_view key = {};
  std::string_view label = {};
  Member member = {};
  ParameterDefault default_value = {};
  double minimum = 0;
  double maximum = 0;
  std::string_view choices = {};  ///< `name` or `name:short_name` with commas between them
  std::string_view unit = {};
  std::string_view group = {};
  Scale scale = Scale::linear;
  std::string_view help = {};
};

}  // namespace synthgen
