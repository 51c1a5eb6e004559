#include "synthgen/dataset/read_manifest.hpp"

#include "synthgen/config/config_json.hpp"
#include "synthgen/config/formatted.hpp"

#include <algorithm>

namespace synthgen {
namespace {

/// Reads the members of one file's record; the first that is wrong makes it invalid.
class RecordReader {
 public:
  explicit RecordReader(const Json& object) : object_(object) {}

  /// The key whose value is wrong; null when none is.
  const char* wrong() const noexcept { return wrong_; }

  std::string text(const char* key) {
    const Json value = object_.value(key, Json());
    if (value.is_string()) return value.get<std::string>();
    wrong_ = key;
    return {};
  }
  std::uint64_t number(const char* key) {
    const std::int64_t value = whole_number(object_.value(key, Json())).value_or(-1);
    if (value < 0) wrong_ = key;
    return static_cast<std::uint64_t>(std::max<std::int64_t>(value, 0));
  }
  std::string file_name() {
    std::string name = text("file");
    if (name.empty() || name == "." || name == ".." || name.find('/') != name.npos) wrong_ = "file";
    return name;
  }
  Split split() {
    const std::string given = text("split");
    const auto found = std::find_if(all_splits.begin(), all_splits.end(),
                                    [&](Split split) { return given == name(split); });
    if (found != all_splits.end()) return *found;
    wrong_ = "split";
    return Split::train;
  }

 private:
  const Json& object_;
  const char* wrong_ = nullptr;
};

tl::unexpected<Error> malformed(const std::string& place, const char* key) {
  return fail(ErrorKind::data, formatted("{}.{}: is missing or not what it should be", place, key));
}

/// The record of a file that belongs to another one.
Result<SideRecord> read_side_record(const Json& object, const std::string& place) {
  if (!object.is_object()) return fail(ErrorKind::data, place + ": is not an object");
  RecordReader reader(object);
  SideRecord record{reader.file_name(), reader.number("bytes"), reader.text("xxh128")};
  if (reader.wrong() != nullptr) return malformed(place, reader.wrong());
  return record;
}

Result<FileRecord> read_record(const Json& object, const std::string& place) {
  if (!object.is_object()) return fail(ErrorKind::data, place + ": is not an object");
  RecordReader reader(object);
  FileRecord record;
  record.file = reader.file_name();
  record.split = reader.split();
  record.first_sequence = reader.number("first_sequence");
  record.sequences = reader.number("sequences");
  record.tokens = reader.number("tokens");
  record.bytes = reader.number("bytes");
  record.checksum = reader.text("xxh128");
  if (reader.wrong() != nullptr) return malformed(place, reader.wrong());
  const Json sides = object.value("side_files", Json::array());
  if (!sides.is_array()) return malformed(place, "side_files");
  for (std::size_t i = 0; i < sides.size(); ++i) {
    Result<SideRecord> side = read_side_record(sides[i], formatted("{}.side_files[{}]", place, i));
    if (!side) return tl::unexpected(std::move(side.error()));
    record.side_files.push_back(std::move(*side));
  }
  return record;
}

}  // namespace

Result<std::optional<ManifestListing>> read_manifest(std::string_view text, std::string_view name) {
  const Result<Json> json = parse_json(text, name);
  if (!json) return tl::unexpected(json.error());
  if (!json->is_object() || json->value("program", Json()) != "synthgen") return std::nullopt;
  ManifestListing manifest;
  if (const auto config = json->find("config"); config != json->end() && config->is_object()) {
    Result<Config> read = parse_config(to_text(*config), name);
    if (!read) return tl::unexpected(std::move(read.error()));
    manifest.config = std::move(*read);
  }
  const Json files = json->value("files", Json());
  if (!files.is_array()) return fail(ErrorKind::data, formatted("{}: files: is no list", name));
  for (std::size_t i = 0; i < files.size(); ++i) {
    Result<FileRecord> record = read_record(files[i], formatted("{}: files[{}]", name, i));
    if (!record) return tl::unexpected(std::move(record.error()));
    manifest.files.push_back(std::move(*record));
  }
  return manifest;
}

}  // namespace synthgen
