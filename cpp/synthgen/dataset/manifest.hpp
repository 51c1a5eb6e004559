#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/config/version.hpp"
#include "synthgen/formats/format_options.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/shard.hpp"
#include "synthgen/io/checksum.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// Name of the manifest in a dataset's directory.
inline constexpr std::string_view manifest_name = "metadata.json";

/// Name of a shard's own manifest: "metadata-00003-of-00016.json".
inline std::string manifest_file(const Shard& shard) {
  return shard_file("metadata", shard, ".json");
}

/// Name of the report of a dataset that was analyzed while it was written.
inline constexpr std::string_view analysis_name = "analysis.json";

/// Name of the state of a shard's analysis until the merge: "analysis-00003-of-00016.state".
inline std::string analysis_file(const Shard& shard) {
  return shard.count == 0 ? std::string(analysis_name) : shard_file("analysis", shard, ".state");
}

/// A side file in the manifest.
struct SideRecord {
  std::string file;
  std::uint64_t bytes = 0;
  std::string checksum;
};

/// A file of sequences in the manifest.
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

/// A dataset's manifest, or that of one shard. It depends on nothing but the dataset, so the same
/// dataset has the same manifest everywhere.
struct Manifest {
  /// Program and stream version, seed, canonical config and its hash, format, and a custom
  /// generator's name with the hash of its source.
  Json head;
  Shard shard = {};              ///< which part of the dataset; the whole by default
  std::uint32_t num_shards = 0;  ///< of a whole dataset; 0: its files have no shard number
  std::vector<FileRecord> files = {};
  std::optional<SideRecord> analysis = {};  ///< the whole's report, or a shard's state
};

/// The head of the manifest of such a dataset.
Json manifest_head(const Generator& generator, const FormatOptions& format);

/// The manifest as JSON text. Its last member is the checksum of all the text before it.
std::string manifest_text(const Manifest& manifest);

/// The text of a manifest's file. Fails (io) as `read_file` does, and at once if the path leads to
/// a pipe, a device or a socket.
Result<std::string> read_manifest(const std::string& path);

/// Reads what `manifest_text` wrote; errors call it `name`. Fails (usage) if the text is not a
/// manifest or has another stream version, with every bad member.
Result<Manifest> parse_manifest(std::string_view text, std::string_view name);

/// Reads any metadata.json: none if another program wrote it. The head of data that was not
/// generated from a config, such as a curriculum's stages, has no `config`. Fails as
/// `parse_manifest` does.
Result<std::optional<Manifest>> parse_metadata(std::string_view text, std::string_view name);

/// How the text differs from what `manifest_text` wrote, by its checksum; empty if it is intact.
std::string_view manifest_damage(std::string_view text);

/// In what two heads differ, such as "seed 42 and 8"; the program's version does not matter.
std::vector<std::string> differences(const Json& head, const Json& other);

/// Whether two heads are of the same dataset.
inline bool same_dataset(const Json& head, const Json& other) {
  return differences(head, other).empty();
}

/// The config of a dataset that has one. Fails (usage) with every problem.
Result<Config> config_of(const Manifest& manifest);

/// The generator of the dataset. Fails (usage) if a custom generator made it.
Result<Generator> generator_of(const Manifest& manifest);

/// How its files are written.
FormatOptions format_of(const Manifest& manifest);

}  // namespace synthgen
