#include "synthgen/dataset/directory_manifests.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/split_config.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/layers/length_layer.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace synthgen {
namespace {

namespace fs = std::filesystem;

/// The limits of a curriculum's stage from its manifest; none for other data.
SequenceLimits stage_limits(const Manifest& manifest) {
  const auto stage = manifest.head.find("curriculum");
  if (stage == manifest.head.end()) return {};
  std::vector<Problem> none;  // the manifest was checked when it was read
  JsonObject fields(JsonField(*stage, "", none));
  return read_limits(fields);
}

/// The fault of a file that is not JSON. Its error begins with the file's name and, if it is known,
/// the place.
Fault fault_of_text(const Error& error, const std::string& name) {
  Fault fault{FaultKind::malformed, name, 0, error.message};
  std::string prefix = name + ": ";
  if (error.place) prefix = formatted("{}:{}:{}: ", name, error.place->line, error.place->column);
  if (!error.message.starts_with(prefix)) return fault;
  fault.message.erase(0, prefix.size());
  if (error.place) {
    fault.line = error.place->line;
    fault.message = formatted("column {}: {}", error.place->column, fault.message);
  }
  return fault;
}

/// Reads the manifests one by one.
class ManifestReader {
 public:
  explicit ManifestReader(const fs::path& directory) : directory_(directory) {}

  Result<DirectoryManifests> read() {
    std::error_code ignored;
    std::vector<fs::path> paths{directory_ / manifest_name};
    if (!fs::exists(paths.front(), ignored)) {
      Result<std::vector<fs::path>> of_shards = shard_manifests(directory_);
      if (!of_shards) return tl::unexpected(std::move(of_shards.error()));
      paths = std::move(*of_shards);
      found_.are_of_shards = !paths.empty();
    }
    for (const fs::path& path : paths) {
      if (Result<void> added = add(path); !added) return tl::unexpected(std::move(added.error()));
    }
    read_config();
    return std::move(found_);
  }

 private:
  Result<void> add(const fs::path& path) {
    const Result<std::string> text = read_manifest(path.string());
    if (!text) return tl::unexpected(text.error());
    Result<std::optional<Manifest>> manifest = parse_metadata(*text, path.string());
    if (!manifest) {
      leave_out(manifest.error(), path.string());
      return {};
    }
    if (!*manifest) {
      const Result<Json> json = parse_json(*text, path.string());
      if (json && json->is_object() && json->empty()) mismatch(path.string(), "names no files");
      return {};
    }
    if (const std::string_view damage = manifest_damage(*text); !damage.empty()) {
      mismatch(path.string(), damage);
    }
    NamedManifest named{path.filename().string(), std::move(**manifest)};
    if (!found_.named.empty() && !is_of_same(found_.named.front().manifest, named.manifest)) {
      return fail(ErrorKind::usage,
                  formatted("{}: {} and {} are of different datasets; name the files",
                            directory_.string(), found_.named.front().name, named.name));
    }
    found_.named.push_back(std::move(named));
    return {};
  }

  static bool is_of_same(const Manifest& one, const Manifest& other) {
    return same_dataset(one.head, other.head) && one.shard.count == other.shard.count;
  }

  /// Reads the config of the dataset; with a wrong one the manifests cannot be used.
  void read_config() {
    if (found_.named.empty() || !found_.named.front().manifest.head.contains("config")) return;
    Result<Config> config = config_of(found_.named.front().manifest);
    if (config) {
      found_.config = std::move(*config);
      return;
    }
    leave_out(config.error(), (directory_ / found_.named.front().name).string());
    found_.named.clear();
  }

  void mismatch(const std::string& path, std::string_view message) {
    found_.faults.push_back({FaultKind::manifest_mismatch, path, 0, std::string(message)});
  }

  void leave_out(const Error& error, const std::string& path) {
    found_.is_complete = false;
    if (error.problems.empty()) found_.faults.push_back(fault_of_text(error, path));
    for (Problem problem : error.problems) {
      problem.source.clear();
      found_.faults.push_back({FaultKind::malformed, path, 0, problem.text()});
    }
  }

  const fs::path& directory_;
  DirectoryManifests found_;
};

}  // namespace

Result<std::vector<fs::path>> shard_manifests(const fs::path& directory) {
  std::vector<fs::path> paths;
  std::error_code error;
  fs::directory_iterator entry(directory, error);
  while (error == std::errc::interrupted) entry = fs::directory_iterator(directory, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    constexpr std::string_view example = "metadata-00003-of-00016.json";
    const auto alike = [](char found, char shown) {
      const bool is_digit = found >= '0' && found <= '9';
      return shown >= '0' && shown <= '9' ? is_digit : found == shown;
    };
    if (name.size() == example.size() &&
        std::equal(name.begin(), name.end(), example.begin(), alike)) {
      paths.push_back(entry->path());
    }
  }
  const bool is_none =
      error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory;
  if (error && !is_none) {
    return fail(ErrorKind::io, formatted("{}: cannot read the directory: {}", directory.string(),
                                         error.message()));
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

SequenceLimits DirectoryManifests::limits(Split split) const {
  if (!config) return named.empty() ? SequenceLimits{} : stage_limits(named.front().manifest);
  SplitLimits limits;
  if (const Result<Generator> generator = Generator::create(*config)) {
    limits = generator->limits(split);
  } else {                         // a custom one, whose sequences may stop anywhere
    std::vector<Problem> ignored;  // the generator that wrote the manifest had none
    const Config in_split = split_config(*config, split, ignored);
    limits = {{1, LengthLayer(in_split).longest()},
              static_cast<std::uint64_t>(in_split.vocab_size)};
  }
  return {.vocab_size = static_cast<std::int64_t>(limits.vocab_size),
          .min_length = static_cast<std::int64_t>(limits.lengths.shortest),
          .max_length = static_cast<std::int64_t>(limits.lengths.longest)};
}

std::optional<std::int64_t> DirectoryManifests::vocab_size() const {
  if (config) return config->vocab_size;
  return named.empty() ? std::nullopt : stage_limits(named.front().manifest).vocab_size;
}

Result<DirectoryManifests> manifests_in(const fs::path& directory) {
  return ManifestReader(directory).read();
}

}  // namespace synthgen
