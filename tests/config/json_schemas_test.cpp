#include "synthgen/config/json_schemas.hpp"

#include "synthgen/config/config_json.hpp"
#include "synthgen/generate/registry.hpp"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace synthgen {
namespace {

/// What is wrong with a config of the family with that value.
std::vector<Problem> problems_with(const std::string& family, const std::string& key, Json value) {
  const Result<Config> config = read_config({{"generator", family}, {key, std::move(value)}});
  if (!config) return config.error().problems;
  const MadeSource source = make_source(*config);
  return source ? std::vector<Problem>() : source.error().problems;
}

TEST(JsonSchemas, EveryFormOfATemplateElementIsAccepted) {
  const Json forms = json_schema_definitions()["element"]["anyOf"];
  ASSERT_EQ(forms.size(), 7U);
  for (const Json& form : forms) {
    SCOPED_TRACE(form.dump());
    const Json named = {{"name", "a"}, {"of", "RANDOM"}};
    const Json list = Json::array({named, form["examples"][0]});
    EXPECT_TRUE(problems_with("template", "templates", Json::array({list})).empty());
    if (!form.contains("properties")) continue;
    for (const Json& key : form["required"]) {
      Json lacking = form["examples"][0];
      lacking.erase(key.get<std::string>());
      const Json wrong = Json::array({named, lacking});
      EXPECT_FALSE(problems_with("template", "templates", Json::array({wrong})).empty()) << key;
    }
  }
}

TEST(JsonSchemas, ExamplesOfTemplatesAndComponentsAreAccepted) {
  const Json schema = json_parameter_schema("templates");
  for (const Json& form : schema["items"]["anyOf"]) {
    const Json templates = Json::array({form["examples"][0]});
    EXPECT_TRUE(problems_with("template", "templates", templates).empty()) << form.dump();
  }
  const Json component = json_parameter_schema("components")["items"]["examples"][0];
  EXPECT_TRUE(problems_with("mixture", "components", Json::array({component})).empty());
}

TEST(JsonSchemas, OtherJsonIsAnyListOrObject) {
  EXPECT_EQ(json_parameter_schema("custom_params"), Json({{"type", {"array", "object"}}}));
}

}  // namespace
}  // namespace synthgen
