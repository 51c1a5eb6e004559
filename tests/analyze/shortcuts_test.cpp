#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/analyze/shortcuts/contest.hpp"
#include "synthgen/random/engine.hpp"

#include <cmath>
#include <gtest/gtest.h>

#include "support/batches.hpp"
#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::batch_of;
using testing::Tokens;
using testing::value_of;

SequenceSample sample_of(const SequenceBatch& batch,
                         std::uint64_t budget = SequenceSample::default_budget) {
  SequenceSample sample(budget);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    sample.add(SequenceSample::hash_of(batch.content(i), content_labels(batch, i)), batch, i);
  }
  return sample;
}

const ShortcutScore& score_of(const ContestResult& result, std::string_view name) {
  const auto found =
      std::find_if(result.scores.begin(), result.scores.end(),
                   [&](const ShortcutScore& score) { return score.entry->name == name; });
  if (found == result.scores.end()) throw std::runtime_error("no such shortcut");
  return *found;
}

ContestResult contest(const SequenceBatch& fitted, const SequenceBatch& held_out,
                      std::int64_t vocab_size) {
  return hold_contest(sample_of(fitted), sample_of(held_out), vocab_size);
}

TEST(Shortcuts, NamesAreDifferentAndEachIsHeldAgainstAnEarlierOne) {
  std::vector<std::string_view> names;
  for (const ShortcutEntry& entry : shortcuts()) {
    EXPECT_EQ(std::find(names.begin(), names.end(), entry.name), names.end()) << entry.name;
    EXPECT_EQ(entry.against.empty(), names.empty()) << entry.name;
    if (!names.empty()) {
      EXPECT_NE(std::find(names.begin(), names.end(), entry.against), names.end()) << entry.name;
    }
    names.push_back(entry.name);
  }
}

TEST(Shortcuts, CountsGiveTheirSmoothedShares) {
  // The answers that were seen: 1 three times, 2 once, of four ids.
  const ContestResult result = contest(batch_of({{1, 1}, {1, 2}}), batch_of({{1}, {2}, {3}}), 4);
  EXPECT_FALSE(result.about_labels);
  EXPECT_EQ(result.questions, 3);
  EXPECT_DOUBLE_EQ(score_of(result, "uniform").bits, 2);
  EXPECT_DOUBLE_EQ(score_of(result, "uniform").accuracy, 0.25);
  // Witten and Bell: two kinds in four cases leave 2/6 to the uniform law.
  const double expected = -(std::log2(3.5 / 6) + std::log2(1.5 / 6) + std::log2(0.5 / 6)) / 3;
  EXPECT_NEAR(score_of(result, "unigram").bits, expected, 1e-12);
  EXPECT_DOUBLE_EQ(score_of(result, "unigram").accuracy, 1.0 / 3);
  const double other = (1 - 3.5 / 6) / 3;
  EXPECT_NEAR(score_of(result, "majority").bits, -(std::log2(3.5 / 6) + 2 * std::log2(other)) / 3,
              1e-12);
}

TEST(Shortcuts, LongerContextsBackOffToShorterOnes) {
  const ContestResult result =
      contest(batch_of({{0, 1, 2}, {0, 1, 2}, {3, 1, 0}}), batch_of({{0, 1, 2}}), 4);
  // 0, 3 begin; the answers are 0: 3, 1: 3, 2: 2, 3: 1, four kinds in nine cases.
  const auto unigram = [](double cases) { return (cases + 4 * 0.25) / 13; };
  const double first = unigram(3);
  const double second = (2 + unigram(3)) / 3;     // after 0: 1 twice
  const double third = (2 + 2 * unigram(2)) / 5;  // after 1: 2 twice, 0 once
  const double deep = (2 + third) / 3;            // after 0 1: 2 twice
  const auto bits = [](double a, double b, double c) {
    return -(std::log2(a) + std::log2(b) + std::log2(c)) / 3;
  };
  EXPECT_NEAR(score_of(result, "bigram").bits, bits(first, second, third), 1e-12);
  EXPECT_NEAR(score_of(result, "trigram").bits, bits(first, second, deep), 1e-12);
}

