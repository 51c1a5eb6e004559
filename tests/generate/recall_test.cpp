#include "synthgen/generate/generator.hpp"

#include <gtest/gtest.h>
#include <map>
#include <set>

#include "support/batches.hpp"
#include "support/configs.hpp"
#include "support/statistical.hpp"

// What sequences of recall hold, by readers that know the tasks and nothing of the family.

namespace synthgen {
namespace {

using testing::config_of;

Generator recall_of(Json config) {
  config["generator"] = "recall";
  return testing::value_of(Generator::create(testing::value_of(read_config(config))));
}

SequenceBatch recall_sequences(const Json& config, std::uint64_t count) {
  SequenceBatch batch;
  testing::value_of(recall_of(config).generate(Split::train, 0, count, batch, true));
  return batch;
}

/// A question at a position and the label there.
struct Question {
  std::size_t position;
  std::vector<std::uint32_t> key;
  std::int64_t answer;
};

/// Reads MQAR: a context of pairs, which must have keys and values of their own alphabets, and the
/// scored positions after it.
struct ReadMqar {
  std::vector<std::vector<std::uint32_t>> keys;  ///< of all pairs, in order
  std::vector<std::uint32_t> values;
  std::map<std::vector<std::uint32_t>, std::uint32_t> latest;
  std::vector<Question> questions;

  ReadMqar(const SequenceBatch& batch, std::size_t i, std::size_t pairs, std::size_t key_tokens) {
    const auto tokens = batch[i];
    const auto labels = batch.labels_of(i);
    std::size_t t = 0;
    for (std::size_t pair = 0; pair < pairs; ++pair) {
      keys.emplace_back(tokens.begin() + static_cast<std::ptrdiff_t>(t),
                        tokens.begin() + static_cast<std::ptrdiff_t>(t + key_tokens));
      t += key_tokens;
      values.push_back(tokens[t++]);
      latest[keys.back()] = values.back();
    }
    for (std::size_t p = 0; p < labels.size(); ++p) {
      if (labels[p] == ignored_label) continue;
      EXPECT_GE(p + 1, t + key_tokens) << "a label inside the context";
      Question question{p, {}, labels[p]};
      for (std::size_t k = 0; k < key_tokens; ++k) {
        question.key.push_back(tokens[p + 1 - key_tokens + k]);
      }
      questions.push_back(std::move(question));
    }
  }
};

TEST(Mqar, AsksEachKeyOnceForItsLatestValue) {
  for (const Json& config : std::vector<Json>{
           {{"vocab_size", 8192}, {"seq_length", 64}, {"num_kv_pairs", 4}},
           {{"vocab_size", 40}, {"seq_length", 33}, {"num_kv_pairs", 7}, {"power_a", 1}},
           {{"vocab_size", 64}, {"seq_length", 48}, {"num_kv_pairs", 5}, {"num_updates", 5}},
           {{"vocab_size", 64},
            {"seq_length", 60},
            {"num_kv_pairs", 5},
            {"num_updates", 2},
            {"num_passes", 3},
            {"random_non_queries", false},
            {"shuffle_queries", true}},
           {{"vocab_size", 90},
            {"seq_length", 100},
            {"num_kv_pairs", 9},
            {"compositional", true},
            {"num_updates", 3},
            {"label_layout", "stream"}},
       }) {
    const Config parsed = testing::value_of(read_config(config));
    const SequenceBatch batch = recall_sequences(config, 200);
    const auto pairs = static_cast<std::size_t>(parsed.num_kv_pairs);
    const auto passes = static_cast<std::size_t>(parsed.num_passes);
    const auto updates = static_cast<std::size_t>(parsed.num_updates);
    const std::size_t key_tokens = parsed.compositional ? 2 : 1;
    const std::int64_t first_value =
        parsed.compositional ? parsed.vocab_size / 3 * 2 : parsed.vocab_size / 2;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const ReadMqar read(batch, i, pairs * passes + updates, key_tokens);
      ASSERT_EQ(read.latest.size(), pairs) << "keys are distinct";
      std::set<std::vector<std::uint32_t>> asked;
      for (const auto& [position, key, answer] : read.questions) {
        ASSERT_TRUE(read.latest.contains(key));
        ASSERT_EQ(answer, read.latest.at(key));
        asked.insert(key);
        if (parsed.label_layout == "stream") {
          ASSERT_EQ(batch[i][position + 1], static_cast<std::uint32_t>(answer));
        }
      }
      ASSERT_EQ(read.questions.size(), pairs);
      ASSERT_EQ(asked.size(), pairs);
      for (const std::uint32_t value : read.values) ASSERT_GE(value, first_value);
      for (const auto& key : read.keys) {
        for (const std::uint32_t id : key) {
          ASSERT_GE(id, 1U);
          ASSERT_LT(id, first_value);
        }
      }
      for (std::size_t pair = pairs; pair < pairs * passes; ++pair) {
        ASSERT_EQ(read.keys[pair], read.keys[pair - pairs]) << "passes list the same pairs";
        ASSERT_EQ(read.values[pair], read.values[pair - pairs]);
      }
      std::set<std::uint32_t> drawn(read.values.begin(), read.values.end());
      ASSERT_EQ(drawn.size(), pairs + updates) << "an update brings a value of its own";
      const std::set<std::vector<std::uint32_t>> updated(
          read.keys.end() - static_cast<std::ptrdiff_t>(updates), read.keys.end());
      ASSERT_EQ(updated.size(), updates) << "no key is updated twice";
    }
  }
}

TEST(Mqar, ShufflingChangesWhichSlotAsksForWhichKeyAndNothingElse) {
  const Json config{{"vocab_size", 500}, {"seq_length", 90}, {"num_kv_pairs", 6}};
  Json shuffled = config;
  shuffled["shuffle_queries"] = true;
  const SequenceBatch before = recall_sequences(config, 300);
  const SequenceBatch after = recall_sequences(shuffled, 300);
  std::size_t moved = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const ReadMqar was(before, i, 6, 1);
    const ReadMqar is(after, i, 6, 1);
    ASSERT_EQ(was.keys, is.keys);
    ASSERT_EQ(was.values, is.values);
    for (std::size_t q = 0; q < 6; ++q) {
      ASSERT_EQ(was.questions[q].position, is.questions[q].position);
      moved += was.questions[q].key != is.questions[q].key;
    }
    for (std::size_t t = 0; t < before[i].size(); ++t) {
      const bool asks = before.labels_of(i)[t] != ignored_label;
      ASSERT_TRUE(asks || before[i][t] == after[i][t]) << "only queries differ";
    }
  }
  EXPECT_NEAR(static_cast<double>(moved) / 1800, 5.0 / 6, 0.04);
}

