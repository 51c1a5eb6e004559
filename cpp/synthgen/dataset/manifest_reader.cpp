#include "synthgen/config/config_json.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/manifest.hpp"

#include <algorithm>
#include <limits>

namespace synthgen {
namespace {

/// Takes the members of a manifest and notes what is wrong with them.
class ManifestFields {
 public:
  ManifestFields(std::string_view name, std::vector<Problem>& problems)
      : name_(name), problems_(problems) {}

  /// The member if it has the right type, else null.
  const Json* find(const Json& object, const std::string& place, const char* key,
                   bool (*is_right)(const Json&), const char* allowed) {
    const auto member = object.find(key);
    if (member != object.end() && is_right(*member)) return &*member;
    wrong(place + key, member == object.end() ? Json() : *member, allowed);
    return nullptr;
  }

  std::uint64_t number(const Json& object, const std::string& place, const char* key) {
    const auto is_right = [](const Json& value) { return value.is_number_unsigned(); };
    const Json* value = find(object, place, key, is_right, "an integer from 0 up");
    return value == nullptr ? 0 : value->get<std::uint64_t>();
  }

  std::string text(const Json& object, const std::string& place, const char* key) {
    const auto is_right = [](const Json& value) { return value.is_string(); };
    const Json* value = find(object, place, key, is_right, "a text");
    return value == nullptr ? std::string() : value->get<std::string>();
  }

  /// A name in the dataset's directory, not a path that leads out of it.
  std::string file(const Json& object, const std::string& place) {
    std::string name = text(object, place, "file");
    if (name.empty() || name == "." || name == ".." || name.find('/') != name.npos) {
      wrong(place + "file", name, "a name without folders");
    }
    return name;
  }

  SideRecord side(const Json& object, const std::string& place) {
    if (!object.is_object()) {
      wrong(place.substr(0, place.size() - 1), object, "an object");
      return {};
    }
    return {file(object, place), number(object, place, "bytes"), text(object, place, "xxh128")};
  }

  FileRecord record(const Json& object, const std::string& place) {
    SideRecord self = side(object, place);
    FileRecord record;
    if (!object.is_object()) return record;
    record.file = std::move(self.file);
    record.bytes = self.bytes;
    record.checksum = std::move(self.checksum);
    record.first_sequence = number(object, place, "first_sequence");
    record.sequences = number(object, place, "sequences");
    record.tokens = number(object, place, "tokens");
    const std::string split = text(object, place, "split");
    const auto known = std::find_if(all_splits.begin(), all_splits.end(),
                                    [&](Split each) { return split == name(each); });
    if (known == all_splits.end()) {
      wrong(place + "split", split, "one of train, val, test");
    } else {
      record.split = *known;
    }
    if (object.contains("side_files")) {
      for (const auto& [i, each] : object["side_files"].items()) {
        record.side_files.push_back(side(each, formatted("{}side_files[{}].", place, i)));
      }
    }
    return record;
  }

  /// What a curriculum's stage says of its sequences.
  void stage(const Json& json) {
    const auto is_object = [](const Json& value) { return value.is_object(); };
    const Json* stage = find(json, "", "curriculum", is_object, "an object");
    if (stage == nullptr) return;
    for (const char* key : {"vocab_size", "max_length"}) {
      const auto is_right = [](const Json& value) { return whole_number(value).value_or(0) >= 1; };
      if (stage->contains(key)) find(*stage, "curriculum.", key, is_right, "an integer from 1 up");
    }
  }

  void wrong(std::string key, const Json& value, std::string allowed) {
    constexpr std::size_t shown = 80;
    problems_.push_back({std::move(key), value.is_null() ? "" : to_text(value).substr(0, shown),
                         std::move(allowed), std::string(name_)});
  }

 private:
  std::string_view name_;
  std::vector<Problem>& problems_;
};

/// Reads a manifest; `has_config` says whether a config has made its dataset.
Result<Manifest> manifest_of_json(const Json& json, std::string_view name, bool has_config) {
  std::vector<Problem> problems;
  ManifestFields fields(name, problems);
  Manifest manifest{.head = Json::object()};
  for (const auto& [key, value] : json.items()) {
    if (key == "files") {
      if (!value.is_array()) continue;  // told below
      for (const auto& [i, file] : value.items()) {
        manifest.files.push_back(fields.record(file, formatted("files[{}].", i)));
      }
    } else if (key == "shard") {
      if (!value.is_object()) {
        fields.wrong(key, value, "an object");
        continue;
      }
      const std::uint64_t index = fields.number(value, "shard.", "index");
      const std::uint64_t count = fields.number(value, "shard.", "count");
      if (count == 0 || count > most_shards || index >= count) {
        fields.wrong(key, value, "an index below a count of shards");
        continue;
      }
      manifest.shard = {static_cast<std::uint32_t>(index), static_cast<std::uint32_t>(count)};
    } else if (key == "num_shards") {
      const std::uint64_t count = fields.number(json, "", "num_shards");
      if (count > most_shards) fields.wrong(key, value, "a number of shards");
      manifest.num_shards = static_cast<std::uint32_t>(std::min<std::uint64_t>(count, most_shards));
    } else if (key == "analysis") {
      manifest.analysis = fields.side(value, "analysis.");
    } else if (key != "manifest_xxh128") {
      manifest.head[key] = value;
    }
  }
  const auto is_object = [](const Json& value) { return value.is_object(); };
  const auto is_array = [](const Json& value) { return value.is_array(); };
  const auto is_switch = [](const Json& value) { return value.is_boolean(); };
  if (has_config) {
    fields.find(json, "", "config", is_object, "an object of parameters");
  } else {
    fields.stage(json);
  }
  fields.find(json, "", "files", is_array, "a list of files");
  fields.find(json, "", "latents", is_switch, "true or false");
  if (json.contains("labels")) fields.find(json, "", "labels", is_switch, "true or false");
  fields.text(json, "", "format");
  for (const char* key : {"dtype", "compress"}) {
    if (json.contains(key)) fields.text(json, "", key);
  }
  if (json.contains("separator") &&
      fields.number(json, "", "separator") > std::numeric_limits<std::uint32_t>::max()) {
    fields.wrong("separator", json["separator"], "an id");
  }
  if (problems.empty()) {
    for (Problem& problem : check(format_of(manifest))) {
      problem.source = name;
      problems.push_back(std::move(problem));
    }
  }
  if (!problems.empty()) return fail(std::move(problems));
  return manifest;
}

}  // namespace

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
                "a custom generator made this dataset, and this program does not have it");
  }
  const Result<Config> config = config_of(manifest);
  if (!config) return tl::unexpected(config.error());
  return Generator::create(*config);
}

FormatOptions format_of(const Manifest& manifest) {
  FormatOptions format;
  format.format = manifest.head["format"].get<std::string>();
  format.with_latents = manifest.head["latents"].get<bool>();
  format.with_labels = manifest.head.value("labels", false);
  format.dtype = manifest.head.value("dtype", "");
  format.compress = manifest.head.value("compress", "");
  if (manifest.head.contains("separator")) {
    format.separator = manifest.head["separator"].get<std::uint32_t>();
  }
  return format;
}

}  // namespace synthgen
