#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace synthgen {

/// A number and what it counts, whose plural ends in s: "1 token", "2 tokens".
inline std::string counted(std::uint64_t number, std::string_view what) {
  return std::to_string(number).append(" ").append(what).append(number == 1 ? "" : "s");
}

}  // namespace synthgen
