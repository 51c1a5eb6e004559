#include "synthgen/config/parameters.hpp"

#include "synthgen/config/config_json.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

namespace synthgen {
namespace {

/// Words of lower-case letters with single underscores between them.
bool is_snake_case(std::string_view key) {
  const auto allowed = [](char c) { return c == '_' || (c >= 'a' && c <= 'z'); };
  return !key.empty() && std::all_of(key.begin(), key.end(), allowed) &&
         key.find("__") == key.npos && key.front() != '_' && key.back() != '_';
}

TEST(ParameterTable, KeysAreUniqueSnakeCaseWords) {
  std::set<std::string_view> keys;
  for (const Parameter& parameter : parameters()) {
    EXPECT_TRUE(keys.insert(parameter.key).second) << parameter.key;
    EXPECT_TRUE(is_snake_case(parameter.key)) << parameter.key;
  }
}

TEST(ParameterTable, EveryParameterIsDescribed) {
  for (const Parameter& parameter : parameters()) {
    SCOPED_TRACE(parameter.key);
    EXPECT_FALSE(parameter.label.empty());
    EXPECT_FALSE(parameter.group.empty());
    ASSERT_FALSE(parameter.help.empty());
    EXPECT_EQ(parameter.help.back(), '.');
    EXPECT_FALSE(parameter.allowed().empty());
  }
}

TEST(ParameterTable, DefaultsAreAllowed) {
  for (const Parameter& parameter : parameters()) {
    if (!parameter.has_default()) continue;
    Config config = default_config();
    EXPECT_TRUE(parameter.set(config, parameter.default_value).empty()) << parameter.key;
    EXPECT_EQ(parameter.get(config), parameter.default_value) << parameter.key;
    EXPECT_EQ(parameter.get(default_config()), parameter.default_value) << parameter.key;
  }
}

TEST(ParameterTable, NumbersHaveARangeAndTakeItsBordersOnly) {
  for (const Parameter& parameter : parameters()) {
    if (parameter.type() != "integer" && parameter.type() != "number") continue;
    SCOPED_TRACE(parameter.key);
    ASSERT_LT(parameter.minimum, parameter.maximum);
    Config config = default_config();
    EXPECT_TRUE(parameter.set(config, parameter.minimum).empty());
    EXPECT_TRUE(parameter.set(config, parameter.maximum).empty());
    EXPECT_FALSE(parameter.set(config, parameter.minimum - 1).empty());
    EXPECT_FALSE(parameter.set(config, parameter.maximum + 1).empty());
    EXPECT_EQ(parameter.get(config).get<double>(), parameter.maximum) << "a bad value was stored";
  }
}

TEST(ParameterTable, WordsHaveChoicesWithoutDoubles) {
  for (const Parameter& parameter : parameters()) {
    if (parameter.type() != "word" && parameter.type() != "words") continue;
    SCOPED_TRACE(parameter.key);
    EXPECT_FALSE(parameter.choices.empty());
    std::set<std::string_view> names;
    for (const Choice& choice : parameter.choices) {
      EXPECT_TRUE(names.insert(choice.name).second) << choice.name;
      if (choice.short_name.empty()) continue;
      EXPECT_TRUE(names.insert(choice.short_name).second) << choice.short_name;
    }
  }
}

TEST(ParameterTable, EveryMemberOfTheConfigIsNamedOnce) {
  // Each parameter changes its own value and no other one.
  for (const Parameter& parameter : parameters()) {
    Config config = default_config();
    Json changed = parameter.default_value;
    if (parameter.type() == "integer") changed = parameter.maximum;
    if (parameter.type() == "number") {
      changed =
          parameter.default_value == parameter.maximum ? parameter.minimum : parameter.maximum;
    }
    if (parameter.type() == "word") changed = parameter.choices.back().name;
    if (parameter.type() == "words") changed = {parameter.choices.back().name};
    if (parameter.type() == "integers") changed = {1};
    if (parameter.type() == "boolean") changed = !parameter.default_value.get<bool>();
    if (parameter.type() == "json") changed = {{"any", 1}};
    ASSERT_TRUE(parameter.set(config, changed).empty()) << parameter.key;
    for (const Parameter& other : parameters()) {
      EXPECT_EQ(other.get(config) == other.get(default_config()), other.key != parameter.key)
          << parameter.key << " and " << other.key;
    }
  }
}

TEST(ParameterTable, IsFoundByKey) {
  for (const Parameter& parameter : parameters()) {
    EXPECT_EQ(find_parameter(parameter.key), &parameter);
  }
  EXPECT_EQ(find_parameter("vocab"), nullptr);
  EXPECT_EQ(find_parameter(""), nullptr);
}

TEST(Nearest, FindsTheWordThatWasMeant) {
  const std::string_view known[] = {"vocab_size", "seq_length", "seed"};
  EXPECT_EQ(nearest("vocab_sise", known), "vocab_size");
  EXPECT_EQ(nearest("vocabsize", known), "vocab_size");
  EXPECT_EQ(nearest("seq_lenght", known), "seq_length");
  EXPECT_EQ(nearest("sed", known), "seed");
  EXPECT_EQ(nearest("seed", known), "seed");
}

TEST(Nearest, FindsNothingFarAway) {
  const std::string_view known[] = {"vocab_size", "seq_length", "seed"};
  EXPECT_EQ(nearest("temperature", known), "");
  EXPECT_EQ(nearest("", known), "");
  EXPECT_EQ(nearest("abc", {}), "");
}

}  // namespace
}  // namespace synthgen