TEST(Shortcuts, PositionsHaveTheirOwnCounts) {
  const ContestResult result = contest(batch_of({{5, 6}, {5, 7}, {5, 6}}), batch_of({{5, 6}}), 8);
  EXPECT_DOUBLE_EQ(score_of(result, "position").accuracy, 1);
  EXPECT_TRUE(score_of(result, "position").bits < score_of(result, "unigram").bits);
}

/// Sequences of random tokens, changed by `change`.
template <class Change>
SequenceBatch changed_batch(unsigned seed, std::size_t count, std::uint32_t ids,
                            const Change& change) {
  PhiloxEngine words(seed);
  SequenceBatch batch;
  for (std::size_t i = 0; i < count; ++i) {
    const auto tokens = batch.append(40);
    for (std::uint32_t& token : tokens) token = words() % ids;
    change(tokens);
  }
  return batch;
}

template <class Change>
ContestResult contest_of(std::uint32_t ids, const Change& change) {
  return contest(changed_batch(1, 60, ids, change), changed_batch(2, 60, ids, change), ids);
}

bool finds(const ContestResult& result, std::string_view name) {
  return score_of(result, name).finds_something();
}

TEST(Shortcuts, FindNothingInIndependentTokens) {
  const ContestResult result = contest_of(16, [](std::span<std::uint32_t>) {});
  for (const ShortcutScore& score : result.scores) {
    EXPECT_FALSE(score.finds_something()) << score.entry->name;
    EXPECT_NEAR(score.accuracy, 1.0 / 16, 0.03) << score.entry->name;
  }
}

TEST(Shortcuts, FindTokensThatRepeatThePreviousOne) {
  const ContestResult result = contest_of(16, [](std::span<std::uint32_t> tokens) {
    for (std::size_t t = 1; t < tokens.size(); t += 2) tokens[t] = tokens[t - 1];
  });
  EXPECT_TRUE(finds(result, "copy_previous"));
  EXPECT_TRUE(finds(result, "bigram"));
  EXPECT_NEAR(score_of(result, "copy_previous").accuracy, 0.5 + 0.5 / 16, 0.03);
}

TEST(Shortcuts, FindKeysWithTheirLastValues) {
  // Pairs of a key and a value that the sequence keeps for it.
  const ContestResult result = contest_of(64, [](std::span<std::uint32_t> tokens) {
    for (std::size_t t = 0; t + 1 < tokens.size(); t += 2) {
      tokens[t] %= 4;
      for (std::size_t before = 0; before < t; before += 2) {
        if (tokens[before] == tokens[t]) tokens[t + 1] = tokens[before + 1];
      }
    }
  });
  EXPECT_TRUE(finds(result, "last_value"));
  EXPECT_GT(score_of(result, "last_value").accuracy, 0.4);
  EXPECT_GT(score_of(result, "last_value").gain_bits, 1);
}

TEST(Shortcuts, FindRepeatedStringsByTheirLongestMatch) {
  const ContestResult result = contest_of(4, [](std::span<std::uint32_t> tokens) {
    for (std::size_t t = 20; t < tokens.size(); ++t) tokens[t] = tokens[t - 20];
  });
  EXPECT_TRUE(finds(result, "induction"));
  EXPECT_GT(score_of(result, "induction").accuracy, score_of(result, "last_value").accuracy + 0.2);
}

