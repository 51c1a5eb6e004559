#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/config/parameters.hpp"

#include <string>
#include <string_view>

namespace synthgen::cli {

/// The number that a text means (`5`, `-3`, `.5`, `1e6`, `10k`, `1.5M`, `1_000`), or else the text
/// as a JSON string, so that a later check shows what was given.
Json number_from_text(const std::string& text);

/// A flag's text as the value that a config file would have for that parameter: lists are
/// comma-separated; a JSON value is given in place or as the name of the file that holds it. Fails
/// (usage, io) if that file or its JSON cannot be read.
Result<Json> value_from_text(const Parameter& parameter, const std::string& text);

/// A parameter's default as its flag takes it; "all" for all words of a list; empty if there is
/// none.
std::string default_text(const Parameter& parameter);

/// "--vocab-size" for "vocab_size".
std::string flag_name(std::string_view key);

}  // namespace synthgen::cli
