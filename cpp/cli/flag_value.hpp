#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/config/parameters.hpp"

#include <string>
#include <string_view>

namespace synthgen::cli {

/// The number that a text means (`5`, `-3`, `.5`, `1e6`); a JSON string of the text itself where
/// it means none, so that the check behind it names what was given.
Json number_from_text(const std::string& text);

/// A flag's text as the value that a config file would have for that parameter: lists are
/// comma-separated; a JSON value is given in place or as the name of the file that holds it. Fails
/// (usage, io) where that file or its JSON cannot be read.
Result<Json> value_from_text(const Parameter& parameter, const std::string& text);

/// A parameter's default for people, as its flag takes it; "all" for all words of a list; empty
/// where there is none.
std::string default_text(const Parameter& parameter);

/// "--vocab-size" for "vocab_size".
std::string flag_name(std::string_view key);

}  // namespace synthgen::cli
