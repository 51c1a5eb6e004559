#include "synthgen/analyze/measures/distributions.hpp"

#include "synthgen/random/engine.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

namespace synthgen {
namespace {

ValueDistribution distribution_of(const std::vector<double>& values, unsigned fraction_bits = 32) {
  ValueDistribution distribution(fraction_bits);
  for (const double value : values) distribution.add(value);
  return distribution;
}

TEST(ValueDistribution, KnownAnswers) {
  const Json report = distribution_of({4, 1, 3, 2, 10}, 0).report();
  EXPECT_EQ(report["count"], 5);
  EXPECT_EQ(report["mean"], 4);
  EXPECT_NEAR(report["sd"].get<double>(), std::sqrt(10.0), 1e-15);  // (9 + 4 + 1 + 0 + 36) / 5
  EXPECT_EQ(report["min"], 1);
  EXPECT_EQ(report["max"], 10);
  EXPECT_EQ(to_text(report["quantiles"]),
            R"({"0.05":1.0,"0.25":2.0,"0.5":3.0,"0.75":4.0,"0.95":10.0})");
  EXPECT_EQ(report["histogram"]["edges"].size(), 21U);
  EXPECT_EQ(report["histogram"]["counts"].size(), 20U);
  EXPECT_EQ(report["histogram"]["counts"][0], 1);
  EXPECT_EQ(report["histogram"]["counts"][2], 1);   // 2 lies in [1.9, 2.35)
  EXPECT_EQ(report["histogram"]["counts"][19], 1);  // the last bin holds the largest value
}

TEST(ValueDistribution, OfEqualValuesIsOneBin) {
  const Json report = distribution_of({0.1, 0.1, 0.1}).report();
  EXPECT_EQ(report["sd"], 0);
  EXPECT_EQ(report["min"], report["max"]);
  EXPECT_NEAR(report["mean"].get<double>(), 0.1, 1e-9);
  EXPECT_EQ(report["histogram"]["counts"], Json::array({3}));
}

TEST(ValueDistribution, OfNothingIsNull) {
  EXPECT_EQ(to_text(ValueDistribution(32).report()),
            R"({"count":0,"mean":null,"sd":null,"min":null,"max":null,)"
            R"("quantiles":{"0.05":null,"0.25":null,"0.5":null,"0.75":null,"0.95":null},)"
            R"("histogram":{"edges":[],"counts":[]}})");
}

TEST(ValueDistribution, AgreesWithPlainSumsAndSorting) {
  PhiloxEngine source(2);
  std::vector<double> values(5000);
  for (double& value : values) value = 9 + source() / 4294967296.0;
  const Json report = distribution_of(values).report();
  double sum = 0;
  for (const double value : values) sum += value;
  const double mean = sum / 5000;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  std::sort(values.begin(), values.end());
  EXPECT_NEAR(report["mean"].get<double>(), mean, 1e-9);
  EXPECT_NEAR(report["sd"].get<double>(), std::sqrt(squares / 5000), 1e-9);
  EXPECT_NEAR(report["quantiles"]["0.25"].get<double>(), values[1249], 1e-9);
  EXPECT_NEAR(report["quantiles"]["0.95"].get<double>(), values[4749], 1e-9);
}

TEST(ValueDistribution, OfLargeValuesThatHardlyDifferKeepsTheirDeviation) {
  std::vector<double> values;
  for (int i = 0; i < 1000; ++i) values.push_back(4e9 + i % 2);
  EXPECT_EQ(distribution_of(values, 0).standard_deviation(), 0.5);
}

TEST(ValueDistribution, OfVeryManyValuesIsCoarseInQuantilesOnlyAndTheSameInAnyOrder) {
  PhiloxEngine source(3);
  std::vector<double> values(60000);
  for (double& value : values) value = source() / 4294967296.0;
  const ValueDistribution whole = distribution_of(values);
  EXPECT_FALSE(whole.is_exact());
  EXPECT_TRUE(distribution_of({values.begin(), values.begin() + 30000}).is_exact());
  const std::string expected = to_text(whole.report());
  for (const int cut : {100, 30000, 59000}) {
    std::vector<double> first(values.begin(), values.begin() + cut);
    std::reverse(first.begin(), first.end());
    ValueDistribution parts = distribution_of({values.begin() + cut, values.end()});
    parts.merge(distribution_of(first));
    EXPECT_EQ(to_text(parts.report()), expected) << cut;
  }
  std::sort(values.begin(), values.end());
  EXPECT_NEAR(whole.quantile(0.25), values[14999], values[14999] / 4096);
  EXPECT_EQ(whole.report()["min"].get<double>(), std::floor(values[0] * 0x1p32 + 0.5) / 0x1p32);
}

TEST(ValueDistribution, IsReadAsItWasWrittenAndRefusedWhenDamaged) {
  ValueDistribution distribution = distribution_of({0.5, 0.25, 0.5});
  StateArchive written;
  distribution.exchange(written);
  const std::string bytes = std::move(written).bytes();
  StateArchive whole(bytes);
  ValueDistribution read(32);
  read.exchange(whole);
  EXPECT_EQ(to_text(read.report()), to_text(distribution.report()));
  int refused = 0;
  for (std::size_t place = 0; place < bytes.size(); ++place) {
    std::string damaged = bytes;
    damaged[place] = static_cast<char>(damaged[place] ^ 0x80);
    StateArchive archive(damaged);
    read.exchange(archive);
    to_text(read.report());
    refused += archive.malformed() ? 1 : 0;
  }
  EXPECT_GT(refused, 30);
}

}  // namespace
}  // namespace synthgen
