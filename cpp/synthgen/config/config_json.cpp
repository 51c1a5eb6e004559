#include "synthgen/config/config_json.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/config/json_schemas.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace synthgen {
namespace {

std::vector<std::string_view> parameter_keys() {
  std::vector<std::string_view> keys;
  for (const Parameter& parameter : parameters()) keys.push_back(parameter.key);
  return keys;
}

/// Whether a text's first line, blank ones and comments aside, is a document's start, a plain key
/// or an entry of a list in YAML.
bool begins_like_yaml(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    if (line == "---" || line.starts_with("%YAML") || line.starts_with("- ")) return true;
    const std::size_t key = std::min(
        line.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"),
        line.size());
    return key > 0 && line.substr(key, 1) == ":" &&
           (line.size() == key + 1 || line[key + 1] == ' ');
  }
  return false;
}

bool is_named_yaml(std::string_view name) {
  return name.ends_with(".yml") || name.ends_with(".yaml");
}

}  // namespace

Config default_config() {
  Config config;
  for (const Parameter& parameter : parameters()) {
    if (parameter.has_default()) parameter.set(config, parameter.default_value);
  }
  config.given.clear();
  return config;
}

void set_parameters(Config& config, const JsonField& field) {
  const JsonObject object(field, "a JSON object of parameters");
  object.each([&](const std::string& key, const JsonField& value) {
    if (const Parameter* parameter = find_parameter(key)) {
      parameter->set(config, value);
    } else {
      object.refuse_key(key, parameter_keys());
    }
  });
}

std::vector<Problem> set_parameters(Config& config, const Json& object) {
  std::vector<Problem> problems;
  set_parameters(config, JsonField(object, object.is_object() ? "" : "config", problems));
  return problems;
}

std::vector<Problem> set_parameters(Config& config, Json&& object) {
  for (const Parameter& parameter : parameters()) {
    const auto* member = std::get_if<Json Config::*>(&parameter.member);
    if (member == nullptr || !object.is_object()) continue;
    const auto value = object.find(parameter.key);
    if (value == object.end() || !value->is_structured()) continue;
    config.** member = std::move(*value);
    config.given.insert(std::string(parameter.key));
    object.erase(value);
  }
  return set_parameters(config, std::as_const(object));
}

Result<Config> read_config(const Json& object) {
  Config config = default_config();
  std::vector<Problem> problems = set_parameters(config, object);
  if (!problems.empty()) return fail(std::move(problems));
  return config;
}

Result<void> check_stream_version(const Json& version, std::string_view name) {
  constexpr std::size_t shown = 20;
  if (version == stream_version) return {};
  return fail(ErrorKind::usage,
              formatted("{}: has stream version {}; this program makes stream version {}{}", name,
                        to_text(version).substr(0, shown), stream_version,
                        version > stream_version ? ": use a newer one" : ""));
}

Result<Json> parameters_of(Json object, std::string_view name) {
  if (!object.is_object() || !object.contains("stream_version")) return object;
  if (Result<void> known = check_stream_version(object["stream_version"], name); !known) {
    return tl::unexpected(std::move(known.error()));
  }
  return object.value("config", Json::object());
}

Result<Json> parse_parameters(std::string_view text, std::string_view name) {
  Result<Json> json = parse_json(text, name);
  if (json) return parameters_of(std::move(*json), name);
  const bool is_blank = text.find_first_not_of(" \t\r\n") == text.npos;
  if (begins_like_yaml(text) || (is_named_yaml(name) && !is_blank)) {
    json.error().message = formatted(
        "{}: is YAML; a config is JSON. Convert it: python3 -c 'import json, sys, yaml; "
        "json.dump(yaml.safe_load(sys.stdin), sys.stdout)' < {} > config.json",
        name, name);
  }
  return json;
}

Result<Config> parse_config(std::string_view text, std::string_view name) {
  Result<Json> object = parse_parameters(text, name);
  if (!object) return tl::unexpected(std::move(object.error()));
  Config config = default_config();
  std::vector<Problem> problems = set_parameters(config, std::move(*object));
  if (!problems.empty()) return fail(std::move(problems), ErrorKind::usage, name);
  return config;
}

Json to_json(const Config& config, const std::function<bool(std::string_view)>& uses) {
  Json object = Json::object();
  for (const Parameter& parameter : parameters()) {
    if (!uses(parameter.key) && !config.given.contains(parameter.key)) continue;
    Json value = parameter.get(config);
    if (value.is_null() || value == "") continue;  // not given and without a default
    object[std::string(parameter.key)] = std::move(value);
  }
  return object;
}

Json config_schema() {
  Json properties = Json::object();
  for (const Parameter& parameter : parameters()) {
    Json words = Json::array();
    for (const Choice& choice : parameter.choices) {
      words.push_back(choice.name);
      if (!choice.short_name.empty()) words.push_back(choice.short_name);
    }
    Json property = {{"title", parameter.label}, {"description", parameter.help}};
    if (parameter.type() == "words") {
      property["type"] = "array";
      property["items"] = {{"enum", words}};
      property["minItems"] = 1;
      property["uniqueItems"] = true;
    } else if (parameter.type() == "word") {
      property["enum"] = words;
    } else if (parameter.type() == "json") {
      property.update(json_parameter_schema(parameter.key));
      property["title"] = parameter.label;
    } else if (parameter.type() == "integers") {
      property["type"] = "array";
      property["items"] = {{"type", "integer"},
                           {"minimum", static_cast<std::int64_t>(parameter.minimum)},
                           {"maximum", static_cast<std::int64_t>(parameter.maximum)}};
      property["uniqueItems"] = true;
    } else if (parameter.type() == "boolean") {
      property["type"] = "boolean";
    } else {
      property["type"] = parameter.type();
      const auto bound = [&](double value) {
        return parameter.type() == "integer" ? Json(static_cast<std::int64_t>(value)) : Json(value);
      };
      property["minimum"] = bound(parameter.minimum);
      property["maximum"] = bound(parameter.maximum);
    }
    if (parameter.has_default()) property["default"] = parameter.default_value;
    properties[std::string(parameter.key)] = std::move(property);
  }
  return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
          {"title", "synthgen config"},
          {"type", "object"},
          {"properties", std::move(properties)},
          {"additionalProperties", false},
          {"$defs", json_schema_definitions()}};
}

}  // namespace synthgen
