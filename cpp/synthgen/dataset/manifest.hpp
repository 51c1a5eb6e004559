#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/dataset/checksum.hpp"
#include "synthgen/generate/generator.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// The program's version, as in the manifest and `synthgen --version`.
extern const std::string_view program_version;

/// Name of the manifest in a dataset's directory.
inline constexpr std::string_view manifest_name = "metadata.json";

/// What the manifest says of one file.
struct FileRecord {
  std::string file;  ///< its name in the dataset's directory
  Split split = Split::train;
  std::uint64_t first_sequence = 0;
  std::uint64_t sequences = 0;
  std::uint64_t tokens = 0;
  std::uint64_t bytes = 0;
  std::string checksum;  ///< XXH3 128-bit, hexadecimal
};

/// The text of metadata.json: canonical config, seed, stream version, program version, the files,
/// and a custom generator's name with the hash of its source. Depends on nothing else, so the same
/// dataset has the same manifest everywhere. `with_latents` says whether the records carry latents.
std::string manifest_text(const Generator& generator, bool with_latents,
                          const std::vector<FileRecord>& files);

/// The bytes of a dataset, file after file and chunk after chunk: what the CLI writes to disk and
/// the browser offers as downloads. Chunks are pure functions of their place, so threads may make
/// them in any order; `append` takes them in order.
class DatasetEncoder {
 public:
  DatasetEncoder(const Generator& generator, bool with_latents);

  /// The files to come: one for each split with sequences; bytes and checksums grow with `append`.
  const std::vector<FileRecord>& files() const noexcept { return files_; }

  /// Sequences a chunk of any file, at least 1, so that a chunk is about a megabyte.
  std::uint64_t chunk_sequences() const noexcept { return chunk_sequences_; }
  std::uint64_t chunk_count(std::size_t file) const noexcept;

  /// Encodes a chunk into `bytes`, which is cleared first; returns its tokens. `scratch` is reused.
  /// Fails where the generator does.
  Result<std::uint64_t> encode(std::size_t file, std::uint64_t chunk, SequenceBatch& scratch,
                               std::string& bytes) const;

  /// Counts the file's next chunk into its record.
  void append(std::size_t file, std::string_view bytes, std::uint64_t tokens);

  /// The manifest, once every chunk of every file was appended.
  std::string manifest() const { return manifest_text(generator_, with_latents_, files_); }

 private:
  const Generator& generator_;
  bool with_latents_;
  std::uint64_t chunk_sequences_;
  std::vector<FileRecord> files_;
  std::vector<Checksum> checksums_;
};

}  // namespace synthgen