/// Recall in its barest form: four pairs of a key and a value, then all four keys again in the
/// order `order` chooses, whose labels are the values.
template <class Order>
SequenceBatch recall_batch(unsigned seed, std::size_t count, const Order& order) {
  PhiloxEngine words(seed);
  SequenceBatch batch;
  for (std::size_t i = 0; i < count; ++i) {
    Tokens tokens;
    for (std::uint32_t pair = 0; pair < 4; ++pair) {
      tokens.push_back(8 * (words() % 50) + pair);
      tokens.push_back(400 + 8 * (words() % 50) + pair);
    }
    std::vector<std::int64_t> labels(8, ignored_label);
    for (const std::uint32_t pair : order(words)) {
      tokens.push_back(tokens[2 * pair]);
      labels.push_back(tokens[2 * pair + 1]);
    }
    batch.append(tokens);
    batch.set_labels(labels);
  }
  return batch;
}

/// The order of the pairs; half of the sequences keep it.
std::array<std::uint32_t, 4> biased_order(PhiloxEngine& words, bool is_biased) {
  std::array<std::uint32_t, 4> order{0, 1, 2, 3};
  if (is_biased && words() % 2 == 0) return order;
  for (std::uint32_t i = 3; i > 0; --i) std::swap(order[i], order[words() % (i + 1)]);
  return order;
}

TEST(Shortcuts, FindThatTheRankOfAQuestionSaysWhichPairItAsksFor) {
  const auto run = [](bool is_biased) {
    const auto order = [&](PhiloxEngine& words) { return biased_order(words, is_biased); };
    return contest(recall_batch(3, 3000, order), recall_batch(4, 3000, order), 800);
  };
  const ContestResult biased = run(true);
  EXPECT_TRUE(biased.about_labels);
  EXPECT_EQ(biased.questions, 12000);
  EXPECT_TRUE(finds(biased, "query_rank"));
  EXPECT_NEAR(score_of(biased, "query_rank").accuracy, 0.5 + 0.5 / 4, 0.02);
  EXPECT_NEAR(score_of(biased, "context_slot").accuracy, 0.25, 0.02);
  EXPECT_NEAR(score_of(biased, "context_slot").bits, 2, 0.02);
  EXPECT_DOUBLE_EQ(score_of(biased, "last_value").accuracy, 1);
  const ContestResult fair = run(false);
  EXPECT_FALSE(finds(fair, "query_rank"));
  EXPECT_NEAR(score_of(fair, "query_rank").accuracy, 0.25, 0.02);
  EXPECT_TRUE(finds(fair, "context_slot"));
}

TEST(Shortcuts, FindNothingWhereASimplerOneThanTheirOpponentIsBetter) {
  ShortcutScore score{nullptr, 5, 0, 0.5, 0.01, 6};
  EXPECT_TRUE(score.finds_something());
  score.simpler_bits = 4.9;
  EXPECT_FALSE(score.finds_something());
}

TEST(Shortcuts, KnowTheBestOfTheirLine) {
  // So few tokens for so many ids that pairs mislead: counts alone are better.
  const ContestResult result = contest_of(300, [](std::span<std::uint32_t>) {});
  const ShortcutScore& trigram = score_of(result, "trigram");
  const double best = std::min(score_of(result, "unigram").bits, score_of(result, "uniform").bits);
  EXPECT_GT(score_of(result, "bigram").bits, best);
  EXPECT_DOUBLE_EQ(trigram.simpler_bits, best);
  EXPECT_DOUBLE_EQ(score_of(result, "uniform").simpler_bits, score_of(result, "uniform").bits);
}

