#pragma once

#include "synthgen/config/json.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace synthgen::cli {

/// An analyzer's report as tables for people: plain numbers, the `top` most used ids, the most
/// common n-grams.
std::string analysis_text(const Json& report, std::optional<std::int64_t> vocab_size,
                          std::size_t top, std::size_t width);

}  // namespace synthgen::cli
