#include "synthgen/generate/function_generator.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/sequence_generator.hpp"

#include <boost/random/poisson_distribution.hpp>
#include <gtest/gtest.h>
#include <set>

#include "support/batches.hpp"
#include "support/configs.hpp"
#include "support/statistical.hpp"

namespace synthgen {
namespace {

using testing::config_of;
using testing::value_of;

constexpr const char* small =
    R"({"vocab_size": 50, "seq_length": 12, "custom_params": {"share": 0.25}})";

/// Makes a token given by its position with probability `share`, else a random one.
class PositionTokens : public SequenceGenerator {
 public:
  explicit PositionTokens(const Config& config)
      : SequenceGenerator(config), share_(custom_param("share", 0.5)) {}

  CustomSequence generate_sequence(ItemRandom& random) const override {
    std::vector<std::int64_t> sequence;
    for (std::int64_t i = 0; i < seq_length(); ++i) {
      sequence.push_back(random.holds(share_) ? i % 10 : random.token());
    }
    return sequence;
  }
  std::string name() const override { return "PositionTokens"; }
  std::string source() const override { return "text"; }

 private:
  double share_;
};

/// A generator that does what the function says.
Generator made_by(const Config& config,
                  std::function<CustomSequence(const SequenceGenerator&, ItemRandom&)> make) {
  class Made final : public SequenceGenerator {
   public:
    Made(const Config& config, const decltype(make)& make)
        : SequenceGenerator(config), make_(make) {}
    CustomSequence generate_sequence(ItemRandom& random) const override {
      return make_(*this, random);
    }

   private:
    std::function<CustomSequence(const SequenceGenerator&, ItemRandom&)> make_;
  };
  return value_of(Generator::create_custom(
      config, [make](const Config& own) { return std::make_shared<Made>(own, make); }));
}

TEST(CustomGenerator, SequencesAreAFunctionOfTheItemAlone) {
  const auto generator = value_of(Generator::create_custom<PositionTokens>(config_of(small)));
  SequenceBatch all;
  ASSERT_TRUE(generator.generate(Split::train, 0, 20, all));
  for (std::size_t i = 20; i-- > 0;) {
    SequenceBatch one;
    ASSERT_TRUE(generator.generate(Split::train, i, 1, one));
    EXPECT_EQ(testing::sequences_of(one)[0], testing::sequences_of(all)[i]) << i;
  }
  SequenceBatch val;
  ASSERT_TRUE(generator.generate(Split::val, 0, 1, val));
  EXPECT_NE(testing::sequences_of(val)[0], testing::sequences_of(all)[0]);
}

TEST(CustomGenerator, GenerateDatasetIsTheTrainSplit) {
  const PositionTokens custom(config_of(small));
  const SequenceBatch dataset = value_of(custom.generate_dataset(30));
  SequenceBatch train;
  ASSERT_TRUE(value_of(Generator::create_custom<PositionTokens>(config_of(small)))
                  .generate(Split::train, 0, 30, train));
  EXPECT_EQ(dataset.tokens, train.tokens);
  EXPECT_EQ(dataset.size(), 30U);
}

TEST(CustomGenerator, ReadsItsOwnParameters) {
  const Config config = config_of(R"({"custom_params": {"a": 3, "b": "x", "c": [1, 2]}})");
  const PositionTokens custom(config);
  EXPECT_EQ(custom.custom_param("a", 0), 3);
  EXPECT_EQ(custom.custom_param<std::string>("b", ""), "x");
  EXPECT_EQ(custom.custom_param("c", std::vector<int>()), (std::vector<int>{1, 2}));
  EXPECT_EQ(custom.custom_param("d", 7), 7);
  EXPECT_THROW(custom.custom_param("b", 1), std::invalid_argument);
}

TEST(CustomGenerator, ThatCannotBeMadeIsAUsageError) {
  const auto generator = Generator::create_custom<PositionTokens>(
      config_of(R"({"custom_params": {"share": "most"}})"));
  ASSERT_FALSE(generator);
  EXPECT_EQ(generator.error().kind, ErrorKind::usage);
  EXPECT_EQ(generator.error().message,
            "the custom generator was not made: custom_params.share: got \"most\"; another type is "
            "needed");
  EXPECT_FALSE(Generator::create_custom(config_of("{}"), [](const Config&) { return nullptr; }));
}

TEST(CustomGenerator, ThatIsNamedButNotGivenIsAUsageError) {
  const auto generator = Generator::create(config_of(R"({"generator": "custom"})"));
  ASSERT_FALSE(generator);
  EXPECT_EQ(generator.error().kind, ErrorKind::usage);
  EXPECT_EQ(generator.error().problems.at(0).key, "generator");
}

TEST(CustomGenerator, ConfigIsCheckedLikeAnyOther) {
  Config config = config_of("{}");
  config.vocab_size = 16777217;
  config.vocab_distribution = "zipf";
  EXPECT_FALSE(Generator::create_custom<PositionTokens>(config));
}

TEST(CustomGenerator, IsMadeForEachSplitsOwnConfig) {
  const auto generator = value_of(Generator::create_custom<PositionTokens>(config_of(
      R"({"vocab_size": 50, "seq_length": 12, "splits": {"test": {"seq_length": 24}}})")));
  for (const auto& [split, length] : {std::pair{Split::train, 12U}, {Split::test, 24U}}) {
    SequenceBatch batch;
    ASSERT_TRUE(generator.generate(split, 0, 1, batch));
    EXPECT_EQ(batch[0].size(), length);
  }
}

TEST(CustomGenerator, PassesThroughTheNoiseLayer) {
  const auto noisy = value_of(Generator::create_custom<PositionTokens>(
      config_of(R"({"vocab_size": 50, "seq_length": 200, "noise_probability": 0.3})")));
  const auto clean = value_of(Generator::create_custom<PositionTokens>(
      config_of(R"({"vocab_size": 50, "seq_length": 200})")));
  SequenceBatch with_noise;
  SequenceBatch without;
  ASSERT_TRUE(noisy.generate(Split::train, 0, 50, with_noise, true));
  ASSERT_TRUE(clean.generate(Split::train, 0, 50, without));
  std::vector<double> rates;
  for (std::size_t i = 0; i < 50; ++i) {
    const std::set<std::uint32_t> hit(with_noise.latents[i].noise.begin(),
                                      with_noise.latents[i].noise.end());
    rates.push_back(static_cast<double>(hit.size()) / 200);
    for (std::uint32_t t = 0; t < 200; ++t) {
      if (!hit.contains(t)) {
        ASSERT_EQ(with_noise[i][t], without[i][t]);
      }
    }
  }
  EXPECT_TRUE(testing::has_mean(rates, 0.3));
}

TEST(CustomGenerator, AdjustLengthCutsOrPadsAndPaddingIsNeverNoisy) {
  const Config config =
      config_of(R"({"vocab_size": 9, "seq_length": 6, "pad_token": 77, "noise_probability": 1})");
  const auto of_length = [&](std::size_t length) {
    const Generator generator = made_by(config, [=](const SequenceGenerator& own, ItemRandom&) {
      return own.adjust_length(std::vector<std::int64_t>(length, 5));
    });
    SequenceBatch batch;
    EXPECT_TRUE(generator.generate(Split::train, 0, 1, batch));
    return batch;
  };
  EXPECT_EQ(of_length(8)[0].size(), 6U);
  EXPECT_EQ(of_length(8).padding_of(0), 0U);
  const SequenceBatch padded = of_length(2);
  EXPECT_EQ(padded.padding_of(0), 4U);
  EXPECT_EQ(padded.tokens,
            (std::vector<std::uint32_t>{padded[0][0], padded[0][1], 77, 77, 77, 77}));
  for (const std::uint32_t id : padded.content(0)) EXPECT_LT(id, 9U);
}

TEST(CustomGenerator, PatternTokensFormPatternsOfPatternLength) {
  const Config config = config_of(
      R"({"vocab_size": 100, "seq_length": 40, "pattern_length": 8, "pattern_types": ["prog"]})");
  const Generator generator = made_by(config, [](const SequenceGenerator& own, ItemRandom& random) {
    std::vector<std::int64_t> sequence;
    for (std::uint64_t i = 0; i < 40; ++i) {
      sequence.push_back(own.generate_pattern_token(random, i));
    }
    return sequence;
  });
  SequenceBatch batch;
  ASSERT_TRUE(generator.generate(Split::train, 0, 20, batch));
  std::set<std::uint32_t> starts;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    for (std::size_t t = 0; t < 40; ++t) {
      if (t % 8 == 0) {
        starts.insert(batch[i][t]);
      } else {
        ASSERT_EQ(batch[i][t], (batch[i][t - 1] + 1) % 100);
      }
    }
  }
  EXPECT_GT(starts.size(), 40U) << "each pattern starts afresh";
}

TEST(CustomGenerator, BoostsDistributionsDrawFromTheStream) {
  const Config config = config_of(R"({"vocab_size": 1000, "seq_length": 2000})");
  const Generator generator = made_by(config, [](const SequenceGenerator&, ItemRandom& random) {
    boost::random::poisson_distribution<> poisson(40);
    std::vector<std::int64_t> sequence;
    for (int i = 0; i < 2000; ++i) sequence.push_back(poisson(random));
    return sequence;
  });
  SequenceBatch batch;
  ASSERT_TRUE(generator.generate(Split::train, 0, 5, batch));
  const std::vector<double> tokens(batch.tokens.begin(), batch.tokens.end());
  EXPECT_TRUE(testing::has_mean(tokens, 40));
}

/// Sequences whose labels tell the token before.
class LabelledTokens : public SequenceGenerator {
 public:
  using SequenceGenerator::SequenceGenerator;
  bool has_labels() const override { return true; }
  CustomSequence generate_sequence(ItemRandom& random) const override {
    CustomSequence sequence(std::vector<std::int64_t>{});
    for (std::int64_t i = 0; i < seq_length(); ++i) {
      sequence.labels.push_back(i == 0 ? ignored_label : sequence.tokens.back());
      sequence.tokens.push_back(random.token());
    }
    if (random.item().index == 5) sequence.labels.pop_back();
    if (random.item().index == 6) sequence.labels[1] = -1;
    return sequence;
  }
};

TEST(CustomGenerator, LabelsComeAlongAndNoiseLeavesThemAlone) {
  const Config config =
      config_of(R"({"vocab_size": 50, "seq_length": 12, "noise_probability": 0.5})");
  const auto generator = value_of(Generator::create_custom<LabelledTokens>(config));
  EXPECT_TRUE(generator.has_labels());
  SequenceBatch clean;
  SequenceBatch noisy;
  ASSERT_TRUE(value_of(Generator::create_custom<LabelledTokens>(
                           config_of(R"({"vocab_size": 50, "seq_length": 12})")))
                  .generate(Split::train, 0, 5, clean));
  ASSERT_TRUE(generator.generate(Split::train, 0, 5, noisy));
  EXPECT_NE(noisy.tokens, clean.tokens);
  for (std::size_t i = 0; i < 5; ++i) {
    const auto labels = noisy.labels_of(i);
    ASSERT_EQ(labels.size(), 12U);
    EXPECT_EQ(labels[0], ignored_label);
    for (std::size_t t = 1; t < 12; ++t) EXPECT_EQ(labels[t], std::int64_t{clean[i][t - 1]});
  }
  const auto message = [&](std::uint64_t index) {
    SequenceBatch batch;
    const Result<void> made = generator.generate(Split::train, index, 1, batch);
    return made ? std::string() : made.error().message;
  };
  EXPECT_EQ(message(5), "sequence 5 of train: custom: has 11 labels for 12 tokens; allowed: 12");
  EXPECT_EQ(message(6), "sequence 6 of train: custom: label 1: got -1; allowed: an id or -100");
}

struct Misdeed {
  const char* name;
  std::function<CustomSequence(const SequenceGenerator&, ItemRandom&)> make;
  const char* message;
};

std::ostream& operator<<(std::ostream& out, const Misdeed& misdeed) {
  return out << misdeed.name;
}

class CustomMisdeed : public ::testing::TestWithParam<Misdeed> {};

TEST_P(CustomMisdeed, IsReportedWithTheSequencesIndex) {
  const auto& [name, make, message] = GetParam();
  const auto sometimes = [make = make](const SequenceGenerator& own, ItemRandom& random) {
    return random.item().index == 3 ? make(own, random) : own.adjust_length({1});
  };
  const Generator generator =
      made_by(config_of(R"({"vocab_size": 50, "seq_length": 12})"), sometimes);
  SequenceBatch batch;
  const Result<void> generated = generator.generate(Split::val, 0, 10, batch);
  ASSERT_FALSE(generated);
  EXPECT_EQ(generated.error().kind, ErrorKind::data);
  EXPECT_EQ(generated.error().message, std::string("sequence 3 of val: custom: ") + message);
  EXPECT_EQ(batch.size(), 3U) << "the ones before it are there, and nothing of the bad one";
  EXPECT_TRUE(generator.generate(Split::val, 4, 6, batch)) << "the others can be had";
}

INSTANTIATE_TEST_SUITE_P(
    , CustomMisdeed,
    ::testing::Values(
        Misdeed{"Empty", [](auto&, auto&) { return std::vector<std::int64_t>(); }, "is empty"},
        Misdeed{"TooLong", [](auto&, auto&) { return std::vector<std::int64_t>(13); },
                "has 13 tokens; allowed: at most 12"},
        Misdeed{"IdTooLarge",
                [](auto&, auto&) {
                  return std::vector<std::int64_t>{7, 50};
                },
                "token 1: got 50; allowed: an id from 0 to 49"},
        Misdeed{"IdFarTooLarge",
                [](auto&, auto&) { return std::vector<std::int64_t>{std::int64_t{1} << 32}; },
                "token 0: got 4294967296; allowed: an id from 0 to 49"},
        Misdeed{"NegativeId", [](auto&, auto&) { return std::vector<std::int64_t>{-1}; },
                "token 0: got -1; allowed: an id from 0 to 49"},
        Misdeed{"Padding",
                [](auto&, auto&) { return CustomSequence(std::vector<std::int64_t>{1}, 2); },
                "has 2 tokens of padding among 1"},
        Misdeed{"Labels",
                [](auto&, auto&) {
                  CustomSequence sequence(std::vector<std::int64_t>{1});
                  sequence.labels = {1};
                  return sequence;
                },
                "has 1 label for 1 token; allowed: 0"},
        Misdeed{"Throws", [](auto&, auto&) -> CustomSequence { throw std::logic_error("no idea"); },
                "no idea"},
        Misdeed{"ThrowsAnything", [](auto&, auto&) -> CustomSequence { throw 5; },
                "threw what is not a std::exception"},
        Misdeed{"DrawsForEver",
                [](auto&, auto& random) -> CustomSequence {
                  for (;;) random();
                },
                "drew more than 77824 random words"},
        Misdeed{"EmptyRange",
                [](auto&, auto& random) -> CustomSequence {
                  return std::vector<std::int64_t>{random.integer(0)};
                },
                "an integer from a range of 0 was asked for"}),
    [](const auto& misdeed) { return std::string(misdeed.param.name); });

TEST(FunctionGenerator, MakesTheSequencesOfItsFunction) {
  const Config config = testing::config_of(R"({"generator": "custom", "vocab_size": 9,
      "splits": {"val": {"vocab_size": 5}}})");
  const auto parts = [](const Config& in_split) {
    return FunctionGenerator::Parts{
        .generate =
            [vocab = in_split.vocab_size](ItemRandom& random) {
              CustomSequence sequence({static_cast<std::int64_t>(random.item().index), vocab - 1});
              sequence.labels = {ignored_label, 1};
              return sequence;
            },
        .has_labels = true,
        .name = "Counted",
        .source = "text"};
  };
  const Generator generator =
      testing::value_of(Generator::create_custom(config, function_factory(parts)));
  SequenceBatch batch;
  testing::value_of(generator.generate(Split::train, 2, 1, batch));
  testing::value_of(generator.generate(Split::val, 4, 1, batch));
  EXPECT_EQ(testing::sequences_of(batch), (std::vector<testing::Tokens>{{2, 8}, {4, 4}}));
  EXPECT_EQ(batch.labels, (std::vector<std::int64_t>{ignored_label, 1, ignored_label, 1}));
  EXPECT_EQ(generator.custom()->name(), "Counted");
  EXPECT_EQ(generator.custom()->source(), "text");
}

}  // namespace
}  // namespace synthgen
