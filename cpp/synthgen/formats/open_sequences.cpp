#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/io/compression.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

using Opened = Result<std::unique_ptr<SequenceReader>>;

/// How a file is read: in a format, after decompression if `compression` is not null.
struct Reading {
  const FormatEntry* format = nullptr;
  const Compression* compression = nullptr;
};

/// The formats of files with this extension.
std::vector<const FormatEntry*> formats_by_extension(std::string_view extension) {
  std::vector<const FormatEntry*> found;
  for (const FormatEntry* entry : formats()) {
    if (entry->has_extension(extension)) found.push_back(entry);
  }
  return found;
}

/// The text format that a name's extension gives, or the default.
const FormatEntry& text_format(const fs::path& name) {
  for (const FormatEntry* entry : formats_by_extension(name.extension().string())) {
    if (entry->is_text()) return *entry;
  }
  return *formats().front();
}

/// Of formats with one extension, the one whose index exists; without any, the one that needs none.
Result<const FormatEntry*> chosen_by_index(const std::vector<const FormatEntry*>& candidates,
                                           const ByteFile& file, std::string_view extension) {
  const FormatEntry* chosen = candidates.front();
  for (const FormatEntry* entry : candidates) {
    if (entry->index_ending.empty() || entry->index_ending == extension) {
      chosen = entry;
      continue;
    }
    const Result<std::shared_ptr<const ByteFile>> index = file.side_file(entry->index_ending);
    if (!index) return tl::unexpected(index.error());
    if (*index != nullptr) return entry;
  }
  return chosen;
}

/// Decides by the name, and by the content if the name says nothing. Fails (data) if the two
/// contradict each other.
Result<Reading> reading_of(const ByteFile& file) {
  const fs::path path = file.name();
  const std::string extension = path.extension().string();
  const Result<std::string> start = file.read_start(0, recognized_bytes);
  if (!start) return tl::unexpected(start.error());
  const Compression* const found_compression = compression_of_content(*start);
  const FormatEntry* found = nullptr;
  for (const FormatEntry* entry : formats()) {
    const bool is_of = entry->recognizes != nullptr && entry->recognizes(*start, file.size());
    if (is_of && found == nullptr) found = entry;
  }
  const std::string_view content = found_compression != nullptr ? found_compression->name
                                   : found != nullptr           ? found->content
                                                                : formats().front()->content;
  const auto contradiction = [&] {
    return fail(ErrorKind::data, formatted("{}: is named {}, but its content is {}", file.name(),
                                           extension, content));
  };

  const Compression* const named_compression = compression_of_extension(extension);
  if (named_compression != nullptr && named_compression != found_compression) {
    return contradiction();
  }
  const std::vector<const FormatEntry*> named = formats_by_extension(extension);
  if (named.empty()) {
    if (found_compression != nullptr) return Reading{&text_format(path.stem()), found_compression};
    return Reading{found != nullptr ? found : formats().front()};
  }
  const bool may_begin_with_anything = std::any_of(
      named.begin(), named.end(),
      [](const FormatEntry* entry) { return !entry->is_text() && entry->recognizes == nullptr; });
  const bool is_another =
      found_compression != nullptr ||
      (found != nullptr && std::find(named.begin(), named.end(), found) == named.end());
  // If the content is unknown, the reader of the named format explains best what is wrong.
  if (is_another && !may_begin_with_anything) return contradiction();
  const Result<const FormatEntry*> chosen = chosen_by_index(named, file, extension);
  if (!chosen) return tl::unexpected(chosen.error());
  return Reading{*chosen};
}

/// A reader of what is not plain text; null for plain text.
Opened open_unless_text(const Reading& reading, std::shared_ptr<const ByteFile> file) {
  if (reading.compression != nullptr) {
    const std::string name = file->name();
    Result<std::unique_ptr<LineSource>> lines = decompressed_lines(std::move(file));
    if (!lines) return tl::unexpected(std::move(lines.error()));
    return reading.format->open_lines(std::move(*lines), name);
  }
  return reading.format->is_text() ? Opened(nullptr) : reading.format->open(std::move(file));
}

}  // namespace

Result<SequenceBatch> SequenceReader::read_all() {
  SequenceBatch batch;
  const Result<bool> complete = read(batch, UINT64_MAX);
  if (!complete) return tl::unexpected(complete.error());
  return batch;
}

Opened open_sequences(const std::string& path) {
  const FormatEntry* format = &text_format(path);
  std::error_code ignored;
  if (fs::is_regular_file(path, ignored)) {
    Result<std::shared_ptr<const ByteFile>> file = open_bytes(path);
    if (!file) return tl::unexpected(std::move(file.error()));
    const Result<Reading> reading = reading_of(**file);
    if (!reading) return tl::unexpected(reading.error());
    Opened opened = open_unless_text(*reading, std::move(*file));
    if (!opened || *opened != nullptr) return opened;
    format = reading->format;
  }
  Result<std::unique_ptr<LineSource>> lines = open_lines(path);
  if (!lines) return tl::unexpected(std::move(lines.error()));
  return format->open_lines(std::move(*lines), path);
}

Opened open_sequences_in(std::string_view bytes, const std::string& name) {
  std::shared_ptr<const ByteFile> file = bytes_of_text(bytes, name);
  const Result<Reading> reading = reading_of(*file);
  if (!reading) return tl::unexpected(reading.error());
  Opened opened = open_unless_text(*reading, std::move(file));
  if (!opened || *opened != nullptr) return opened;
  return reading->format->open_lines(lines_of_text(bytes), name);
}

Result<SequenceBatch> load_synthetic_data(const std::string& path) {
  Result<std::unique_ptr<SequenceReader>> reader = open_sequences(path);
  if (!reader) return tl::unexpected(std::move(reader.error()));
  return (*reader)->read_all();
}

}  // namespace synthgen
