#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/dataset/checksum.hpp"
#include "synthgen/dataset/formats/encoded_file.hpp"
#include "synthgen/generate/generator.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// The program's version, as in the manifest and `synthgen --version`.
extern const std::string_view program_version;

/// Name of the manifest in a dataset's directory.
inline constexpr std::string_view manifest_name = "metadata.json";

/// What the manifest says of a file that belongs to another one.
struct SideRecord {
  std::string file;
  std::uint64_t bytes = 0;
  std::string checksum;
};

/// What the manifest says of one file.
struct FileRecord {
  std::string file;  ///< its name in the dataset's directory
  Split split = Split::train;
  std::uint64_t first_sequence = 0;
  std::uint64_t sequences = 0;
  std::uint64_t tokens = 0;
  std::uint64_t bytes = 0;
  std::string checksum;  ///< XXH3 128-bit, hexadecimal
  std::vector<SideRecord> side_files = {};
};

/// The file's entry in the manifest.
Json to_json(const FileRecord& file);

/// The text of metadata.json: canonical config, seed, stream version, program version, format, the
/// files, and a custom generator's name with the hash of its source. Depends on nothing else, so
/// the same dataset has the same manifest everywhere.
std::string manifest_text(const Generator& generator, const FormatOptions& format,
                          const std::vector<FileRecord>& files);

/// The bytes of a dataset, file after file: what the CLI writes to disk and the browser offers as
/// downloads. Of each file the head, then its chunks through `append`, the tail piece by piece, and
/// the files that belong to it. Chunks are pure functions of their place, so threads may make them
/// in any order; everything else goes in order.
class DatasetEncoder {
 public:
  /// Fails (usage) with every problem of the format's options.
  static Result<DatasetEncoder> create(const Generator& generator,
                                       const FormatOptions& format = {});

  /// The files to come: one for each split with sequences; bytes and checksums grow with what is
  /// taken from here.
  const std::vector<FileRecord>& files() const noexcept { return records_; }

  /// Sequences a chunk of any file, at least 1, so that a chunk is about a megabyte.
  std::uint64_t chunk_sequences() const noexcept { return chunk_sequences_; }
  std::uint64_t chunk_count(std::size_t file) const noexcept;

  /// The bytes before the file's first chunk, often none.
  std::string begin(std::size_t file);

  /// Encodes a chunk, whatever the other held before. `scratch` is reused. Fails where the
  /// generator does.
  Result<void> encode(std::size_t file, std::uint64_t chunk, SequenceBatch& scratch,
                      EncodedChunk& encoded) const;

  /// Counts the file's next chunk; fails (io) where what the file's end needs of it
  /// cannot be kept.
  Result<void> append(std::size_t file, const EncodedChunk& encoded);

  /// Replaces `bytes` by the next piece of the file's end; false when it is complete.
  Result<bool> next_of_tail(std::size_t file, std::string& bytes);

  /// The next piece of the files that belong to a complete one, and of which of them; false behind
  /// the last piece. A file that several ask for comes once.
  Result<bool> next_of_side_files(std::size_t file, std::string& name, std::string& bytes);

  /// The manifest, once every piece of every file was taken.
  std::string manifest() const { return manifest_text(*generator_, format_, records_); }

 private:
  /// A record's checksum in the making.
  struct Running {
    EncodedFile encoded;
    Checksum checksum = {};
    std::optional<std::vector<SideFile>> side_files = {};  ///< that are left, the last one first
    Checksum side_checksum = {};
  };

  DatasetEncoder(const Generator& generator, FormatOptions format)
      : generator_(&generator), format_(std::move(format)) {}
  void count(std::size_t file, std::string_view bytes);
  bool has_side_file(std::string_view name) const;

  const Generator* generator_;
  FormatOptions format_;
  std::uint64_t chunk_sequences_ = 1;
  std::vector<FileRecord> records_;
  std::vector<Running> running_;
};

}  // namespace synthgen
