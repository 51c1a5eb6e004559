#include "synthgen/config/config_json.hpp"
#include "synthgen/generate/registry.hpp"

#include <gtest/gtest.h>

#include "support/json_schema.hpp"

namespace synthgen {
namespace {

using testing::satisfies;

TEST(ConfigSchema, DescribesEveryParameter) {
  const Json schema = config_schema();
  EXPECT_EQ(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
  EXPECT_EQ(schema["type"], "object");
  EXPECT_EQ(schema["additionalProperties"], false);
  for (const Parameter& parameter : parameters()) {
    SCOPED_TRACE(parameter.key);
    ASSERT_TRUE(schema["properties"].contains(parameter.key));
    const Json& property = schema["properties"][std::string(parameter.key)];
    EXPECT_EQ(property["description"], parameter.help);
    EXPECT_EQ(property["title"], parameter.label);
    EXPECT_EQ(property.contains("default"), parameter.has_default());
    if (parameter.has_default()) {
      EXPECT_EQ(property["default"], parameter.default_value);
    }
  }
}

TEST(ConfigSchema, AcceptsTheDefaults) {
  EXPECT_TRUE(satisfies(to_json(default_config()), config_schema()));
}

TEST(ConfigSchema, AcceptsWhatReadingAcceptsAndRefusesWhatItRefuses) {
  const Json schema = config_schema();
  const char* const configs[] = {
      R"({})",
      R"({"vocab_size": 2})",
      R"({"vocab_size": 1})",
      R"({"vocab_size": -5})",
      R"({"vocab_size": 2147483647})",
      R"({"vocab_size": 2147483648})",
      R"({"vocab_size": "abc"})",
      R"({"vocab_size": 10.5})",
      R"({"vocab_size": 1e3})",
      R"({"vocab_size": null})",
      R"({"seed": 9007199254740991})",
      R"({"seed": 9007199254740992})",
      R"({"seed": -1})",
      R"({"noise_probability": 1})",
      R"({"noise_probability": 1.3})",
      R"({"noise_probability": true})",
      R"({"generator": "pattern"})",
      R"({"generator": "patern"})",
      R"({"generator": 1})",
      R"({"vocab_distribution": "zipf"})",
      R"({"vocab_distribution": "zipfian"})",
      R"({"pattern_types": ["rep", "alternation"]})",
      R"({"pattern_types": []})",
      R"({"pattern_types": ["rep", "rep"]})",
      R"({"pattern_types": ["repitition"]})",
      R"({"pattern_types": "rep"})",
      R"({"vocab_sise": 3})",
      R"([])",
      R"(null)",
  };
  for (const char* text : configs) {
    const Json config = Json::parse(text);
    EXPECT_EQ(satisfies(config, schema), read_config(config).has_value()) << text;
  }
}

TEST(ParameterTableAsJson, HasARowForEachParameterInOrder) {
  const Json table = parameter_table();
  ASSERT_EQ(table.size(), parameters().size());
  for (std::size_t i = 0; i < table.size(); ++i) {
    const Parameter& parameter = parameters()[i];
    SCOPED_TRACE(parameter.key);
    EXPECT_EQ(table[i]["key"], parameter.key);
    EXPECT_EQ(table[i]["type"], parameter.type());
    EXPECT_EQ(table[i]["help"], parameter.help);
    EXPECT_EQ(table[i]["allowed"], parameter.allowed());
    EXPECT_EQ(table[i]["default"], parameter.default_value);
    EXPECT_EQ(table[i].contains("minimum"), table[i].contains("maximum"));
    EXPECT_FALSE(table[i]["families"].empty());
  }
  EXPECT_EQ(table[1]["key"], "vocab_size");
  EXPECT_EQ(table[1]["maximum"].dump(), "2147483647");
}

}  // namespace
}  // namespace synthgen
