#include "synthgen/dataset/write/expected_space.hpp"

#include "synthgen/formats/file_names.hpp"
#include "synthgen/io/free_space.hpp"
#include "synthgen/io/output/atomic_file.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

/// An estimate of the total size of the files.
Result<double> expected_bytes(const DatasetEncoder& encoder) {
  SequenceBatch scratch;
  EncodedChunk chunk;
  double total = 0;
  for (std::size_t file = 0; file < encoder.files().size(); ++file) {
    const Result<void> encoded = encoder.encode(file, 0, scratch, chunk);
    if (!encoded) return tl::unexpected(encoded.error());
    total += static_cast<double>(chunk.disk_bytes()) / static_cast<double>(chunk.sequences) *
             static_cast<double>(encoder.files()[file].sequences);
  }
  return total;
}

double size_of(const fs::path& path) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  return error ? 0 : static_cast<double>(size);
}

Result<void> check(const std::string& directory, double expected, double there) {
  return check_free_space(directory, static_cast<std::uint64_t>(std::max(0.0, expected - there)));
}

}  // namespace

Result<void> check_expected_space(const DatasetEncoder& encoder, const std::string& directory) {
  const Result<double> expected = expected_bytes(encoder);
  if (!expected) return tl::unexpected(expected.error());
  double there = 0;
  for (const FileRecord& file : encoder.files()) {
    there += size_of(AtomicFile::partial_of((fs::path(directory) / file.file).string()));
  }
  return check(directory, *expected, there);
}

Result<void> check_expected_space(const Generator& generator, const FormatOptions& format,
                                  const ShardRange& range, const std::string& directory,
                                  bool replaces) {
  const Result<DatasetEncoder> whole = DatasetEncoder::create(generator, format);
  if (!whole) return tl::unexpected(whole.error());
  const Result<double> all = expected_bytes(*whole);
  if (!all) return tl::unexpected(all.error());
  double there = 0;
  for (std::uint32_t index = range.first; index <= range.last; ++index) {
    for (const Split split : all_splits) {
      const std::string file = file_name(format, shard_file(name(split), {index, range.count}, ""));
      const fs::path path = fs::path(directory) / file;
      there += size_of(AtomicFile::partial_of(path.string()));
      if (!replaces) there += size_of(path);
    }
  }
  const double share = static_cast<double>(range.last - range.first + 1) / range.count;
  return check(directory, *all * share, there);
}

}  // namespace synthgen
