#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/formats/format_options.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// A file's name, "train.jsonl"; the options name a known format.
std::string file_name(const FormatOptions& options, std::string_view stem);

/// Every name that a file of sequences with that stem has in some format.
std::vector<std::string> main_file_names(std::string_view stem);

/// Every name that a file with that stem, or one of its side files, has in some format.
std::vector<std::string> possible_file_names(std::string_view stem);

/// The files from which reading the sequences of `path` takes bytes: the file and the side files
/// of its format that exist, such as train_lengths.npy.
std::vector<std::filesystem::path> files_read_with(const std::filesystem::path& path);

/// The side files that a reader would take for parts of a file written in this format at `path`.
std::vector<std::filesystem::path> side_files_read_with(const std::filesystem::path& path,
                                                        const FormatOptions& options);

/// Fails (usage) if `output` is one of the files that are read, whatever paths lead to both;
/// `option` is the one that names the output.
Result<void> check_is_not_read(const std::filesystem::path& output,
                               const std::vector<std::filesystem::path>& read,
                               std::string_view option);

}  // namespace synthgen
