#include "synthgen/formats/sequence_file.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json_fields.hpp"
#include "synthgen/formats/foreign_content.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/io/compression.hpp"
#include "synthgen/io/input.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

using Opened = Result<std::unique_ptr<SequenceReader>>;

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

/// Of formats with one extension, the one whose index exists; without any, or without a `file`, the
/// one that was recognized, or else one that cannot be.
Result<const FormatEntry*> chosen_by_index(const std::vector<const FormatEntry*>& candidates,
                                           const ByteFile* file, std::string_view extension,
                                           const FormatEntry* recognized) {
  const FormatEntry* chosen = nullptr;
  for (const FormatEntry* entry : candidates) {
    if (entry->index_ending.empty() || entry->index_ending == extension) {
      const bool is_better =
          entry == recognized || (chosen != recognized && entry->recognizes == nullptr);
      if (chosen == nullptr || is_better) chosen = entry;
      continue;
    }
    if (file == nullptr) continue;
    const Result<std::shared_ptr<const ByteFile>> index = file->side_file(entry->index_ending);
    if (!index) return tl::unexpected(index.error());
    if (*index != nullptr) return entry;
  }
  return chosen;
}

/// The compression of a content; a file of numbers may begin like gzip by chance.
const Compression* compression_in(std::string_view start, bool of_numbers) {
  const Compression* const found = compression_of_content(start);
  const bool is_chance =
      of_numbers && found != nullptr && found->name == gzip_name && !is_surely_gzip(start);
  return is_chance ? nullptr : found;
}

/// What a content is, if it is known.
struct KnownContent {
  const Compression* compression = nullptr;
  const FormatEntry* format = nullptr;
  const ForeignContent* foreign = nullptr;

  std::string_view name() const {
    if (compression != nullptr) return compression->name;
    if (format != nullptr) return format->content;
    return foreign != nullptr ? foreign->name : formats().front()->content;
  }
};

KnownContent known_content(std::string_view start, std::uint64_t size, bool of_numbers,
                           bool of_text) {
  KnownContent known{.compression = compression_in(start, of_numbers)};
  if (known.compression != nullptr) return known;
  for (const FormatEntry* entry : formats()) {
    const bool is_of = entry->recognizes != nullptr && entry->recognizes(start, size);
    if (is_of && known.format == nullptr) known.format = entry;
  }
  if (known.format == nullptr) known.foreign = foreign_content(start, size, of_text);
  return known;
}

std::string with_hint(std::string message, const ForeignContent* foreign) {
  if (foreign != nullptr && !foreign->hint.empty()) message += formatted("; {}", foreign->hint);
  return message;
}

}  // namespace

/// Decides by the name, and by the content if the name says nothing.
Result<SequenceFile::Reading> SequenceFile::reading_of(const std::string& name,
                                                       std::string_view start, std::uint64_t size,
                                                       const ByteFile* file) {
  const fs::path path = name;
  const std::string extension = path.extension().string();
  const std::vector<const FormatEntry*> named = formats_by_extension(extension);
  const bool of_numbers = std::any_of(named.begin(), named.end(), [](const FormatEntry* entry) {
    return !entry->is_text() && entry->recognizes == nullptr;
  });
  const bool of_text =
      named.empty() || std::any_of(named.begin(), named.end(),
                                   [](const FormatEntry* entry) { return entry->is_text(); });
  const KnownContent content = known_content(start, size, of_numbers, of_text);
  const auto contradiction = [&] {
    return fail(ErrorKind::data, with_hint(formatted("{}: is named {}, but its content is {}", name,
                                                     extension, content.name()),
                                           content.foreign));
  };

  const Compression* const named_compression = compression_of_extension(extension);
  if (named_compression != nullptr && named_compression != content.compression) {
    return contradiction();
  }
  if (named.empty()) {
    if (content.compression != nullptr) {
      return Reading{&text_format(path.stem()), content.compression};
    }
    if (content.foreign == nullptr) {
      return Reading{content.format != nullptr ? content.format : formats().front()};
    }
    return fail(ErrorKind::data, with_hint(formatted("{}: its content is {}, which is not read",
                                                     name, content.foreign->name),
                                           content.foreign));
  }
  const auto has_another_format = [&] {
    if (content.format == nullptr) return false;
    // What is recognised of Megatron's pair is its index, which has a name of its own.
    const std::string_view index = content.format->index_ending;
    if (!index.empty() && index != extension) return true;
    return std::find(named.begin(), named.end(), content.format) == named.end();
  };
  const bool is_another =
      content.compression != nullptr || content.foreign != nullptr || has_another_format();
  // If the content is unknown, the reader of the named format explains best what is wrong.
  if (is_another) return contradiction();
  const Result<const FormatEntry*> chosen = chosen_by_index(named, file, extension, content.format);
  if (!chosen) return tl::unexpected(chosen.error());
  return Reading{*chosen};
}

Result<void> report(Fault fault, const std::string& file, std::uint64_t line,
                    const SequenceReader::FaultSink& sink) {
  fault.file = file;
  fault.line = line;
  if (!sink) return fail(ErrorKind::data, fault.text());
  sink(std::move(fault));
  return {};
}

Result<SequenceBatch> SequenceReader::read_all() {
  SequenceBatch batch;
  const Result<bool> complete = read(batch, UINT64_MAX);
  if (!complete) return tl::unexpected(complete.error());
  return batch;
}