TEST(Shortcuts, EveryLawAddsUpToOne) {
  const auto order = [](PhiloxEngine& words) { return biased_order(words, true); };
  const SequenceBatch fitted = recall_batch(5, 30, order);
  const SequenceBatch plain =
      changed_batch(6, 30, 12, [](std::span<std::uint32_t> tokens) { tokens[9] = tokens[3]; });
  for (const auto& [batch, about_labels, ids] :
       {std::tuple(&fitted, true, 800U), std::tuple(&plain, false, 12U)}) {
    AnswerCounts counts;
    counts.ids = ids;
    const std::uint32_t all_ids = ids;
    Questions questions(about_labels);
    const SequenceSample sample = sample_of(*batch);
    for (const ShortcutEntry& entry : shortcuts()) {
      if (entry.needs_labels && !about_labels) continue;
      counts.table = {};
      const std::unique_ptr<Shortcut> shortcut = entry.make(counts);
      for (const auto& [hash, each] : sample.entries()) {
        questions.each(each.value, [&](const Question& question) {
          counts.table.add(0, question.answer, 1);
          shortcut->fit(question, questions, 1);
        });
      }
      unsigned asked = 0;
      questions.each(sample.entries().begin()->second.value, [&](const Question& question) {
        double sum = 0;
        for (std::uint32_t id = 0; id < all_ids; ++id) {
          Question other = question;
          other.answer = id;
          const auto found = std::find(question.context.begin(), question.context.end(), id);
          other.slot.reset();
          if (found != question.context.end()) {
            other.slot = static_cast<std::uint32_t>(found - question.context.begin());
          }
          sum += shortcut->answer(other, questions).probability;
        }
        EXPECT_NEAR(sum, 1, 1e-9) << entry.name;
        ++asked;
      });
      EXPECT_GT(asked, 0) << entry.name;
    }
  }
}

TEST(Shortcuts, SamplesDoNotDependOnOrderAndKeepTheirBudget) {
  const SequenceBatch batch = testing::labelled_batch(8, 300);
  const SequenceSample whole = sample_of(batch, 2000);
  SequenceSample first(2000);
  SequenceSample second(2000);
  for (std::size_t i = batch.size(); i-- > 0;) {
    (i % 3 == 0 ? first : second)
        .add(SequenceSample::hash_of(batch.content(i), content_labels(batch, i)), batch, i);
  }
  first.merge(second);
  EXPECT_FALSE(whole.is_complete());
  ASSERT_EQ(first.entries().size(), whole.entries().size());
  EXPECT_TRUE(std::equal(first.entries().begin(), first.entries().end(), whole.entries().begin(),
                         [](const auto& a, const auto& b) {
                           return a.first == b.first && a.second.times == b.second.times &&
                                  a.second.value.tokens == b.second.value.tokens &&
                                  a.second.value.labels == b.second.value.labels;
                         }));
}

TEST(Baselines, AreMeasuresThatDoNotDependOnHowTheDataComes) {
  const AnalysisOptions options{.measures = {"baselines"}, .vocab_size = 16};
  const SequenceBatch batch = changed_batch(1, 200, 16, [](std::span<std::uint32_t> tokens) {
    for (std::size_t t = 1; t < tokens.size(); t += 2) tokens[t] = tokens[t - 1];
  });
  Analyzer whole = value_of(Analyzer::create(options));
  value_of(whole.add(batch));
  Analyzer first = value_of(Analyzer::create(options));
  Analyzer second = value_of(Analyzer::create(options));
  value_of(second.add(testing::part_of(batch, 0, 70)));
  value_of(first.add(testing::part_of(batch, 70, 130)));
  value_of(first.merge(value_of(Analyzer::load(value_of(second.save())))));
  const Json report = value_of(whole.report());
  EXPECT_EQ(report, value_of(first.report()));
  EXPECT_DOUBLE_EQ(report["shortcut_uniform_bits"].get<double>(), 4);
  EXPECT_NEAR(report["shortcut_copy_previous_accuracy"].get<double>(), 0.5 + 0.5 / 16, 0.03);
  EXPECT_TRUE(report["shortcut_query_rank_bits"].is_null());
  EXPECT_TRUE(report["exact"].get<bool>());
  EXPECT_FALSE(find_measure("shortcut_unigram_bits") == nullptr);
}

TEST(Baselines, AreNotMeasuredByDefault) {
  SequenceBatch batch = batch_of({{1, 2, 3}});
  EXPECT_FALSE(analyze_sequences(batch).contains("shortcut_uniform_bits"));
}

}  // namespace
}  // namespace synthgen
