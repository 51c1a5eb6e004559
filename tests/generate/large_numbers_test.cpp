#include "synthgen/config/config_json.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/layers/content.hpp"
#include "synthgen/generate/structure/condition.hpp"
#include "synthgen/generate/structure/template_slots.hpp"

#include <gtest/gtest.h>
#include <set>

#include "support/configs.hpp"

// Configs with large numbers: what they cost follows the text, not the numbers in it.

namespace synthgen {
namespace {

using testing::config_of;
using testing::value_of;

std::vector<Problem> problems_of(const std::string& text) {
  const Result<Config> config = parse_config(text, "config");
  return config ? check(*config) : config.error().problems;
}

TEST(LargeNumbers, ConditionsReserveTheListedIdsAndTheSmallestOthers) {
  for (const auto& [listed, conditions] : std::vector<std::pair<std::vector<std::int64_t>, int>>{
           {{}, 5}, {{0, 1, 2}, 5}, {{7, 3}, 2}, {{7, 3}, 6}, {{19, 0, 4}, 9}, {{2}, 1}}) {
    Config config = config_of(R"({"generator": "conditional", "vocab_size": 20})");
    config.num_conditions = conditions;
    config.condition_tokens = listed;
    std::vector<std::uint32_t> expected(listed.begin(), listed.end());
    const std::set<std::int64_t> known(listed.begin(), listed.end());
    for (std::uint32_t id = 0; expected.size() < static_cast<std::size_t>(conditions); ++id) {
      if (!known.contains(id)) expected.push_back(id);
    }
    const Condition condition(config);
    for (std::uint32_t k = 0; k < condition.count(); ++k) {
      EXPECT_EQ(condition.token(k), expected[k]) << k;
    }
    const std::set<std::uint32_t> reserved(expected.begin(), expected.end());
    const Content content(config, condition.reserved());
    EXPECT_EQ(content.size(), 20 - reserved.size());
    std::uint32_t rank = 0;
    for (std::uint32_t id = 0; id < 20; ++id) {
      EXPECT_EQ(content.is_content(id), !reserved.contains(id)) << id;
      if (reserved.contains(id)) continue;
      EXPECT_EQ(content.id(rank), id);
      EXPECT_EQ(content.rank(id), rank++);
    }
  }
}

TEST(LargeNumbers, ABillionConditionsAreMadeLikeTen) {
  const Generator generator = testing::generator_of(
      R"({"generator": "conditional", "vocab_size": 2147483647, "num_conditions": 1073741823,
          "condition_tokens": [2147483646, 5], "seq_length": 8, "length_variation": 0.5})");
  SequenceBatch batch;
  value_of(generator.generate(Split::train, 0, 50, batch, true));
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const std::uint32_t k = *batch.latents[i].condition;
    EXPECT_LT(k, 1073741823U);
    if (k >= 7) {
      EXPECT_EQ(batch[i][0], k - 1) << "two are listed, and one of them is passed over";
    }
  }
  for (const Expectation& each : generator.truth()) {
    if (each.name == "condition_information_bits") {
      EXPECT_NEAR(each.value, 0.8 * 30, 1.5);
    } else if (each.name == "avg_length") {
      EXPECT_NEAR(each.value, 0.8 * 7.5 + 0.2 * 8, 0.01);
    }
  }
}

TEST(LargeNumbers, MeanLengthsAreTheSumOverAllConditions) {
  for (const int conditions : {1, 2, 3, 7, 10, 1000, 70000}) {
    Config config = config_of(R"({"generator": "conditional", "vocab_size": 200000,
                                  "seq_length": 997, "length_variation": 0.77,
                                  "condition_strength": 1})");
    config.num_conditions = conditions;
    const LengthLayer lengths(config);
    std::uint64_t sum = 0;
    const std::uint64_t range = lengths.longest() - lengths.shortest();
    for (std::uint64_t k = 0; k < static_cast<std::uint64_t>(conditions); ++k) {
      sum +=
          lengths.shortest() + range * k / static_cast<std::uint64_t>(std::max(1, conditions - 1));
    }
    EXPECT_DOUBLE_EQ(Condition(config).mean_length(lengths), static_cast<double>(sum) / conditions);
  }
}

