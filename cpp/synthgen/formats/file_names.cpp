#include "synthgen/formats/file_names.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/io/compression.hpp"

#include <algorithm>
#include <system_error>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

/// Appends a value that is not in the list yet.
template <class Value>
void add_once(std::vector<Value>& values, Value value) {
  if (std::find(values.begin(), values.end(), value) == values.end()) {
    values.push_back(std::move(value));
  }
}

fs::path with_ending(const fs::path& path, std::string_view ending) {
  return path.parent_path() / path.stem().concat(ending);
}

}  // namespace

std::string file_name(const FormatOptions& options, std::string_view stem) {
  std::string name = std::string(stem).append(find_format(options.format)->extension);
  if (const Compression* way = find_compression(options.compress)) name += way->extension;
  return name;
}

std::vector<std::string> main_file_names(std::string_view stem) {
  std::vector<std::string> names;
  for (const FormatEntry* entry : formats()) {
    const std::string name = std::string(stem).append(entry->extension);
    add_once(names, name);
    if (!entry->is_text()) continue;
    for (const Compression& way : compressions) add_once(names, name + std::string(way.extension));
  }
  return names;
}

std::vector<std::string> possible_file_names(std::string_view stem) {
  std::vector<std::string> names = main_file_names(stem);
  for (const FormatEntry* entry : formats()) {
    for (const SideFileName& side : entry->side_files) {
      const bool is_whole_name = side.ending.starts_with('/');
      add_once(names, is_whole_name ? std::string(side.ending.substr(1))
                                    : std::string(stem).append(side.ending));
    }
  }
  return names;
}

std::vector<fs::path> files_read_with(const fs::path& path) {
  std::vector<fs::path> files{path};
  const std::string extension = path.extension().string();
  const auto add = [&](std::string_view ending) {
    std::error_code ignored;
    const fs::path other = with_ending(path, ending);
    if (fs::exists(other, ignored)) add_once(files, other);
  };
  for (const FormatEntry* entry : formats()) {
    if (!entry->has_extension(extension)) continue;
    const bool is_index = entry->index_ending == extension;  // it can be named in place of its ids
    if (is_index) add(entry->extension);
    for (const SideFileName& side : entry->side_files) {
      if (side.is_read) add(side.ending);
    }
  }
  return files;
}

std::vector<fs::path> side_files_read_with(const fs::path& path, const FormatOptions& options) {
  std::vector<fs::path> files;
  for (const FormatEntry* entry : formats()) {
    if (entry->extension != find_format(options.format)->extension) continue;
    for (const SideFileName& side : entry->side_files) {
      if (side.is_read && !side.is_shared) files.push_back(with_ending(path, side.ending));
    }
  }
  return files;
}

Result<void> check_is_not_read(const fs::path& output, const std::vector<fs::path>& read,
                               std::string_view option) {
  const bool is_read = std::any_of(read.begin(), read.end(), [&](const fs::path& input) {
    std::error_code missing;
    return fs::equivalent(input, output, missing);
  });
  if (!is_read) return {};
  return fail(ErrorKind::usage,
              formatted("{}: is a file that is read; give another {}", output.string(), option));
}

}  // namespace synthgen
