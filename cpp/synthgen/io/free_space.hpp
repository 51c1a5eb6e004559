#pragma once

#include "synthgen/config/result.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace synthgen {

/// Bytes that this user may still write to the file system of `directory`; none if the system does
/// not say.
std::optional<std::uint64_t> free_space_bytes(const std::string& directory);

/// Fails (io) if `directory` has no room for `needed_bytes` more.
Result<void> check_free_space(const std::string& directory, std::uint64_t needed_bytes);

}  // namespace synthgen
