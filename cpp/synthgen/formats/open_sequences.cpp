#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/all_formats.hpp"
#include "synthgen/formats/csv_reader.hpp"
#include "synthgen/formats/jsonl/jsonl_reader.hpp"

#include <filesystem>
#include <string_view>

namespace synthgen {
namespace {

/// What a name says, or what a file's first bytes show.
enum class FileKind : std::uint8_t { unknown, text, npy, pt, safetensors, index, ids, gzip, zstd };

constexpr std::string_view name(FileKind kind) noexcept {
  constexpr std::string_view names[] = {
      "unknown", "text", "NPY", "a ZIP, as PyTorch writes", "safetensors", "Megatron's index",
      "ids",     "gzip", "zstd"};
  return names[static_cast<std::size_t>(kind)];
}

FileKind file_kind_named(std::string_view extension) {
  if (extension == ".jsonl" || extension == ".csv") return FileKind::text;
  if (extension == ".npy") return FileKind::npy;
  if (extension == ".pt" || extension == ".pth") return FileKind::pt;
  if (extension == ".safetensors") return FileKind::safetensors;
  if (extension == ".idx") return FileKind::index;
  if (extension == ".bin") return FileKind::ids;
  if (extension == ".gz") return FileKind::gzip;
  if (extension == ".zst") return FileKind::zstd;
  return FileKind::unknown;
}

/// What the file begins with; text unless that shows something else.
FileKind kind_shown(std::string_view start, std::uint64_t size) {
  if (start.starts_with("\x93NUMPY")) return FileKind::npy;
  if (start.starts_with("PK\x03\x04")) return FileKind::pt;
  if (start.starts_with("MMIDIDX")) return FileKind::index;
  if (start.starts_with("\x1f\x8b")) return FileKind::gzip;
  if (start.starts_with("\x28\xb5\x2f\xfd")) return FileKind::zstd;
  if (start.size() > 8 && start[8] == '{') {
    std::uint64_t header = 0;
    for (std::size_t i = 8; i-- > 0;) header = header << 8 | static_cast<unsigned char>(start[i]);
    if (header <= size - 8) return FileKind::safetensors;
  }
  return FileKind::text;
}

using Opened = Result<std::unique_ptr<SequenceReader>>;

Opened open_text(std::unique_ptr<LineSource> lines, const std::filesystem::path& name,
                 const std::string& path) {
  if (name.extension() == ".csv") return std::make_unique<CsvReader>(std::move(lines), path);
  return std::make_unique<JsonlReader>(std::move(lines), path);
}

Opened open_compressed(std::shared_ptr<const ByteFile> file) {
  const std::filesystem::path path = file->name();
  Result<std::unique_ptr<LineSource>> lines = decompressed_lines(std::move(file));
  if (!lines) return tl::unexpected(std::move(lines.error()));
  return open_text(std::move(*lines), path.stem(), path.string());
}

/// A stream of ids, with Megatron's index beside it or without.
Opened open_ids(std::shared_ptr<const ByteFile> file) {
  Result<std::shared_ptr<const ByteFile>> index = file->beside(".idx");
  if (!index) return tl::unexpected(std::move(index.error()));
  if (*index == nullptr) return open_bin(std::move(file));
  return open_megatron(std::move(file), std::move(*index));
}

Opened open_index(std::shared_ptr<const ByteFile> file) {
  Result<std::shared_ptr<const ByteFile>> ids = file->beside(".bin");
  if (!ids) return tl::unexpected(std::move(ids.error()));
  if (*ids == nullptr) return tl::unexpected(file->fault("an index without its .bin beside it"));
  return open_megatron(std::move(*ids), std::move(file));
}

/// What a file is read as: what its name says, or what it shows where that says nothing. Fails
/// (data) where the two contradict each other.
Result<FileKind> kind_of(const ByteFile& file) {
  const std::filesystem::path path = file.name();
  const FileKind named = file_kind_named(path.extension().string());
  const Result<std::string> start = file.read_start(0, 9);
  if (!start) return tl::unexpected(start.error());
  const FileKind content = kind_shown(*start, file.size());
  // A stream of ids may begin with anything; a reader says best what is wrong with an unknown head.
  const bool said = named != FileKind::unknown && named != FileKind::ids;
  if (said && content != named &&
      (content != FileKind::text || named == FileKind::gzip || named == FileKind::zstd)) {
    return fail(ErrorKind::data, formatted("{}: is named {}, but its content is {}", file.name(),
                                           path.extension().string(), name(content)));
  }
  return named == FileKind::unknown ? content : named;
}

/// Null for plain text.
Opened open_unless_text(FileKind kind, std::shared_ptr<const ByteFile> file) {
  switch (kind) {
    case FileKind::npy:
      return open_npy(std::move(file));
    case FileKind::pt:
      return open_pt(std::move(file));
    case FileKind::safetensors:
      return open_safetensors(std::move(file));
    case FileKind::index:
      return open_index(std::move(file));
    case FileKind::ids:
      return open_ids(std::move(file));
    case FileKind::gzip:
    case FileKind::zstd:
      return open_compressed(std::move(file));
    default:
      return nullptr;
  }
}

}  // namespace

Result<std::unique_ptr<SequenceReader>> open_sequences(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_regular_file(path, ignored)) {
    Result<std::shared_ptr<const ByteFile>> file = open_bytes(path);
    if (!file) return tl::unexpected(std::move(file.error()));
    const Result<FileKind> kind = kind_of(**file);
    if (!kind) return tl::unexpected(kind.error());
    Opened opened = open_unless_text(*kind, std::move(*file));
    if (!opened || *opened != nullptr) return opened;
  }
  Result<std::unique_ptr<LineSource>> lines = open_lines(path);
  if (!lines) return tl::unexpected(std::move(lines.error()));
  return open_text(std::move(*lines), path, path);
}

Result<std::unique_ptr<SequenceReader>> open_sequences_in(std::string_view bytes,
                                                          const std::string& name) {
  std::shared_ptr<const ByteFile> file = bytes_of_text(bytes, name);
  const Result<FileKind> kind = kind_of(*file);
  if (!kind) return tl::unexpected(kind.error());
  Opened opened = open_unless_text(*kind, std::move(file));
  if (!opened || *opened != nullptr) return opened;
  return open_text(lines_of_text(bytes), name, name);
}

}  // namespace synthgen
