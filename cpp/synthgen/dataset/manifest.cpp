#include "synthgen/dataset/manifest.hpp"

#include "synthgen/config/config_json.hpp"
#include "synthgen/io/checksum.hpp"

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

bool same_dataset(const Json& head, const Json& other) {
  Json one = head;
  Json two = other;
  one.erase("version");
  two.erase("version");
  return one == two;
}

}  // namespace synthgen
