#include "support/truth_grid.hpp"

#include <gtest/gtest.h>
#include <set>

#include "support/family_cases.hpp"
#include "support/sanitized.hpp"
#include "support/truth_measurements.hpp"

// Truth against measurement over configs that cross everything with everything, borders included.

namespace synthgen {
namespace {

class TruthOverTheGrid : public ::testing::TestWithParam<std::string_view> {
 protected:
  const std::vector<Json> configs = testing::truth_configs(std::string(GetParam()));
};

TEST_P(TruthOverTheGrid, IsWhatSequencesShow) {
  std::set<std::string> promised;
  std::map<std::string, int> measured;
  constexpr std::size_t step = testing::is_sanitized ? 10 : 1;
  for (std::size_t i = 0; i < configs.size(); i += step) {
    const Json& config = configs[i];
    const Generator generator = testing::generator_of(to_text(config));
    SequenceBatch batch;
    generator.generate(Split::train, 0, 1000, batch, true);
    const auto truth = generator.truth();
    for (const Expectation& expectation : truth) promised.insert(expectation.name);
    for (const auto& comparison : testing::compared(generator.config(), truth, batch)) {
      EXPECT_TRUE(comparison.agrees) << comparison.name << " of " << to_text(config);
      measured[comparison.name] += comparison.is_statistical ? 1 : 0;
    }
  }
  if (step > 1) return;
  const auto& certain = testing::truth_grids().at(std::string(GetParam())).certain;
  for (const std::string& name : promised) {
    if (testing::limits_of_processes.contains(name)) continue;
    if (certain.contains(name)) {
      EXPECT_EQ(measured[name], 0) << name << " is a matter of chance";
      continue;
    }
    EXPECT_GE(measured[name], 5) << name << " is hardly ever a matter of chance";
  }
}

TEST_P(TruthOverTheGrid, HasEveryValueThatIsToBeCrossed) {
  for (const auto& [key, values] : testing::truth_axes(std::string(GetParam()))) {
    std::set<Json> seen;
    for (const Json& config : configs) seen.insert(config.value(key, Json()));
    for (const Json& value : values) EXPECT_TRUE(seen.contains(value)) << key << " " << value;
  }
}

INSTANTIATE_TEST_SUITE_P(, TruthOverTheGrid, ::testing::ValuesIn(testing::registered_families()),
                         [](const auto& family) { return std::string(family.param); });

TEST(TruthGrid, HasMoreThanTwoHundredConfigs) {
  std::set<Json> configs;
  for (const std::string_view family : testing::registered_families()) {
    for (const Json& config : testing::truth_configs(std::string(family))) {
      configs.insert(canonical_config(testing::config_of(to_text(config))));
    }
  }
  EXPECT_GE(configs.size(), 200U);
}

}  // namespace
}  // namespace synthgen
