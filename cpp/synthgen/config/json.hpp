#pragma once

#include "synthgen/config/result.hpp"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace synthgen {

/// JSON value whose objects keep the order in which keys were added.
using Json = nlohmann::ordered_json;

/// Parses a JSON text. `name` is the file's name, or what else the text should be called in errors.
/// Fails (usage) with line, column and reason; a key given twice in one object is a fault too.
Result<Json> parse_json(std::string_view text, std::string_view name);

/// The JSON library's reason for refusing a text, without its own prefix and place, at most 120
/// bytes of it.
std::string parse_error_reason(std::string_view what);

/// The text of a value, compact or with `indent` spaces a level; never fails, invalid UTF-8 is
/// replaced.
std::string to_text(const Json& value, int indent = -1);

/// {kind, message, problems}, for programs.
Json to_json(const Error& error);

/// The beginning of a text as a JSON string, so that what it holds cannot steer a terminal.
std::string quoted_start(std::string_view text);

/// The whole number that a value is: a JSON integer, or a JSON number without a fraction (1e6) that
/// a double holds exactly. None for everything else.
std::optional<std::int64_t> whole_number(const Json& value);

}  // namespace synthgen
