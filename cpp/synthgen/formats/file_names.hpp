#pragma once

#include "synthgen/config/result.hpp"

#include <filesystem>
#include <string_view>
#include <vector>

namespace synthgen {

/// The files that reading the sequences of one can take bytes from: itself, and what a format of
/// its extension has beside it, such as train_lengths.npy, where that is there.
std::vector<std::filesystem::path> files_read_with(const std::filesystem::path& path);

/// Fails (usage) when `output` is one of the files that are read, whatever paths lead to both;
/// `option` is the one that names the output.
Result<void> check_is_not_read(const std::filesystem::path& output,
                               const std::vector<std::filesystem::path>& read,
                               std::string_view option);

}  // namespace synthgen