TEST(Mqar, MorePairsKeepTheFirstKeysAndValues) {
  const Json few{{"vocab_size", 500}, {"seq_length", 90}, {"num_kv_pairs", 6}};
  Json more = few;
  more["num_kv_pairs"] = 11;
  const SequenceBatch before = recall_sequences(few, 20);
  const SequenceBatch after = recall_sequences(more, 20);
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_TRUE(std::equal(before[i].begin(), before[i].begin() + 12, after[i].begin()));
  }
}

/// For each rank of a query among the queries the counts of the pairs that it asks for, and the
/// sum of slots of each pair.
struct Ranks {
  std::vector<std::vector<double>> counts;
  std::vector<double> slots;

  Ranks(const Json& config, std::size_t pairs, std::uint64_t sequences)
      : counts(pairs, std::vector<double>(pairs)), slots(pairs) {
    const SequenceBatch batch = recall_sequences(config, sequences);
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const ReadMqar read(batch, i, pairs, 1);
      for (std::size_t rank = 0; rank < pairs; ++rank) {
        const auto& [position, key, answer] = read.questions[rank];
        const auto pair = static_cast<std::size_t>(
            std::find(read.keys.begin(), read.keys.end(), key) - read.keys.begin());
        ++counts[rank][pair];
        slots[pair] += static_cast<double>(position - 2 * pairs) / 2;
      }
    }
    for (double& slot : slots) slot /= static_cast<double>(sequences);
  }

  /// How often a reader is right who knows a query's rank only.
  double accuracy() const {
    double right = 0;
    double all = 0;
    for (const auto& pairs : counts) {
      right += *std::max_element(pairs.begin(), pairs.end());
      for (const double count : pairs) all += count;
    }
    return right / all;
  }
};

