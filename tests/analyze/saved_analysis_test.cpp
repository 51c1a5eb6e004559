#include "synthgen/analyze/analyzer.hpp"

#include <array>
#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::value_of;

Analyzer saved_analyzer_of(const SequenceBatch& batch, const AnalysisOptions& options = {}) {
  Analyzer analyzer = value_of(Analyzer::create(options));
  EXPECT_TRUE(analyzer.add(batch));
  return analyzer;
}

std::string saved_report_of(const Analyzer& analyzer) {
  return to_text(value_of(analyzer.report()));
}

std::string load_failure(std::string_view bytes) {
  const Result<Analyzer> loaded = Analyzer::load(bytes, "part.state");
  if (loaded) return "";
  EXPECT_EQ(loaded.error().kind, ErrorKind::data);
  return loaded.error().message;
}

TEST(SavedAnalysis, LoadedReportsTheSame) {
  SequenceBatch patterned;
  ASSERT_TRUE(testing::generator_of(R"({"generator": "pattern", "vocab_size": 50})")
                  .generate(Split::train, 0, 20, patterned, true));
  for (const AnalysisOptions& options :
       {AnalysisOptions{.measures = {"all"}}, AnalysisOptions{.ngram = 2, .per_sequence = true},
        AnalysisOptions{.measures = {"entropy", "ngrams"}}}) {
    for (const SequenceBatch& batch : {testing::random_batch(1, 300), patterned, SequenceBatch()}) {
      const Analyzer analyzer = saved_analyzer_of(batch, options);
      const std::string bytes = value_of(analyzer.save());
      const Analyzer loaded = value_of(Analyzer::load(bytes));
      EXPECT_EQ(saved_report_of(loaded), saved_report_of(analyzer));
      EXPECT_EQ(saved_report_of(value_of(Analyzer::load(value_of(loaded.save())))),
                saved_report_of(analyzer));
    }
  }
}

TEST(SavedAnalysis, PartsAddUpToTheWhole) {
  const SequenceBatch batch = testing::random_batch(4, 240);
  const AnalysisOptions options{.measures = {"all"}};
  Analyzer joined = value_of(Analyzer::create(options));
  for (const std::size_t first : std::array<std::size_t, 3>{160, 0, 80}) {
    const std::string bytes =
        value_of(saved_analyzer_of(testing::part_of(batch, first, 80), options).save());
    ASSERT_TRUE(joined.merge(value_of(Analyzer::load(bytes))));
  }
  EXPECT_EQ(saved_report_of(joined), saved_report_of(saved_analyzer_of(batch, options)));
}

TEST(SavedAnalysis, GoesOnAfterLoading) {
  const SequenceBatch batch = testing::random_batch(5, 100);
  Analyzer first = saved_analyzer_of(testing::part_of(batch, 0, 60));
  Analyzer loaded = value_of(Analyzer::load(value_of(first.save())));
  ASSERT_TRUE(loaded.add(testing::part_of(batch, 60, 40)));
  EXPECT_EQ(saved_report_of(loaded), saved_report_of(saved_analyzer_of(batch)));
}

TEST(SavedAnalysis, ForeignTruncatedAndDamagedBytesAreNamed) {
  EXPECT_EQ(load_failure(""), "part.state: is not a saved analysis");
  EXPECT_EQ(load_failure("{\"num_sequences\": 3}\n"), "part.state: is not a saved analysis");
  const std::string bytes = value_of(saved_analyzer_of(testing::random_batch(2, 30)).save());
  for (std::size_t size = 0; size < bytes.size(); size += 1 + size / 50) {
    EXPECT_NE(load_failure(std::string_view(bytes).substr(0, size)), "") << size;
  }
  EXPECT_NE(load_failure(bytes + "x"), "");
  for (std::size_t place = 0; place < bytes.size(); place += 1 + place / 50) {
    std::string damaged = bytes;
    damaged[place] = static_cast<char>(damaged[place] ^ 1);
    EXPECT_NE(load_failure(damaged), "") << place;
  }
}

}  // namespace
}  // namespace synthgen