TEST(LargeNumbers, RepeatsAreCountedAndNotUnrolledToBeChecked) {
  const auto slots = [](const char* text) {
    std::vector<Problem> problems;
    const Json list = value_of(parse_json(text, "templates"));
    const std::uint64_t counted = count_template_slots(JsonField(list, "templates", problems), 100);
    EXPECT_TRUE(problems.empty());
    return counted;
  };
  for (
      const char* text :
      {R"([[1, "RANDOM", {"repeat": 5, "of": [2, {"repeat": 3, "of": ["PATTERN", 4]}]}]])",
       R"([[{"repeat": 1, "of": [{"name": "a", "of": {"range": [1, 5]}}]}, {"ref": "a"}], [7]])"}) {
    std::uint64_t expanded = 0;
    for (const Template& each : expand_templates(value_of(parse_json(text, "templates")), 100)) {
      expanded += each.slots.size();
    }
    EXPECT_EQ(slots(text), expanded) << text;
  }
  EXPECT_EQ(slots(R"([[{"repeat": 4096, "of": [{"repeat": 4096, "of": [1]}]}]])"), 1U << 24);
  const auto problem = [](const std::string& elements) {
    const auto found =
        problems_of(R"({"generator": "template", "templates": [[)" + elements + "]]}");
    return found.empty() ? std::string() : found.front().text();
  };
  EXPECT_EQ(problem(R"({"repeat": 16777216, "of": [1]})"), "");
  for (const char* too_many :
       {R"({"repeat": 16777217, "of": [1]})", R"({"repeat": 9007199254740991, "of": [1, 2]})",
        R"({"repeat": 16777216, "of": [1]}, 2)",
        R"({"repeat": 5000, "of": [{"repeat": 5000, "of": [1]}]})"}) {
    EXPECT_NE(problem(too_many).find("at most 16777216 tokens in an expanded template"),
              std::string::npos)
        << too_many;
  }
}

TEST(LargeNumbers, AMixtureHasAtMostAThousandComponents) {
  const auto mixture = [](std::size_t count, const std::string& component) {
    std::string text = R"({"generator": "mixture", "components": [)";
    for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ",") + component;
    return problems_of(text + "]}");
  };
  EXPECT_TRUE(mixture(1000, R"({"config": {}})").empty());
  const auto problems = mixture(40000, "{}");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems.front().text(),
            "components: got 40000 components; allowed: at most 1000 of them");
  // All of them without a config: as many problems as are collected.
  EXPECT_EQ(mixture(1000, "{}").size(), JsonField::most_problems);
}

TEST(LargeNumbers, TablesAreAnnouncedBeforeTheyAreMade) {
  std::string components;
  for (int i = 0; i < 9; ++i) {
    components += (i == 0 ? "" : ",") +
                  std::string(R"({"config": {"vocab_distribution": "zipf", "vocab_size": )") +
                  std::to_string(16777216 - i) + "}}";
  }
  const Config large = config_of(
      (R"({"generator": "mixture", "vocab_size": 16777216, "components": [)" + components + "]}")
          .c_str());
  EXPECT_TRUE(check(large).empty()) << "and makes none";
  EXPECT_GT(table_bytes(large), std::uint64_t{4} << 30);
  const auto announced = [](const Config& config) {
    for (const std::string& note : notes(config)) {
      if (note.find("GiB of memory") != std::string::npos) return note;
    }
    return std::string();
  };
  EXPECT_EQ(announced(large), "the tables of this config take about 6 GiB of memory");
  EXPECT_EQ(announced(config_of(R"({"vocab_distribution": "zipf"})")), "");
}

}  // namespace
}  // namespace synthgen