TEST(Mqar, HasTheRankShortcutOfTheReferenceUnlessShuffled) {
  // From 2 million draws of the reference's law.
  Json config{{"vocab_size", 8192}, {"seq_length", 64}, {"num_kv_pairs", 4}};
  EXPECT_NEAR(Ranks(config, 4, 20000).accuracy(), 0.2888, 0.004);
  config["shuffle_queries"] = true;
  EXPECT_NEAR(Ranks(config, 4, 20000).accuracy(), 0.25, 0.006);
}

TEST(Mqar, PlacesEachPairsQueryAsTheReferenceDoes) {
  const Ranks ranks({{"vocab_size", 8192}, {"seq_length", 128}, {"num_kv_pairs", 8}}, 8, 20000);
  EXPECT_NEAR(ranks.accuracy(), 0.1548, 0.004);
  const double known[] = {11.0, 11.9, 13.1, 14.1, 14.4, 15.3, 16.3, 16.9};
  for (std::size_t pair = 0; pair < 8; ++pair) EXPECT_NEAR(ranks.slots[pair], known[pair], 0.6);
}

TEST(Mqar, FirstTwoSlotsAreSuccessiveDraws) {
  // T = 128, K = 8: 56 slots, P(slot 0 for the first pair) = .213.
  const SequenceBatch batch =
      recall_sequences({{"vocab_size", 8192}, {"seq_length", 128}, {"num_kv_pairs", 8}}, 20000);
  constexpr std::size_t slots = 56;
  std::vector<double> weights;
  double total = 0;
  for (std::size_t i = 1; i <= slots; ++i) {
    weights.push_back(std::pow(static_cast<double>(i), -0.99));
    total += weights.back();
  }
  EXPECT_NEAR(weights[0] / total, 0.213, 0.0005);
  std::vector<std::uint64_t> observed(slots * slots);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const ReadMqar read(batch, i, 8, 1);
    std::map<std::vector<std::uint32_t>, std::size_t> slot_of;
    for (const auto& [position, key, answer] : read.questions) slot_of[key] = (position - 16) / 2;
    ++observed[slot_of.at(read.keys[0]) * slots + slot_of.at(read.keys[1])];
  }
  std::vector<double> expected(slots * slots);
  for (std::size_t a = 0; a < slots; ++a) {
    for (std::size_t b = 0; b < slots; ++b) {
      if (a != b) expected[a * slots + b] = weights[a] / total * weights[b] / (total - weights[a]);
    }
  }
  EXPECT_TRUE(testing::follows(observed, expected));
}

TEST(Mqar, RandomFillerIsUniformOnAllIds) {
  const SequenceBatch batch =
      recall_sequences({{"vocab_size", 30}, {"seq_length", 64}, {"num_kv_pairs", 4}}, 2000);
  std::vector<std::uint64_t> counts(30);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    for (std::size_t t = 8; t < batch[i].size(); ++t) {
      if (batch.labels_of(i)[t] == ignored_label) ++counts[batch[i][t]];
    }
  }
  EXPECT_TRUE(testing::follows(counts, std::vector<double>(30, 1.0 / 30)));
}

TEST(Recall, ScoresEveryNextTokenIfAsked) {
  for (Json config : std::vector<Json>{
           {{"vocab_size", 90}, {"seq_length", 40}, {"label_layout", "stream"}},
           {{"recall_layout", "mad"}, {"vocab_size", 16}, {"seq_length", 41}},
           {{"recall_layout", "fuzzy"}, {"vocab_size", 16}, {"seq_length", 60}},
           {{"recall_layout", "safari"},
            {"vocab_size", 20},
            {"seq_length", 41},
            {"label_layout", "stream"}},
       }) {
    const SequenceBatch answers = recall_sequences(config, 20);
    config["label_scope"] = "all";
    const SequenceBatch all = recall_sequences(config, 20);
    EXPECT_EQ(all.tokens, answers.tokens);
    for (std::size_t i = 0; i < all.size(); ++i) {
      for (std::size_t t = 0; t + 1 < all[i].size(); ++t) {
        ASSERT_EQ(all.labels_of(i)[t], all[i][t + 1]);
        const std::int64_t answer = answers.labels_of(i)[t];
        ASSERT_TRUE(answer == ignored_label || answer == all[i][t + 1]);
      }
      ASSERT_EQ(all.labels_of(i).back(), answers.labels_of(i).back());
    }
  }
}

