#include "synthgen/config/split_config.hpp"

#include "synthgen/config/config_json.hpp"
#include "synthgen/config/formatted.hpp"

#include <array>

namespace synthgen {
namespace {

constexpr std::array<std::string_view, 7> fixed_keys{"generator", "seed",   "num_train", "num_val",
                                                     "num_test",  "splits", "components"};

constexpr const char* allowed_splits = "an object with members train, val, test";

}  // namespace

Config split_config(const Config& config, Split split, std::vector<Problem>& problems) {
  Config result = config;
  result.splits = Json();
  if (!config.splits.is_object()) return result;
  JsonObject splits(JsonField(config.splits, "splits", problems));
  const JsonField overrides = splits.optional(name(split));
  if (!overrides) return result;
  for (const std::string_view key : fixed_keys) {
    if (overrides.value().is_object() && overrides.value().contains(key)) {
      problems.push_back({formatted("{}.{}", overrides.place(), key),
                          {},
                          "belongs to the whole dataset and cannot differ in a split"});
    }
  }
  set_parameters(result, overrides);
  result.given = config.given;  // overrides do not choose the family
  return result;
}

std::vector<Problem> check_splits(const Config& config) {
  std::vector<Problem> problems;
  if (config.splits.is_null()) return problems;
  const JsonField field(config.splits, "splits", problems);
  JsonObject splits = field.object(allowed_splits);
  for (const Split split : all_splits) splits.optional(name(split));
  splits.refuse_unknown();
  return problems;
}

}  // namespace synthgen
