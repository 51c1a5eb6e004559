#pragma once

#include "synthgen/config/json.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace synthgen::testing {

/// Whether a JSON value satisfies a schema: the keywords of JSON Schema that a config's schema
/// uses. Any other keyword throws, so that none is passed over in silence.
inline bool satisfies(const Json& value, const Json& schema, const Json& root) {
  const auto has_type = [&](const std::string& type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "boolean") return value.is_boolean();
    if (type == "number") return value.is_number();
    if (type == "integer") {
      return value.is_number_integer() ||
             (value.is_number_float() && std::floor(value.get<double>()) == value.get<double>());
    }
    throw std::logic_error("type " + type);
  };
  for (const auto& [keyword, rule] : schema.items()) {
    if (keyword == "$schema" || keyword == "title" || keyword == "description" ||
        keyword == "default" || keyword == "examples" || keyword == "$defs") {
      continue;
    }
    if (keyword == "$ref") {
      const std::string place = rule.get<std::string>().substr(1);
      if (!satisfies(value, root.at(Json::json_pointer(place)), root)) return false;
    } else if (keyword == "anyOf") {
      if (std::none_of(rule.begin(), rule.end(),
                       [&](const Json& each) { return satisfies(value, each, root); })) {
        return false;
      }
    } else if (keyword == "const") {
      if (value != rule) return false;
    } else if (keyword == "required") {
      if (!value.is_object()) continue;
      for (const Json& key : rule) {
        if (!value.contains(key.get<std::string>())) return false;
      }
    } else if (keyword == "type") {
      if (!has_type(rule.get<std::string>())) return false;
    } else if (keyword == "enum") {
      if (std::find(rule.begin(), rule.end(), value) == rule.end()) return false;
    } else if (keyword == "minimum") {
      if (value.is_number() && value < rule) return false;
    } else if (keyword == "maximum") {
      if (value.is_number() && value > rule) return false;
    } else if (keyword == "minItems") {
      if (value.is_array() && value.size() < rule.get<std::size_t>()) return false;
    } else if (keyword == "maxItems") {
      if (value.is_array() && value.size() > rule.get<std::size_t>()) return false;
    } else if (keyword == "uniqueItems") {
      if (!value.is_array() || rule != true) continue;
      for (auto item = value.begin(); item != value.end(); ++item) {
        if (std::find(value.begin(), item, *item) != item) return false;
      }
    } else if (keyword == "items") {
      if (!value.is_array()) continue;
      for (const Json& item : value) {
        if (!satisfies(item, rule, root)) return false;
      }
    } else if (keyword == "properties") {
      if (!value.is_object()) continue;
      for (const auto& [key, member] : rule.items()) {
        if (value.contains(key) && !satisfies(value[key], member, root)) return false;
      }
    } else if (keyword == "additionalProperties") {
      if (rule != false) throw std::logic_error("additionalProperties " + to_text(rule));
      if (!value.is_object()) continue;
      for (const auto& [key, member] : value.items()) {
        if (!schema.at("properties").contains(key)) return false;
      }
    } else {
      throw std::logic_error("keyword " + keyword);
    }
  }
  return true;
}

/// The same for a schema that is a document of its own.
inline bool satisfies(const Json& value, const Json& schema) {
  return satisfies(value, schema, schema);
}

}  // namespace synthgen::testing
