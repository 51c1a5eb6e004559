#pragma once

#include <string>
#include <string_view>

namespace synthgen::cli {

/// A count with a decimal prefix: "812 B", "13.6 MB", "2.8 M tokens".
std::string quantity(double value, std::string_view unit);

/// A readable time span: "0.21 s", "3:05", "2:03:05".
std::string duration(double seconds);

}  // namespace synthgen::cli
