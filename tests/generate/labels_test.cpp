#include "synthgen/generate/layers/fresh_tokens.hpp"
#include "synthgen/generate/source.hpp"

#include <gtest/gtest.h>

#include "support/configs.hpp"

namespace synthgen {
namespace {

/// Questions and answers: id 1 asks, and the next token answers with the token before the question.
/// The rest is fresh; the last two tokens are padding.
class RecallFamily final : public Family {
 public:
  explicit RecallFamily(const Config& config) : Family(config) {}

  std::size_t write(const Item& item, Draft& draft) const override {
    const std::size_t length = draft.tokens.size() - padding;
    FreshTokens fresh(content().sampler(), item);
    for (std::size_t t = 0; t < length; ++t) {
      const bool asks = t % 8 == 4;
      const bool answers = t % 8 == 5;
      draft.tokens[t] = asks ? 1 : answers ? draft.tokens[t - 2] : fresh.draw(t);
      if (answers) draft.labels[t - 1] = draft.tokens[t];
      if (!draft.laws.empty() && (asks || answers)) draft.laws[t].kind = PositionLaw::Kind::derived;
    }
    for (std::size_t t = length; t < draft.tokens.size(); ++t) {
      draft.tokens[t] = 0;
      draft.labels[t] = 7;  // padding is never labelled, whatever a family writes
      if (!draft.laws.empty()) draft.laws[t].kind = PositionLaw::Kind::padding;
    }
    return length;
  }

  bool has_labels() const override { return true; }
  std::vector<Expectation> truth(double) const override { return {}; }

  static constexpr std::size_t padding = 2;
};

SequenceBatch recall_batch(double noise, bool with_latents) {
  const Config config = testing::config_of(R"({"vocab_size": 64, "seq_length": 34,
      "noise_probability": )" + std::to_string(noise) +
                                           "}");
  const LayeredSource source(config, std::make_unique<RecallFamily>(config));
  EXPECT_TRUE(source.has_labels());
  SequenceBatch batch;
  for (std::uint64_t i = 0; i < 50; ++i) {
    EXPECT_TRUE(source.append({42, Split::train, i}, batch, with_latents));
  }
  return batch;
}

TEST(FamilyLabels, StandForEachTokenAndPaddingHasNone) {
  const SequenceBatch batch = recall_batch(0, false);
  ASSERT_EQ(batch.labels.size(), batch.tokens.size());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto labels = batch.labels_of(i);
    ASSERT_EQ(labels.size(), batch[i].size());
    EXPECT_EQ(batch.padding_of(i), RecallFamily::padding);
    for (std::size_t t = 0; t < labels.size(); ++t) {
      const bool scored = t % 8 == 4 && t + 1 < batch.content(i).size();
      EXPECT_EQ(labels[t], scored ? batch[i][t + 1] : ignored_label) << "position " << t;
    }
  }
}

TEST(FamilyLabels, NoiseLeavesQuestionsAnswersAndLabelsAlone) {
  const SequenceBatch clean = recall_batch(0, false);
  const SequenceBatch noisy = recall_batch(0.9, true);
  EXPECT_EQ(noisy.labels, clean.labels);
  std::size_t changed = 0;
  for (std::size_t i = 0; i < noisy.size(); ++i) {
    for (std::size_t t = 0; t < noisy[i].size(); ++t) {
      const bool labelled = t % 8 == 4 || t % 8 == 5;
      if (labelled) {
        ASSERT_EQ(noisy[i][t], clean[i][t]) << "sequence " << i << ", position " << t;
      }
      changed += noisy[i][t] != clean[i][t];
    }
    for (const std::uint32_t position : noisy.latents[i].noise) {
      EXPECT_TRUE(position % 8 != 4 && position % 8 != 5) << position;
    }
  }
  EXPECT_GT(changed, 500U);
}

TEST(FamilyLabels, TokensThatNoiseSparesCostNothingOnceDerived) {
  // Noise of probability 1 replaces all 24 other tokens by draws of log2 64 bits each.
  const SequenceBatch batch = recall_batch(1, true);
  for (const Latents& latents : batch.latents) {
    EXPECT_EQ(latents.noise.size(), 24U);
    EXPECT_NEAR(*latents.oracle_bits, 24 * 6, 1e-9);
  }
}

TEST(FamilyLabels, LatentsDoNotChangeThem) {
  EXPECT_EQ(recall_batch(0.3, true).labels, recall_batch(0.3, false).labels);
  EXPECT_EQ(recall_batch(0.3, true).tokens, recall_batch(0.3, false).tokens);
}

TEST(AppendLabels, FollowsSequencesThatCameWithout) {
  SequenceBatch batch;
  batch.append(2);
  batch.append(3);
  const auto labels = batch.append_labels();
  ASSERT_EQ(labels.size(), 3U);
  labels[1] = 9;
  EXPECT_TRUE(batch.labels_of(0).empty());
  const auto of_second = batch.labels_of(1);
  EXPECT_EQ(std::vector<std::int64_t>(of_second.begin(), of_second.end()),
            (std::vector<std::int64_t>{ignored_label, 9, ignored_label}));
}

}  // namespace
}  // namespace synthgen