TEST(Recall, ReferenceIsTheStreamWithoutItsLastTokenWhereItPredictsTheNext) {
  for (Json config : std::vector<Json>{
           {{"recall_layout", "mad"}, {"vocab_size", 16}, {"seq_length", 41}},
           {{"recall_layout", "fuzzy"}, {"vocab_size", 16}, {"seq_length", 60}},
           {{"recall_layout", "safari"}, {"vocab_size", 20}, {"seq_length", 42}},
       }) {
    const SequenceBatch reference = recall_sequences(config, 50);
    config["seq_length"] = config["seq_length"].get<int>() + 1;
    config["label_layout"] = "stream";
    const SequenceBatch stream = recall_sequences(config, 50);
    for (std::size_t i = 0; i < stream.size(); ++i) {
      ASSERT_TRUE(std::equal(reference[i].begin(), reference[i].end(), stream[i].begin()));
      ASSERT_EQ(reference.labels_of(i).back(), stream[i].back());
      ASSERT_EQ(stream.labels_of(i).back(), ignored_label);
    }
  }
}

TEST(FuzzyRecall, LeavesTheProbeOutOnlyAsTheReferenceDoes) {
  const auto unanswerable = [](bool always_answerable) {
    const SequenceBatch batch = recall_sequences({{"recall_layout", "fuzzy"},
                                                  {"vocab_size", 16},
                                                  {"seq_length", 128},
                                                  {"key_motifs", "longest"},
                                                  {"always_answerable", always_answerable}},
                                                 3000);
    double missing = 0;
    for (const Latents& latents : batch.latents) {
      const auto last = std::find_if(latents.spans.rbegin(), latents.spans.rend(),
                                     [](const Span& span) { return span.kind == SpanKind::query; });
      missing += last->source ? 0 : 1;
    }
    return missing / 3000;
  };
  EXPECT_EQ(unanswerable(true), 0);
  EXPECT_NEAR(unanswerable(false), 0.024, 0.012);
}

/// The keys of a config's problems.
std::set<std::string> refused(const char* text) {
  Config config = config_of(text);
  config.generator = "recall";
  std::set<std::string> keys;
  for (const Problem& problem : check(config)) keys.insert(problem.key);
  return keys;
}

TEST(Recall, RefusesWhatDoesNotFit) {
  using Keys = std::set<std::string>;
  EXPECT_EQ(refused("{}"), Keys{});
  EXPECT_EQ(refused(R"({"seq_length": 31})"), Keys{"seq_length"});
  EXPECT_EQ(refused(R"({"seq_length": 32})"), Keys{});
  EXPECT_EQ(refused(R"({"seq_length": 47, "num_passes": 2})"), Keys{"seq_length"});
  EXPECT_EQ(refused(R"({"num_kv_pairs": 4194304, "num_passes": 1048576})"),
            (Keys{"vocab_size", "seq_length"}));
  EXPECT_EQ(refused(R"({"vocab_size": 17})"), Keys{"vocab_size"});
  EXPECT_EQ(refused(R"({"vocab_size": 18})"), Keys{});
  EXPECT_EQ(refused(R"({"num_updates": 9})"), Keys{"num_updates"});
  EXPECT_EQ(refused(R"({"compositional": true})"), Keys{"num_kv_pairs"});
  EXPECT_EQ(refused(R"({"compositional": true, "num_kv_pairs": 9})"), Keys{});
  EXPECT_EQ(refused(R"({"label_scope": "all"})"), Keys{"label_scope"});
  EXPECT_EQ(refused(R"({"recall_layout": "mad", "seq_length": 128})"), Keys{"seq_length"});
  EXPECT_EQ(refused(R"({"recall_layout": "mad", "seq_length": 127, "frac_noise": 0.1})"),
            Keys{"noise_vocab_size"});
  EXPECT_EQ(refused(R"({"recall_layout": "mad", "vocab_size": 9, "noise_vocab_size": 8})"),
            (Keys{"vocab_size", "seq_length"}));
  EXPECT_EQ(refused(R"({"recall_layout": "safari", "vocab_size": 3})"), Keys{"vocab_size"});
  EXPECT_EQ(refused(R"({"recall_layout": "safari", "seq_length": 2})"), Keys{"seq_length"});
  EXPECT_EQ(refused(R"({"recall_layout": "fuzzy", "seq_length": 17})"), Keys{"seq_length"});
  EXPECT_EQ(refused(R"({"recall_layout": "fuzzy", "vocab_size": 6})"), Keys{"vocab_size"});
}

}  // namespace
}  // namespace synthgen
