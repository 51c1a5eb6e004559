#include "synthgen/dataset/manifest.hpp"

#include "synthgen/config/config_json.hpp"
#include "synthgen/config/formatted.hpp"
#include "synthgen/io/checksum.hpp"

#include <algorithm>
#include <set>

namespace synthgen {
namespace {

constexpr std::size_t checksum_digits = 32;

Json custom_identity(const SequenceGenerator& custom) {
  Json identity = {{"name", custom.name()}};
  if (const std::string source = custom.source(); !source.empty()) {
    identity["source_xxh128"] = checksum_of(source);
  }
  return identity;
}

Json to_json(const SideRecord& record) {
  return {{"file", record.file}, {"bytes", record.bytes}, {"xxh128", record.checksum}};
}

/// The end of a manifest, after the text that the checksum is of.
std::string closing(std::string_view checksum) {
  return std::string(",\n  \"manifest_xxh128\": \"").append(checksum).append("\"\n}\n");
}

}  // namespace

Json to_json(const FileRecord& record) {
  Json entry = {{"file", record.file},
                {"split", name(record.split)},
                {"first_sequence", record.first_sequence},
                {"sequences", record.sequences},
                {"tokens", record.tokens},
                {"bytes", record.bytes},
                {"xxh128", record.checksum}};
  for (const SideRecord& side : record.side_files) entry["side_files"].push_back(to_json(side));
  return entry;
}

Json manifest_head(const Generator& generator, const FormatOptions& format) {
  const Config& config = generator.config();
  const Json canonical = canonical_config(config);
  Json head = {{"program", "synthgen"},
               {"version", program_version},
               {"stream_version", stream_version},
               {"seed", config.seed},
               {"config", canonical},
               {"config_xxh128", checksum_of(to_text(canonical))}};
  head.update(to_json(format));
  if (format.with_labels || format.trainer_columns) {
    head["label_alignment"] = format.with_labels ? same_position : next_token;
  }
  if (generator.custom() != nullptr) head["custom"] = custom_identity(*generator.custom());
  return head;
}

std::string manifest_text(const Manifest& manifest) {
  Json json = manifest.head;
  if (manifest.shard.count > 0) {
    json["shard"] = {{"index", manifest.shard.index}, {"count", manifest.shard.count}};
  }
  if (manifest.num_shards > 0) json["num_shards"] = manifest.num_shards;
  Json files = Json::array();
  for (const FileRecord& file : manifest.files) files.push_back(to_json(file));
  json["files"] = std::move(files);
  if (manifest.analysis) json["analysis"] = to_json(*manifest.analysis);
  std::string text = to_text(json, 2);
  text.resize(text.size() - 2);  // the end of the last line and the brace
  const std::string checksum = checksum_of(text);
  return text + closing(checksum);
}

std::string_view manifest_damage(std::string_view text) {
  const std::size_t end_size = closing(std::string(checksum_digits, '0')).size();
  if (text.size() <= end_size) return "is cut short";
  const std::string_view body = text.substr(0, text.size() - end_size);
  if (text.substr(body.size()) == closing(checksum_of(body))) return {};
  if (text.find("\"manifest_xxh128\"") == text.npos) {
    return "does not end with its checksum, as every manifest does";
  }
  return "was changed: its checksum does not match";
}

std::vector<std::string> differences(const Json& head, const Json& other) {
  const auto value_text = [](const Json& object, const std::string& key) {
    constexpr std::size_t shown = 40;
    if (!object.contains(key)) return std::string("nothing");
    const std::string text = to_text(object[key]);
    return text.size() > shown ? text.substr(0, shown) + "…" : text;
  };
  std::set<std::string> keys;
  for (const Json* object : {&head, &other}) {
    for (const auto& [key, value] : object->items()) keys.insert(key);
  }
  std::vector<std::string> found;
  for (const std::string& key : keys) {
    if (key == "version" || key == "config_xxh128") continue;
    const Json one = head.value(key, Json());
    const Json two = other.value(key, Json());
    if (one == two && head.contains(key) == other.contains(key)) continue;
    if (one.is_object() && two.is_object()) {
      for (std::string& difference : differences(one, two)) found.push_back(std::move(difference));
    } else {
      std::string text =
          formatted("{} {} and {}", key, value_text(head, key), value_text(other, key));
      // The seed stands in the config too.
      if (std::find(found.begin(), found.end(), text) == found.end()) {
        found.push_back(std::move(text));
      }
    }
  }
  return found;
}

}  // namespace synthgen
