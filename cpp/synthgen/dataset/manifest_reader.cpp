#include "synthgen/config/config_json.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json_fields.hpp"
#include "synthgen/dataset/manifest.hpp"
#include "synthgen/dataset/validation_report.hpp"
#include "synthgen/io/whole_file.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace synthgen {
namespace {

/// A name in the dataset's directory, not a path that leads out of it.
void read_file_name(const JsonField& field, std::string& name) {
  if (!field.string(name)) return;
  const bool is_path = name.empty() || name == "." || name == ".." || name.find('/') != name.npos;
  if (is_path) field.refuse("a name without folders");
}

void read_side_file(JsonObject& object, SideRecord& side) {
  read_file_name(object.required("file"), side.file);
  object.required("bytes").integer(side.bytes);
  object.required("xxh128").string(side.checksum);
}

SideRecord side_file(const JsonField& field) {
  SideRecord side;
  JsonObject object = field.object();
  read_side_file(object, side);
  return side;
}

FileRecord file_record(const JsonField& field) {
  JsonObject object = field.object();
  SideRecord self;
  read_side_file(object, self);
  FileRecord record;
  record.file = std::move(self.file);
  record.bytes = self.bytes;
  record.checksum = std::move(self.checksum);
  object.required("first_sequence").integer(record.first_sequence);
  object.required("sequences").integer(record.sequences);
  object.required("tokens").integer(record.tokens);
  std::array<std::string_view, all_splits.size()> names;
  std::transform(all_splits.begin(), all_splits.end(), names.begin(),
                 [](Split split) { return name(split); });
  std::size_t split = 0;
  if (object.required("split").word(split, names)) record.split = all_splits[split];
  if (const JsonField sides = object.optional("side_files")) {
    sides.each([&](const JsonField& side) { record.side_files.push_back(side_file(side)); });
  }
  return record;
}

void read_shard(const JsonField& field, Shard& shard) {
  JsonObject object = field.object();
  object.required("count").integer(shard.count, 1, most_shards);
  const JsonField index = object.required("index");
  if (index.integer(shard.index) && shard.index >= shard.count) {
    index.refuse("an index below the count of shards");
  }
}

/// Checks members of the head, which the manifest keeps as JSON.
void check_head(JsonObject& object, bool has_config) {
  if (has_config) {
    const JsonField config = object.required("config");
    if (!config.value().is_object()) config.refuse("an object of parameters");
  } else {
    JsonObject stage = object.required("curriculum").object();
    std::int64_t number = 0;
    if (const JsonField size = stage.optional("vocab_size")) size.integer(number, 1);
    if (const JsonField length = stage.optional("max_length")) length.integer(number, 1);
  }
}

/// Reads a manifest; `has_config` says whether its dataset was generated from a config.
Result<Manifest> manifest_of_json(const Json& json, std::string_view name, bool has_config) {
  std::vector<Problem> problems;
  JsonObject object(JsonField(json, "", problems));
  Manifest manifest{.head = json};
  for (const char* key : {"files", "shard", "num_shards", "analysis", "manifest_xxh128"}) {
    manifest.head.erase(key);
  }
  check_head(object, has_config);
  object.required("files").each(
      [&](const JsonField& file) { manifest.files.push_back(file_record(file)); },
      "a list of files");
  FormatOptions format;
  object.required("format").string(format.format);
  object.required("latents").boolean(format.with_latents);
  if (const JsonField shard = object.optional("shard")) read_shard(shard, manifest.shard);
  if (const JsonField count = object.optional("num_shards")) {
    count.integer(manifest.num_shards, 0, most_shards);
  }
  if (const JsonField analysis = object.optional("analysis")) {
    manifest.analysis = side_file(analysis);
  }
  if (problems.empty()) {
    read_format_options(object, format);
    if (problems.empty()) problems = check(format);
  }
  if (!problems.empty()) return fail(std::move(problems), ErrorKind::usage, name);
  return manifest;
}

}  // namespace

Result<std::string> read_manifest(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_other(path, ignored)) {
    return fail(ErrorKind::io, formatted("{}: cannot read: is no regular file; remove it", path));
  }
  return read_file(path);
}

Result<Manifest> parse_manifest(std::string_view text, std::string_view name) {
  Result<Json> json = parse_json(text, name);
  if (!json) return tl::unexpected(std::move(json.error()));
  if (!json->is_object() || !json->contains("stream_version")) {
    return fail(ErrorKind::usage, formatted("{}: is not the manifest of a dataset", name));
  }
  if (Result<void> known = check_stream_version((*json)["stream_version"], name); !known) {
    return tl::unexpected(known.error());
  }
  return manifest_of_json(*json, name, true);
}

Result<std::optional<Manifest>> parse_metadata(std::string_view text, std::string_view name) {
  const Result<Json> json = parse_json(text, name);
  if (!json) return tl::unexpected(json.error());
  if (!json->is_object()) return std::nullopt;
  const bool is_own =
      json->value("program", Json()) == "synthgen" || json->contains("manifest_xxh128");
  if (!is_own) return std::nullopt;
  if (!json->contains("curriculum")) return parse_manifest(text, name);
  return manifest_of_json(*json, name, false);
}

Result<Config> config_of(const Manifest& manifest) {
  return read_config(manifest.head["config"]);
}

Result<Generator> generator_of(const Manifest& manifest) {
  if (manifest.head.contains("custom")) {
    return fail(ErrorKind::usage,
                "a custom generator wrote this dataset, and this program does not have it; where "
                "the npm package and the generator's source are: npx synthgen-remake "
                "metadata.json --custom FILE.js --output-dir DIR");
  }
  const Result<Config> config = config_of(manifest);
  if (!config) return tl::unexpected(config.error());
  return Generator::create(*config);
}

FormatOptions format_of(const Manifest& manifest) {
  FormatOptions format;
  std::vector<Problem> none;  // the manifest was checked when it was read
  JsonObject head(JsonField(manifest.head, "", none));
  read_format_options(head, format);
  return format;
}

}  // namespace synthgen
