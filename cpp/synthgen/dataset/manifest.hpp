#pragma once

#include "synthgen/config/json.hpp"
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

/// The program's version, as in the manifest and `synthgen --version`.
extern const std::string_view program_version;

/// Name of the manifest in a dataset's directory.
inline constexpr std::string_view manifest_name = "metadata.json";

/// Name of a shard's own manifest: "metadata-00003-of-00016.json".
inline std::string manifest_file(const Shard& shard) {
  return shard_file("metadata", shard, ".json");
}

/// Name of the report of a dataset that was analysed while it was made.
inline constexpr std::string_view analysis_name = "analysis.json";

/// Name of what a shard has of it until the merge: "analysis-00003-of-00016.state".
inline std::string analysis_file(const Shard& shard) {
  return shard.count == 0 ? std::string(analysis_name) : shard_file("analysis", shard, ".state");
}

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

/// What stands in a dataset's manifest, or in that of one shard. Depends on nothing but the
/// dataset, so the same dataset has the same manifest everywhere.
struct Manifest {
  /// Program and stream version, seed, canonical config and its hash, format, and a custom
  /// generator's name with the hash of its source.
  Json head;
  Shard shard = {};  ///< of which part; of the whole dataset as a rule
  std::uint32_t num_shards =
      0;  ///< in how many parts a whole dataset is; 0: in files without number
  std::vector<FileRecord> files = {};
  std::optional<SideRecord> analysis = {};  ///< the report of the whole, or the state of a shard's
};

/// The head of the manifest of such a dataset.
Json manifest_head(const Generator& generator, const FormatOptions& format);

/// The manifest as JSON text. Its last member is the checksum of all that stands before it.
std::string manifest_text(const Manifest& manifest);

/// Reads what `manifest_text` wrote; `name` stands for it in errors. Fails (usage) when the text is
/// no manifest or one of a newer stream version, naming what is wrong with which member.
Result<Manifest> parse_manifest(std::string_view text, std::string_view name);

/// Reads any metadata.json: none when it is JSON of another program; without `config` in the head
/// for data that no config made, such as the stages of a curriculum. Fails as `parse_manifest`.
Result<std::optional<Manifest>> parse_metadata(std::string_view text, std::string_view name);

/// Fails (data) when the text is not as it was written, naming the byte if only one differs.
Result<void> check_manifest_text(std::string_view text, std::string_view name);

/// Whether two heads are those of one dataset; the program that wrote it does not matter.
bool same_dataset(const Json& head, const Json& other);

/// The config of the dataset, which has one. Fails (usage) with every problem of it.
Result<Config> config_of(const Manifest& manifest);

/// The generator of the dataset. Fails (usage) where a custom generator made it.
Result<Generator> generator_of(const Manifest& manifest);

FormatOptions format_of(const Manifest& manifest);

/// The bytes of a dataset, file after file: what the CLI writes to disk and the browser offers as
/// downloads. Of each file the head, then its chunks through `append`, the tail piece by piece, and
/// the files that belong to it. Chunks are pure functions of their place, so threads may make them
/// in any order; everything else goes in order.
class DatasetEncoder {
 public:
  /// Fails (usage) with every problem of the format's options. What has to wait for a file's end is
  /// kept in `spool_directory`; empty: where the system has such files.
  static Result<DatasetEncoder> create(const Generator& generator, const FormatOptions& format = {},
                                       const Shard& shard = {},
                                       const std::string& spool_directory = {});

  /// The files to come: one for each split of which the shard has sequences; bytes and checksums
  /// grow with what is taken from here.
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
  std::string manifest(std::optional<SideRecord> analysis = {}) const;

 private:
  /// A record's checksum in the making.
  struct Running {
    EncodedFile encoded;
    Checksum checksum = {};
    std::optional<std::vector<SideFile>> side_files = {};  ///< that are left, the last one first
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
  std::vector<Running> running_;
};

}  // namespace synthgen
