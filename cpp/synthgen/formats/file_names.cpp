#include "synthgen/formats/file_names.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/row_metadata.hpp"

#include <algorithm>
#include <system_error>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

}  // namespace

std::vector<fs::path> files_read_with(const fs::path& path) {
  std::vector<fs::path> files{path};
  const auto add = [&](std::string_view ending) {
    const fs::path beside = path.parent_path() / path.stem().concat(ending);
    std::error_code ignored;
    const bool is_new = std::find(files.begin(), files.end(), beside) == files.end();
    if (is_new && fs::exists(beside, ignored)) files.push_back(beside);
  };
  for (const FormatEntry* entry : formats()) {
    const auto& endings = entry->side_files;
    const bool is_side = std::find(endings.begin(), endings.end(), path.extension().string()) !=
                         endings.end();  // such as the index that stands for its ids
    if (path.extension() != entry->extension && !is_side) continue;
    if (is_side) add(entry->extension);
    for (const std::string_view ending : endings) {
      const bool helps_reading = ending != row_metadata_ending || entry->separator;
      if (helps_reading && !ending.starts_with('/')) add(ending);
    }
  }
  return files;
}

Result<void> check_is_not_read(const fs::path& output, const std::vector<fs::path>& read,
                               std::string_view option) {
  const bool is_read = std::any_of(read.begin(), read.end(), [&](const fs::path& input) {
    std::error_code neither_is_there;
    return fs::equivalent(input, output, neither_is_there);
  });
  if (!is_read) return {};
  return fail(ErrorKind::usage,
              formatted("{}: is a file that is read; give another {}", output.string(), option));
}

}  // namespace synthgen