std::string not_read_note(const std::vector<std::string>& names) {
  std::vector<std::string> shown;
  for (const std::string& name : names) shown.push_back(shown_key(name));
  return "not read: " + joined(shown, ", ");
}

SequenceFile::SequenceFile(const std::string& path, const ReadOptions& options)
    : name_(input_name(path)), options_(options) {}

Result<void> SequenceFile::open_bytes_or_stream(int descriptor) {
  struct stat status {};
  const bool is_known = ::fstat(descriptor, &status) == 0;
  if (is_known && S_ISDIR(status.st_mode)) {
    ::close(descriptor);
    return fail(ErrorKind::io, formatted("{}: is a directory, not a file of sequences", name_));
  }
  if (is_known && S_ISREG(status.st_mode) && ::lseek(descriptor, 0, SEEK_CUR) == 0) {
    bytes_ = bytes_on_disk(descriptor, static_cast<std::uint64_t>(status.st_size), name_,
                           name_ != input_name(std::string(standard_input)));
    return {};
  }
  auto input = std::make_unique<InputStream>(descriptor, name_);
  if (options_.once) {
    const Result<std::string_view> start = input->peek(recognized_bytes);
    if (!start) return tl::unexpected(start.error());
    // How large it is remains to be seen.
    Result<Reading> reading = reading_of(name_, *start, UINT64_MAX, nullptr);
    if (!reading) return tl::unexpected(std::move(reading.error()));
    if (reading->compression != nullptr || reading->format->is_text()) {
      reading_ = *reading;
      stream_ = std::move(input);
      return {};
    }
  }
  Result<std::shared_ptr<const ByteFile>> kept = kept_bytes(*input);
  if (!kept) return tl::unexpected(std::move(kept.error()));
  bytes_ = std::move(*kept);
  return {};
}

Result<SequenceFile> SequenceFile::open(const std::string& path, const ReadOptions& options) {
  SequenceFile file(path, options);
  const int descriptor = open_input(path);
  if (descriptor < 0) {
    return fail(ErrorKind::io, formatted("{}: cannot open: {}", file.name_, std::strerror(errno)));
  }
  if (Result<void> opened = file.open_bytes_or_stream(descriptor); !opened) {
    return tl::unexpected(std::move(opened.error()));
  }
  if (file.stream_ != nullptr) {
    if (Result<void> used = file.check_hints(); !used) return tl::unexpected(used.error());
    return file;
  }
  const Result<std::string> start = file.bytes_->read_start(0, recognized_bytes);
  if (!start) return tl::unexpected(start.error());
  Result<Reading> reading = reading_of(file.name_, *start, file.bytes_->size(), file.bytes_.get());
  if (!reading) return tl::unexpected(std::move(reading.error()));
  file.reading_ = *reading;
  if (Result<void> used = file.check_hints(); !used) return tl::unexpected(used.error());
  return file;
}

Result<void> SequenceFile::check_hints() const {
  const FormatEntry& format = *reading_.format;
  const auto unused = [&](std::string_view flags, const auto& takes) {
    return fail(ErrorKind::usage,
                formatted("{}: is read as {}, which needs no {}; formats that do: {}", name_,
                          format.name, flags, format_names(takes)));
  };
  if (options_.hints.of_stream() && !format.takes_stream_hints) {
    return unused("--input-dtype, --input-seq-length or --input-separator",
                  [](const FormatEntry& other) { return other.takes_stream_hints; });
  }
  if (!options_.hints.tensor.empty() && !format.takes_tensor) {
    return unused("--tensor", [](const FormatEntry& other) { return other.takes_tensor; });
  }
  return {};
}

Opened SequenceFile::reader() const {
  if (reading_.compression == nullptr && !reading_.format->is_text()) {
    return reading_.format->open(bytes_, options_.hints);
  }
  std::unique_ptr<ByteStream> stream = bytes_ == nullptr ? std::move(stream_) : stream_of(bytes_);
  if (stream == nullptr) {
    return fail(ErrorKind::io, formatted("{}: cannot be read a second time", name_));
  }
  if (reading_.compression != nullptr) {
    Result<std::unique_ptr<ByteStream>> text = decompressed(std::move(stream));
    if (!text) return tl::unexpected(std::move(text.error()));
    stream = std::move(*text);
  }
  return reading_.format->open_lines(lines_of(std::move(stream), options_.max_line), name_);
}

Opened open_sequences(const std::string& path) {
  Result<SequenceFile> file = SequenceFile::open(path, {.once = true});
  if (!file) return tl::unexpected(std::move(file.error()));
  return file->reader();
}

Opened open_sequences_in(std::string_view bytes, const std::string& name) {
  SequenceFile file(name, {});
  file.bytes_ = bytes_of_text(bytes, name);
  Result<SequenceFile::Reading> reading = SequenceFile::reading_of(
      name, bytes.substr(0, recognized_bytes), bytes.size(), file.bytes_.get());
  if (!reading) return tl::unexpected(std::move(reading.error()));
  file.reading_ = *reading;
  if (reading->compression == nullptr && reading->format->is_text()) {
    return reading->format->open_lines(lines_of_text(bytes), name);
  }
  return file.reader();
}

Result<SequenceBatch> load_synthetic_data(const std::string& path) {
  Result<std::unique_ptr<SequenceReader>> reader = open_sequences(path);
  if (!reader) return tl::unexpected(std::move(reader.error()));
  return (*reader)->read_all();
}

}  // namespace synthgen
