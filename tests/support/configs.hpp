#pragma once

#include "synthgen/config/config_json.hpp"
#include "synthgen/generate/generator.hpp"

#include <stdexcept>
#include <string_view>

namespace synthgen::testing {

/// The value of a result that a test takes for granted; its error fails the test.
template <class T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

inline void value_of(const Result<void>& result) {
  if (!result) throw std::runtime_error(result.error().message);
}

/// The config that a JSON text means.
inline Config config_of(std::string_view text) {
  return value_of(parse_config(text, "config"));
}

/// The generator of the config that a JSON text means.
inline Generator generator_of(std::string_view text) {
  return value_of(Generator::create(config_of(text)));
}

/// The generator of one config with some keys given other values.
inline Generator generator_of(std::string_view text, const Json& changes) {
  Json object = value_of(parse_json(text, "config"));
  object.update(changes);
  return value_of(Generator::create(value_of(read_config(object))));
}

}  // namespace synthgen::testing
