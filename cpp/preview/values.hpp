// Values as they cross between a page and the core: tagged bytes instead of JSON text, which would
// need a parser on the way in and a printer on the way out.
//
// A tag byte, then what belongs to it, little-endian: 'n', 't' and 'f' stand for null, true and
// false; 'i' is followed by a 64-bit integer, 'd' by a double, 's' by a 32-bit length and UTF-8;
// 'a' and 'o' by a 32-bit count and so many values, in 'o' each behind its key, a string without
// tag.

#pragma once

#include "synthgen/config/json.hpp"

#include <string>
#include <string_view>

namespace synthgen::preview {

/// The value in the bytes, which the page's own writer has made.
Json read_value(std::string_view bytes);

/// The bytes of a value; numbers that are not finite become null.
std::string value_bytes(const Json& value);

}  // namespace synthgen::preview
