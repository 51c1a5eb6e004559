#include "synthgen/config/formatted.hpp"
#include "synthgen/dataset/manifest.hpp"

#include <algorithm>

namespace synthgen {

const std::string_view program_version = SYNTHGEN_VERSION;

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

/// What ends a manifest behind the bytes that the checksum is of.
std::string closing(std::string_view checksum) {
  return std::string(",\n  \"manifest_xxh128\": \"").append(checksum).append("\"\n}\n");
}

/// "byte 12 (line 2)", counted from 0 and from 1.
std::string place_in(std::string_view text, std::size_t byte) {
  const auto lines =
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(byte), '\n');
  return formatted("byte {} (line {})", byte, lines + 1);
}

/// Where a single byte of `text` was changed, if undoing that gives the checksum: every one is
/// tried.
std::optional<std::size_t> changed_byte(std::string text, std::string_view checksum) {
  constexpr std::size_t most_bytes = 1 << 14;  // a second's work
  if (text.size() > most_bytes) return std::nullopt;
  for (std::size_t place = 0; place < text.size(); ++place) {
    const char found = text[place];
    for (int other = 0; other < 256; ++other) {
      text[place] = static_cast<char>(other);
      if (text[place] != found && checksum_of(text) == checksum) return place;
    }
    text[place] = found;
  }
  return std::nullopt;
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
               {"config_xxh128", checksum_of(to_text(canonical))},
               {"format", format.format},
               {"latents", format.with_latents}};
  if (format.with_labels) head["labels"] = true;
  if (!format.dtype.empty()) head["dtype"] = format.dtype;
  if (!format.compress.empty()) head["compress"] = format.compress;
  if (format.separator) head["separator"] = *format.separator;
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

Result<void> check_manifest_text(std::string_view text, std::string_view name) {
  const std::string standard = closing(std::string(checksum_digits, '0'));
  const auto damaged = [&](std::string_view where) {
    return fail(ErrorKind::data, formatted("{}: {}", name, where));
  };
  if (text.size() <= standard.size()) return damaged("is cut short");
  const std::string_view body = text.substr(0, text.size() - standard.size());
  const std::string_view end = text.substr(body.size());
  const std::string checksum = checksum_of(body);
  if (end == closing(checksum)) return {};

  // Of the end only the digits may differ; else it does not tell what was there.
  const std::size_t digits = standard.find('0');
  const std::string expected = closing(checksum);
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < end.size(); ++i) {
    if (end[i] != expected[i]) places.push_back(i);
  }
  if (places.size() == 1) {
    return damaged(formatted("{} was changed", place_in(text, body.size() + places.front())));
  }
  const bool tells_checksum = std::all_of(places.begin(), places.end(), [&](std::size_t place) {
    return place >= digits && place < digits + checksum_digits;
  });
  const auto place = tells_checksum
                         ? changed_byte(std::string(body), end.substr(digits, checksum_digits))
                         : std::nullopt;
  if (place) return damaged(formatted("{} was changed", place_in(text, *place)));
  if (text.find("\"manifest_xxh128\"") == text.npos) {
    return damaged("does not end with its checksum, as every manifest does");
  }
  return damaged("was changed: its checksum is not the one that it ends with");
}

bool same_dataset(const Json& head, const Json& other) {
  Json one = head;
  Json two = other;
  one.erase("version");
  two.erase("version");
  return one == two;
}

}  // namespace synthgen
