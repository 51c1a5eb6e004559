#pragma once

#include "synthgen/dataset/manifest.hpp"
#include "synthgen/formats/encoded_file.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/shard.hpp"
#include "synthgen/io/checksum.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// The bytes of a dataset, file after file: what the CLI writes to disk and the browser offers as
/// downloads. For each file the head, its chunks through `append`, the tail piece by piece, and its
/// side files. A chunk is a pure function of its place, so threads may encode chunks in any order;
/// everything else comes in order.
class DatasetEncoder {
 public:
  /// Fails (usage) with every problem of the format's options. Temporary files for data that
  /// belongs at a file's end are in `spool_directory`; empty: the system's directory for such
  /// files.
  static Result<DatasetEncoder> create(const Generator& generator, const FormatOptions& format = {},
                                       const Shard& shard = {},
                                       const std::string& spool_directory = {});

  /// The files: one for each split of which the shard has sequences. Bytes and checksums are those
  /// of what was taken so far.
  const std::vector<FileRecord>& files() const noexcept { return records_; }

  /// As `format_notes` says of the first file.
  const std::vector<std::string>& notes() const noexcept { return notes_; }

  /// Whether files are uncompressed text with one sequence per line.
  bool has_lines() const;

  /// Sequences per chunk of any file, at least 1; a chunk is about a megabyte.
  std::uint64_t chunk_sequences() const noexcept { return chunk_sequences_; }
  std::uint64_t chunk_count(std::size_t file) const noexcept;

  /// The bytes before the file's first chunk, often none.
  std::string begin(std::size_t file);

  /// Encodes a chunk into `encoded`, replacing what it held. `scratch` is reused. Fails as the
  /// generator does.
  Result<void> encode(std::size_t file, std::uint64_t chunk, SequenceBatch& scratch,
                      EncodedChunk& encoded) const;

  /// The file's checksum if these bytes were appended as the next chunk.
  std::string checksum_with(std::size_t file, std::string_view bytes) const {
    return running_[file].checksum.hex_with(bytes);
  }

  /// Counts the file's next chunk; fails (io) if what the file's end needs of it cannot be kept.
  Result<void> append(std::size_t file, const EncodedChunk& encoded);

  /// Replaces `bytes` by the next piece of the file's end; false when it is complete.
  Result<bool> next_of_tail(std::size_t file, std::string& bytes);

  /// The next piece of a complete file's side files, and the name of the side file; false after the
  /// last piece. A side file that several files share comes once.
  Result<bool> next_of_side_files(std::size_t file, std::string& name, std::string& bytes);

  /// The manifest, once every piece of every file was taken.
  std::string manifest(std::optional<SideRecord> analysis = {}) const;

 private:
  /// A file that is being encoded.
  struct Running {
    EncodedFile encoded;
    Checksum checksum = {};
    std::optional<std::vector<SideFile>> side_files =
        {};  ///< the remaining ones, the last one first
    Checksum side_checksum = {};
  };

  DatasetEncoder(const Generator& generator, FormatOptions format, const Shard& shard)
      : generator_(&generator), format_(std::move(format)), shard_(shard) {}
  void count(std::size_t file, std::string_view bytes);
  bool has_side_file(std::string_view name) const;

  const Generator* generator_;
  FormatOptions format_;
  Shard shard_;
  std::uint64_t chunk_sequences_ = 1;
  std::vector<FileRecord> records_;
  std::vector<std::string> notes_;
  std::vector<Running> running_;
};

}  // namespace synthgen
