#include "synthgen/analyze/measure_registry.hpp"

#include "synthgen/analyze/analyzer.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::generator_of;
using testing::value_of;

TEST(MeasureRegistry, HasEachMeasureAndEachGroupOnce) {
  std::set<std::string_view> groups;
  std::set<std::string_view> names;
  for (const MeasureEntry* entry : measures()) {
    EXPECT_TRUE(groups.insert(entry->name).second) << entry->name;
    for (const MeasureInfo& measure : entry->measures) {
      EXPECT_TRUE(names.insert(measure.name).second) << measure.name;
      EXPECT_EQ(find_measure(measure.name), &measure);
      EXPECT_FALSE(measure.formula.empty() || measure.range.empty() || measure.source.empty());
    }
  }
  EXPECT_EQ(find_measure("entropi"), nullptr);
}

TEST(MeasureRegistry, LiveMeasuresAreThoseThatThePageMeasuresOnPreviews) {
  std::vector<const MeasureEntry*> live;
  for (const MeasureEntry* entry : measures()) {
    if (entry->in_page == InPage::at_once || entry->in_page == InPage::after_preview) {
      live.push_back(entry);
    }
    // The floor needs the exact law, which the whole module alone has.
    const bool needs_law = entry->name == "predictive_bits";
    EXPECT_EQ(entry->in_page == InPage::at_once, entry->in_default && !needs_law) << entry->name;
  }
  const auto registered = live_measures();
  EXPECT_TRUE(std::equal(live.begin(), live.end(), registered.begin(), registered.end()));
}

/// Whether a report's value has the form that the measure's kind promises.
bool has_form(const Json& value, const MeasureInfo& measure) {
  if (value.is_null()) return true;
  switch (measure.kind) {
    case ValueKind::number:
      return value.is_number();
    case ValueKind::counts:
      return value.is_object() && std::all_of(value.begin(), value.end(), [](const Json& count) {
               return count.is_number_unsigned();
             });
    case ValueKind::ranking:
      return value.is_array() && value.front().contains("pattern");
    case ValueKind::by_n:
      return value.contains("1") && value.size() == 4;
    case ValueKind::curve: {
      const std::size_t places = value.at(std::string(measure.curve.places)).size();
      return std::all_of(measure.curve.lines.begin(), measure.curve.lines.end(),
                         [&](std::string_view line) {
                           return line.empty() || value.at(std::string(line)).size() == places;
                         });
    }
    case ValueKind::distributions:
      return std::all_of(value.begin(), value.end(),
                         [](const Json& part) { return part.contains("quantiles"); });
  }
  return false;
}

TEST(MeasureRegistry, DescribesTheReport) {
  const Generator generator =
      generator_of(R"({"generator": "pattern", "vocab_size": 60, "seq_length": 50})");
  SequenceBatch batch;
  value_of(generator.generate(Split::train, 0, 40, batch, true));
  value_of(generator.predict(Split::train, Predictive::bits, false, batch));
  Analyzer analyzer =
      value_of(Analyzer::create({.per_sequence = true, .measures = {"all"}, .vocab_size = 60}));
  value_of(analyzer.add(batch));
  const Json report = value_of(analyzer.report());
  std::set<std::string> lists{"entropy_complexity"};  // of curricula, from the entropy
  for (const MeasureEntry* entry : measures()) {
    for (const MeasureInfo& measure : entry->measures) {
      const std::string name(measure.name);
      ASSERT_TRUE(report.contains(name)) << name;
      EXPECT_TRUE(has_form(report[name], measure)) << name;
      if (!measure.per_sequence.empty()) lists.insert(std::string(measure.per_sequence));
      EXPECT_TRUE(!measure.needs_latents || measure.formula.find("latents") != measure.formula.npos)
          << name;
    }
  }
  std::set<std::string> reported;
  for (const auto& [name, values] : report["per_sequence"].items()) reported.insert(name);
  EXPECT_EQ(lists, reported);
}

TEST(MeasureRegistry, IsATableOfNamedProperties) {
  const Json table = measure_table();
  const auto row = std::find_if(table.begin(), table.end(), [](const Json& entry) {
    return entry["name"] == "mutual_information";
  });
  ASSERT_NE(row, table.end());
  EXPECT_EQ((*row)["group"], "dependence");
  EXPECT_EQ((*row)["kind"], "curve");
  EXPECT_EQ((*row)["expected"], "by_dataset");
  EXPECT_EQ((*row)["in_page"], "after_preview");
  EXPECT_EQ((*row)["chart"], "curve");
  EXPECT_EQ((*row)["curve"]["places"], "distance");
  EXPECT_EQ((*row)["curve"]["lines"], Json({"bits", "baseline"}));
  EXPECT_FALSE(table.front().contains("curve"));
}

}  // namespace
}  // namespace synthgen
