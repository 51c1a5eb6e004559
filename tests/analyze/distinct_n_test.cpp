#include "synthgen/analyze/hashing/distinct_hashes.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/measuring.hpp"
#include "support/reference_measures.hpp"

namespace synthgen {
namespace {

using testing::batch_of;

ReportSections distinct_report_of(const SequenceBatch& batch, const AnalysisOptions& options = {}) {
  return testing::sections_of("distinct_n", batch, options);
}

TEST(DistinctN, KnownAnswers) {
  // 1 2 1 2 and 2 1: ids 2 of 6, pairs 12 21 of 4, triples 121 212 of 2, quadruples 1212 of 1.
  const Json report =
      distinct_report_of(batch_of({{1, 2, 1, 2}, {2, 1}, {}})).details["distinct_n"];
  EXPECT_EQ(to_text(report), R"({"1":0.3333333333333333,"2":0.5,"3":1.0,"4":1.0})");
  EXPECT_EQ(to_text(distinct_report_of(batch_of({{0, 0}})).details["distinct_n"]),
            R"({"1":0.5,"2":1.0,"3":null,"4":null})");
}

TEST(DistinctN, AgreesWithSetsOfNgrams) {
  SequenceBatch batch = testing::random_batch(81, 200);
  PhiloxEngine source(5);
  for (std::uint32_t& token : batch.append(3000)) token = source() % 9;
  const ReportSections sections = distinct_report_of(batch);
  EXPECT_TRUE(sections.error_bounds.empty());
  for (std::size_t n = 1; n <= 4; ++n) {
    EXPECT_EQ(sections.details["distinct_n"][std::to_string(n)].get<double>(),
              testing::reference_distinct_n(batch, n))
        << n;
  }
}

TEST(DistinctN, OfMoreThanFitIsWithinItsReportedError) {
  SequenceBatch batch;
  PhiloxEngine source(6);
  for (std::uint32_t& token : batch.append(50000)) token = source() % 200;
  const ReportSections sections = distinct_report_of(batch, {.memory_limit_bytes = 1});
  EXPECT_EQ(sections.details["distinct_n"]["1"].get<double>(), 200.0 / 50000);
  EXPECT_FALSE(sections.error_bounds["distinct_n"].contains("1"));
  for (std::size_t n = 2; n <= 4; ++n) {
    const std::string name = std::to_string(n);
    const double error =
        sections.error_bounds["distinct_n"][name]["relative_standard_error"].get<double>();
    EXPECT_EQ(error, 1.0 / 64);
    const double exact = testing::reference_distinct_n(batch, n);
    EXPECT_NEAR(sections.details["distinct_n"][name].get<double>(), exact, 4.5 * error * exact);
  }
}

TEST(DistinctHashes, CountTheSameInAnyOrderOfAddingAndMerging) {
  PhiloxEngine source(7);
  std::vector<std::uint64_t> hashes;
  for (int i = 0; i < 20000; ++i) hashes.push_back((std::uint64_t{source()} << 32) | source() % 2);
  hashes.insert(hashes.end(), hashes.begin(), hashes.begin() + 9000);
  constexpr std::uint64_t most = 5000;
  DistinctHashes whole(most);
  for (const std::uint64_t hash : hashes) whole.add(hash);
  const DistinctHashes::Count expected = whole.count();
  EXPECT_FALSE(expected.is_exact);
  EXPECT_NEAR(expected.value, 20000, 4.5 * 20000 / std::sqrt(5000.0));
  for (int round = 0; round < 5; ++round) {
    std::shuffle(hashes.begin(), hashes.end(), source);
    std::vector<DistinctHashes> parts;
    for (int part = 0; part <= round; ++part) parts.emplace_back(most);
    for (const std::uint64_t hash : hashes) parts[source() % parts.size()].add(hash);
    for (; parts.size() > 1; parts.pop_back()) {
      StateArchive written;
      parts.back().exchange(written);
      const std::string bytes = std::move(written).bytes();
      StateArchive archive(bytes);
      DistinctHashes read(most);
      read.exchange(archive);
      ASSERT_FALSE(archive.malformed());
      parts.front().merge(read);
    }
    EXPECT_EQ(parts.front().count().value, expected.value);
  }
}

TEST(DistinctHashes, CountTheSameOneByOneAndTogether) {
  PhiloxEngine source(9);
  std::vector<std::uint64_t> hashes(30000);
  // The second kind shares the highest bits, so that they do not show where to cut.
  for (const int shared_bits : {0, 40}) {
    for (std::uint64_t& hash : hashes)
      hash = (std::uint64_t{source()} << 32 | source()) >> shared_bits;
    for (const std::uint64_t most : {100U, 3000U, 20000U}) {
      std::vector<std::uint64_t> sorted = hashes;
      std::sort(sorted.begin(), sorted.end());
      sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
      const double share =
          std::ldexp(static_cast<double>(sorted[static_cast<std::size_t>(most)]), -64);
      DistinctHashes alone(most);
      for (const std::uint64_t hash : hashes) alone.add(hash);
      DistinctHashes together(most);
      together.add(hashes);
      EXPECT_EQ(together.count().value, static_cast<double>(most) / share);
      EXPECT_EQ(alone.count().value, static_cast<double>(most) / share);
    }
  }
}

TEST(DistinctHashes, AreExactUpToTheirNumber) {
  DistinctHashes hashes(5000);
  for (std::uint64_t i = 1; i <= 5000; ++i) hashes.add(i * 0x9E3779B97F4A7C15);
  EXPECT_TRUE(hashes.count().is_exact);
  EXPECT_EQ(hashes.count().value, 5000);
  hashes.add(1);
  EXPECT_FALSE(hashes.count().is_exact);
}

}  // namespace
}  // namespace synthgen
