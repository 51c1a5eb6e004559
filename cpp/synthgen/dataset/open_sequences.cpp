#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/formats/all_formats.hpp"
#include "synthgen/dataset/formats/csv_reader.hpp"
#include "synthgen/dataset/jsonl_reader.hpp"

#include <filesystem>
#include <string_view>

namespace synthgen {
namespace {

/// What a name says, or what a file's first bytes show.
enum class Content : std::uint8_t { unknown, text, npy, pt, safetensors, index, ids, gzip, zstd };

constexpr std::string_view name(Content content) noexcept {
  constexpr std::string_view names[] = {
      "unknown", "text", "NPY", "a ZIP, as PyTorch writes", "safetensors", "Megatron's index",
      "ids",     "gzip", "zstd"};
  return names[static_cast<std::size_t>(content)];
}

Content content_named(std::string_view extension) {
  if (extension == ".jsonl" || extension == ".csv") return Content::text;
  if (extension == ".npy") return Content::npy;
  if (extension == ".pt" || extension == ".pth") return Content::pt;
  if (extension == ".safetensors") return Content::safetensors;
  if (extension == ".idx") return Content::index;
  if (extension == ".bin") return Content::ids;
  if (extension == ".gz") return Content::gzip;
  if (extension == ".zst") return Content::zstd;
  return Content::unknown;
}

/// What the file begins with; text unless that shows something else.
Content content_shown(std::string_view start, std::uint64_t size) {
  if (start.starts_with("\x93NUMPY")) return Content::npy;
  if (start.starts_with("PK\x03\x04")) return Content::pt;
  if (start.starts_with("MMIDIDX")) return Content::index;
  if (start.starts_with("\x1f\x8b")) return Content::gzip;
  if (start.starts_with("\x28\xb5\x2f\xfd")) return Content::zstd;
  if (start.size() > 8 && start[8] == '{') {
    std::uint64_t header = 0;
    for (std::size_t i = 8; i-- > 0;) header = header << 8 | static_cast<unsigned char>(start[i]);
    if (header <= size - 8) return Content::safetensors;
  }
  return Content::text;
}

using Opened = Result<std::unique_ptr<SequenceReader>>;

Opened open_text(std::unique_ptr<LineSource> lines, const std::filesystem::path& name,
                 const std::string& path) {
  if (name.extension() == ".csv") return std::make_unique<CsvReader>(std::move(lines), path);
  return std::make_unique<JsonlReader>(std::move(lines), path);
}

Opened open_compressed(std::shared_ptr<const ByteFile> file, const std::filesystem::path& path) {
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

}  // namespace

Result<std::unique_ptr<SequenceReader>> open_sequences(const std::string& path) {
  const std::filesystem::path name_of_file = path;
  const Content named = content_named(name_of_file.extension().string());
  std::error_code ignored;
  Content content = Content::text;
  std::shared_ptr<const ByteFile> file;
  if (std::filesystem::is_regular_file(name_of_file, ignored)) {
    Result<std::shared_ptr<const ByteFile>> opened = open_bytes(path);
    if (!opened) return tl::unexpected(std::move(opened.error()));
    file = std::move(*opened);
    const Result<std::string> start = file->read_start(0, 9);
    if (!start) return tl::unexpected(start.error());
    content = content_shown(*start, file->size());
  }
  // A stream of ids may begin with anything; a reader says best what is wrong with an unknown head.
  const bool said = named != Content::unknown && named != Content::ids;
  if (file != nullptr && said && content != named &&
      (content != Content::text || named == Content::gzip || named == Content::zstd)) {
    return fail(ErrorKind::data, formatted("{}: is named {}, but its content is {}", path,
                                           name_of_file.extension().string(), name(content)));
  }
  switch (file == nullptr || named == Content::unknown ? content : named) {
    case Content::npy:
      return open_npy(std::move(file));
    case Content::pt:
      return open_pt(std::move(file));
    case Content::safetensors:
      return open_safetensors(std::move(file));
    case Content::index:
      return open_index(std::move(file));
    case Content::ids:
      return open_ids(std::move(file));
    case Content::gzip:
    case Content::zstd:
      return open_compressed(std::move(file), name_of_file);
    default:
      break;
  }
  Result<std::unique_ptr<LineSource>> lines = open_lines(path);
  if (!lines) return tl::unexpected(std::move(lines.error()));
  return open_text(std::move(*lines), name_of_file, path);
}

}  // namespace synthgen
