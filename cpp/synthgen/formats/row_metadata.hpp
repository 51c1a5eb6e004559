#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/tables/pieces.hpp"

#include <string_view>

namespace synthgen {

/// What stands behind the stem in the name of the file that tells a loader of rows about them.
inline constexpr std::string_view row_metadata_ending = "_metadata.json";

/// That file: vocab_size, seq_length, num_samples and, where a config has made them, seed, as the
/// reference project's loader expects them; then `more`.
SideFile row_metadata(const FilePlan& plan, std::uint64_t row_length, const Json& more = {});

}  // namespace synthgen
