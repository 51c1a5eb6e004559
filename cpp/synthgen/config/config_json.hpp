#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/config/json_fields.hpp"
#include "synthgen/config/parameters.hpp"

#include <functional>
#include <string_view>
#include <vector>

namespace synthgen {

/// Every parameter at its default.
Config default_config();

/// Stores the members of a JSON object in a config and returns every problem at once: unknown keys,
/// wrong types, values out of range. Keys with a problem keep their old value.
std::vector<Problem> set_parameters(Config& config, const Json& object);

/// The same; lists and objects are taken over instead of copied, so that large ones are held once.
std::vector<Problem> set_parameters(Config& config, Json&& object);

/// The same for an object inside other JSON; adds to the field's problems.
void set_parameters(Config& config, const JsonField& object);

/// The config that a JSON object means; fails (usage) with every problem at once.
Result<Config> read_config(const Json& object);

/// Fails (usage) if a manifest's `stream_version` is not the one that this program generates.
Result<void> check_stream_version(const Json& version, std::string_view name);

/// The parameters that an object has: its own, or where it is a `metadata.json` those of the config
/// inside it. Fails (usage) for the manifest of another stream version, which the error calls
/// `name`.
Result<Json> parameters_of(Json object, std::string_view name);

/// The parameters in a JSON text, which errors call `name`. In a `metadata.json` they are those of
/// the config inside it. Fails (usage) when the text is not JSON, or the manifest of
/// another stream version.
Result<Json> parse_parameters(std::string_view text, std::string_view name);

/// The config that a JSON text means; fails as `parse_parameters` and `read_config` do.
Result<Config> parse_config(std::string_view text, std::string_view name);

/// The parameters of a config as a JSON object, in the table's order: those for which `uses(key)`
/// holds and those given explicitly. Reading it back gives the same config.
Json to_json(
    const Config& config,
    const std::function<bool(std::string_view)>& uses = [](std::string_view) { return true; });

/// JSON Schema (draft 2020-12) of a config file, made from the parameter table.
Json config_schema();

}  // namespace synthgen
