#pragma once

#include "synthgen/config/json.hpp"

#include <string_view>

namespace synthgen {

/// JSON Schema of the value of a parameter of type json; an object or a list of anything where
/// nothing more is known. `#/$defs/element` is an element of a template, `#/$defs/config` a config
/// inside another. A schema of several forms names each by its `title`, and shows it by the first
/// of its `examples`.
Json json_parameter_schema(std::string_view key);

/// What those schemas refer to as `#/$defs/…`.
Json json_schema_definitions();

}  // namespace synthgen
