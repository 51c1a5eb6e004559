#include "synthgen/config/json_schemas.hpp"

#include "synthgen/config/parameters.hpp"

#include <cstdint>
#include <string>
#include <utility>

namespace synthgen {
namespace {

// Functions, since the live module would keep a table that is made at its start.

Json an_element() {
  return {{"$ref", "#/$defs/element"}};
}

Json a_config() {
  return {{"$ref", "#/$defs/config"}};
}

Json list_of(const Json& items, const char* title) {
  return {{"type", "array"}, {"title", title}, {"minItems", 1}, {"items", items}};
}

/// An object with these members; the required ones come first.
Json object_of(Json members, Json required) {
  return {{"type", "object"},
          {"properties", std::move(members)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

/// One of several forms, with what it is called and an example.
Json form(const char* title, Json example, Json schema) {
  schema["title"] = title;
  schema["examples"] = Json::array({std::move(example)});
  return schema;
}

Json id_schema() {
  const Parameter& vocab_size = *find_parameter("vocab_size");
  return {{"type", "integer"},
          {"minimum", 0},
          {"maximum", static_cast<std::int64_t>(vocab_size.maximum) - 1}};
}

Json weight_schema() {
  return {{"type", "number"}, {"title", "weight"}, {"minimum", 0}, {"default", 1}};
}

Json element_schema() {
  const Json name = {{"type", "string"}, {"title", "name"}};
  const Json times = {{"type", "integer"}, {"title", "times"}, {"minimum", 1}};
  Json bounds = list_of(id_schema(), "lowest and highest id");
  bounds["minItems"] = bounds["maxItems"] = 2;
  return {
      {"anyOf",
       {form("token", 1, id_schema()), form("fresh token", "RANDOM", {{"const", "RANDOM"}}),
        form("pattern token", "PATTERN", {{"const", "PATTERN"}}),
        form("repeat", {{"repeat", 2}, {"of", {"RANDOM"}}},
             object_of({{"repeat", times}, {"of", list_of(an_element(), "elements")}},
                       {"repeat", "of"})),
        form("token of a range", {{"range", {0, 1}}}, object_of({{"range", bounds}}, {"range"})),
        form("named token", {{"name", "a"}, {"of", "RANDOM"}},
             object_of({{"name", name}, {"of", an_element()}}, {"name", "of"})),
        form("named token again", {{"ref", "a"}}, object_of({{"ref", name}}, {"ref"}))}}};
}

Json templates_schema() {
  const Json elements = list_of(an_element(), "elements");
  const Json weighted =
      object_of({{"weight", weight_schema()}, {"elements", elements}}, {"elements"});
  const Json fresh = {1, "RANDOM", "PATTERN"};
  return list_of(
      {{"anyOf",
        {form("template", fresh, elements),
         form("template with a weight", {{"weight", 2}, {"elements", fresh}}, weighted)}}},
      "templates");
}

Json components_schema() {
  return list_of(form("component", {{"weight", 1}, {"config", {{"generator", "random"}}}},
                      object_of({{"weight", weight_schema()}, {"config", a_config()}}, {"config"})),
                 "components");
}

Json splits_schema() {
  Json splits = Json::object();
  for (const Split split : all_splits) splits[std::string(name(split))] = a_config();
  return form("splits", {{"test", {{"seq_length", 1024}}}},
              object_of(std::move(splits), Json::array()));
}

}  // namespace

Json json_parameter_schema(std::string_view key) {
  if (key == "templates") return templates_schema();
  if (key == "components") return components_schema();
  if (key == "splits") return splits_schema();
  return {{"type", {"array", "object"}}};
}

Json json_schema_definitions() {
  return {{"element", element_schema()}, {"config", {{"$ref", "#"}}}};
}

}  // namespace synthgen
