#include "synthgen/score/evaluate.hpp"

#include "synthgen/law/predictor.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>

#include "support/configs.hpp"
#include "support/real_files.hpp"
#include "support/temporary_directory.hpp"

namespace synthgen {
namespace {

using testing::generator_of;
using testing::npy_file;
using testing::TemporaryDirectory;
using testing::value_of;

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

/// A dataset's file, its generator, and what a model made of it.
class EvaluateTest : public ::testing::Test {
 protected:
  static constexpr std::uint64_t sequences = 40;
  static constexpr std::uint64_t first = 3;

  void use(std::string_view config) {
    generator_ = generator_of(config);
    batch_.clear();
    value_of(generator_->generate(Split::val, first, sequences, batch_));
    std::string text;
    for (std::size_t i = 0; i < batch_.size(); ++i) text += to_text(Json(row_of(i))) + '\n';
    data_ = {Split::val, first, sequences, {directory_.with("val.jsonl", text)}};
  }

  std::vector<std::uint32_t> row_of(std::size_t i) const {
    return {batch_[i].begin(), batch_[i].end()};
  }

  /// A number for each token: `of(sequence, position)`.
  template <class Of>
  std::vector<double> each_token(const Of& of, std::size_t from = 0) const {
    std::vector<double> values;
    for (std::size_t i = 0; i < batch_.size(); ++i) {
      for (std::size_t t = from; t < batch_[i].size(); ++t) values.push_back(of(i, t));
    }
    return values;
  }

  Result<Evaluation> evaluated(const std::string& name, const std::string& bytes,
                               EvaluateOptions options = {}) {
    options.model.path = directory_.with(name, bytes);
    return evaluate(*generator_, data_, options);
  }

  std::string fault_of(const std::string& name, const std::string& bytes,
                       EvaluateOptions options = {}) {
    const Result<Evaluation> evaluation = evaluated(name, bytes, std::move(options));
    if (evaluation) return "none";
    const std::string& message = evaluation.error().message;
    return message.substr(message.rfind('/') + 1);
  }

  std::uint64_t length() const { return batch_[0].size(); }

  TemporaryDirectory directory_;
  std::optional<Generator> generator_;
  SequenceBatch batch_;
  EvaluatedData data_;
};

constexpr std::string_view uniform_four =
    R"({"generator": "random", "vocab_size": 4, "seq_length": 12})";
constexpr std::string_view zipf =
    R"({"generator": "random", "vocab_size": 6, "seq_length": 9, "vocab_distribution": "zipf"})";
constexpr std::string_view ragged =
    R"({"generator": "random", "vocab_size": 4, "seq_length": 8, "length_variation": 0.5})";

TEST_F(EvaluateTest, AModelThatOutputsTheExactLawHasNoExcess) {
  use(zipf);
  const auto predictor = value_of(generator_->predictor(Split::val));
  const auto exact = each_token([&](std::size_t i, std::size_t t) {
    return -std::log(predictor->probability(row_of(i)[t]));
  });
  const Evaluation evaluation =
      value_of(evaluated("losses.npy", npy_file({sequences, length()}, exact)));
  const MeanInterval excess = *evaluation.mean_excess();
  EXPECT_NEAR(excess.mean, 0, 1e-14);
  EXPECT_NEAR(*excess.low, 0, 1e-14);
  EXPECT_NEAR(*excess.high, 0, 1e-14);
  EXPECT_FALSE(evaluation.is_below_floor());
  EXPECT_EQ(evaluation.excess.targets(), sequences * length());
}

/// A bigram that gives the successor of a token twice the probability of each other id.
double bigram_loss(std::uint32_t before, std::uint32_t token) {
  return -std::log(token == (before + 1) % 4 ? 0.4 : 0.2);
}

TEST_F(EvaluateTest, ABigramHasTheExcessThatItsDivergenceSays) {
  use(uniform_four);
  const auto losses = each_token(
      [&](std::size_t i, std::size_t t) { return bigram_loss(row_of(i)[t - 1], row_of(i)[t]); }, 1);
  const Evaluation evaluation =
      value_of(evaluated("losses.npy", npy_file({sequences, length() - 1}, losses)));
  // Of the sequences' own tokens: each costs ln 4 at least.
  const double mean =
      std::accumulate(losses.begin(), losses.end(), 0.0) / static_cast<double>(losses.size());
  const MeanInterval excess = *evaluation.mean_excess();
  EXPECT_NEAR(excess.mean, mean - std::log(4), 1e-12);
  EXPECT_EQ(evaluation.first_position, 1);
  // In expectation: the divergence of the bigram's law from the uniform one.
  const double divergence = -(std::log(4 * 0.4) + 3 * std::log(4 * 0.2)) / 4;
  EXPECT_LT(*excess.low, divergence);
  EXPECT_GT(*excess.high, divergence);
}

TEST_F(EvaluateTest, DivergenceAndVariationOfLawsAreThoseOfTheirFormulas) {
  use(uniform_four);
  std::vector<double> laws;
  for (std::size_t i = 0; i < batch_.size(); ++i) {
    for (std::size_t t = 1; t < length(); ++t) {
      for (std::uint32_t id = 0; id < 4; ++id) {
        laws.push_back(-bigram_loss(row_of(i)[t - 1], id));
      }
    }
  }
  EvaluateOptions options{.model = {}, .threads = 3};
  options.model.has_laws = true;
  const Evaluation evaluation =
      value_of(evaluated("log_probs.npy", npy_file({sequences, length() - 1, 4}, laws), options));
  const Json report = to_json(evaluation);
  const double divergence = -(std::log(4 * 0.4) + 3 * std::log(4 * 0.2)) / 4;
  EXPECT_NEAR(report["kl_divergence"]["mean"].get<double>(), divergence, 1e-12);
  EXPECT_NEAR(report["kl_divergence"]["low"].get<double>(), divergence, 1e-12);
  EXPECT_NEAR(report["total_variation"]["mean"].get<double>(), 0.15, 1e-12);
  const auto losses = each_token(
      [&](std::size_t i, std::size_t t) { return bigram_loss(row_of(i)[t - 1], row_of(i)[t]); }, 1);
  EXPECT_NEAR(
      report["loss"].get<double>(),
      std::accumulate(losses.begin(), losses.end(), 0.0) / static_cast<double>(losses.size()),
      1e-12);
}

TEST_F(EvaluateTest, IdsBeyondTheVocabularyCountAsVariationOnly) {
  use(uniform_four);
  std::vector<double> laws;
  for (std::uint64_t i = 0; i < sequences * length(); ++i) {
    for (const double q : {0.225, 0.225, 0.225, 0.225, 0.1}) laws.push_back(std::log(q));
  }
  EvaluateOptions options;
  options.model.has_laws = true;
  const Json report = to_json(
      value_of(evaluated("log_probs.npy", npy_file({sequences, length(), 5}, laws), options)));
  EXPECT_NEAR(report["total_variation"]["mean"].get<double>(), 0.1, 1e-12);
  EXPECT_NEAR(report["kl_divergence"]["mean"].get<double>(), std::log(0.25 / 0.225), 1e-12);
  EXPECT_NEAR(report["excess"]["mean"].get<double>(), std::log(0.25 / 0.225), 1e-12);
}

TEST_F(EvaluateTest, TheUnitIsThatOfTheNumbersAndOfTheReport) {
  use(uniform_four);
  const std::vector<double> losses(static_cast<std::size_t>(sequences * length()), 2.5);
  EvaluateOptions options;
  options.model.unit = LossUnit::bits;
  const Json report =
      to_json(value_of(evaluated("losses.npy", npy_file({sequences, length()}, losses), options)));
  EXPECT_EQ(report["unit"], "bits");
  EXPECT_DOUBLE_EQ(report["floor"].get<double>(), 2);
  EXPECT_DOUBLE_EQ(report["excess"]["mean"].get<double>(), 0.5);
}

TEST_F(EvaluateTest, TheReportDividesByPositionAndByKind) {
  use(R"({"generator": "random", "vocab_size": 4, "seq_length": 12, "noise_probability": 0.5})");
  SequenceBatch with_latents;
  value_of(generator_->generate(Split::val, first, sequences, with_latents, true));
  const auto kinds = token_structure(with_latents, generator_->config(Split::val)).kinds;
  const auto losses = each_token([&](std::size_t i, std::size_t t) {
    const bool noisy = kinds[static_cast<std::size_t>(i * length() + t)] == TokenKind::noise;
    return std::log(4) + (noisy ? 1 : 0) + (t == 5 ? 0.25 : 0);
  });
  const Json report =
      to_json(value_of(evaluated("losses.npy", npy_file({sequences, length()}, losses))));
  ASSERT_EQ(report["by_kind"].size(), 2);
  const Json& fresh = report["by_kind"][0];
  const Json& noise = report["by_kind"][1];
  EXPECT_EQ(fresh["kind"], "fresh");
  EXPECT_EQ(noise["kind"], "noise");
  EXPECT_NEAR(noise["excess"]["mean"].get<double>() - fresh["excess"]["mean"].get<double>(), 1,
              0.05);
  EXPECT_EQ(fresh["targets"].get<std::uint64_t>() + noise["targets"].get<std::uint64_t>(),
            sequences * length());
  const Json& by_position = report["by_position"];
  ASSERT_EQ(by_position["position"].size(), length());
  EXPECT_EQ(by_position["targets"][5], sequences);
  double others = 0;
  for (std::size_t t = 0; t < length(); ++t) {
    if (t != 5)
      others += by_position["excess"][t].get<double>() / static_cast<double>(length() - 1);
  }
  EXPECT_NEAR(by_position["excess"][5].get<double>() - others, 0.25, 0.3);
  EXPECT_NEAR(by_position["standard_error"][5].get<double>(), 0.5 / std::sqrt(sequences - 1.0),
              0.02);
}

TEST_F(EvaluateTest, PaddingOfRaggedDataCanHoldAnything) {
  use(ragged);
  const std::uint64_t longest = generator_->length_range(Split::val).longest;
  std::vector<double> losses;
  for (std::size_t i = 0; i < batch_.size(); ++i) {
    for (std::size_t t = 0; t < longest; ++t) {
      losses.push_back(t < batch_[i].size() ? std::log(4) : nan_value);
    }
  }
  const Evaluation table =
      value_of(evaluated("losses.npy", npy_file({sequences, longest}, losses)));
  std::string text;
  for (std::size_t i = 0; i < batch_.size(); ++i) {
    text += to_text(Json{{"losses", std::vector<double>(batch_[i].size(), std::log(4))}}) + '\n';
  }
  const Evaluation lines = value_of(evaluated("losses.jsonl", text));
  for (const Evaluation* evaluation : {&table, &lines}) {
    EXPECT_EQ(evaluation->excess.targets(), batch_.tokens.size());
    EXPECT_NEAR(evaluation->mean_excess()->mean, 0, 1e-12);
  }
}

TEST_F(EvaluateTest, TheReportDoesNotDependOnThreadsAndFormats) {
  use(zipf);
  const auto losses = each_token(
      [](std::size_t i, std::size_t t) { return 1.5 + 0.01 * static_cast<double>(i * t); });
  std::string text;
  for (std::size_t i = 0; i < batch_.size(); ++i) {
    const auto begin = losses.begin() + static_cast<std::ptrdiff_t>(i * length());
    text += to_text(Json(std::vector<double>(begin, begin + std::ptrdiff_t(length())))) + '\n';
  }
  Json first_report;
  for (const unsigned threads : {1U, 4U}) {
    for (const auto& [name, bytes] :
         {std::pair("losses.npy", npy_file({sequences, length()}, losses)),
          std::pair("losses.jsonl", text)}) {
      Json report = to_json(value_of(evaluated(name, bytes, {.threads = threads})));
      report.erase("model");
      if (first_report.is_null()) first_report = report;
      EXPECT_EQ(report, first_report) << name << ", " << threads;
    }
  }
}

TEST_F(EvaluateTest, AModelBelowTheFloorIsFound) {
  use(uniform_four);
  const auto with_loss = [&](double loss) {
    const std::vector<double> losses(static_cast<std::size_t>(sequences * length()), loss);
    return value_of(evaluated("losses.npy", npy_file({sequences, length()}, losses)));
  };
  EXPECT_TRUE(with_loss(std::log(4) - 0.01).is_below_floor());
  EXPECT_FALSE(with_loss(std::log(4)).is_below_floor());
  EXPECT_FALSE(with_loss(std::log(4) + 0.01).is_below_floor());
}

TEST_F(EvaluateTest, RoundingToHalvesIsNotBelowTheFloor) {
  use(R"({"generator": "random", "vocab_size": 1000, "seq_length": 12})");
  const std::uint16_t below_ln_1000 = 0x46E8;  // 6.90625; ln 1000 = 6.90776
  const std::string bytes = npy_file(
      "f2", {sequences, length()},
      std::vector<std::uint16_t>(static_cast<std::size_t>(sequences * length()), below_ln_1000));
  const Evaluation evaluation = value_of(evaluated("losses.npy", bytes));
  EXPECT_LT(*evaluation.mean_excess()->high, -0.001);
  EXPECT_FALSE(evaluation.is_below_floor());
}

TEST_F(EvaluateTest, ShapesThatDoNotFitAreRefusedWithThoseThatDo) {
  use(uniform_four);
  const auto shaped = [&](const std::vector<std::uint64_t>& shape) {
    std::uint64_t count = 1;
    for (const std::uint64_t size : shape) count *= size;
    return fault_of("l.npy", npy_file(shape, std::vector<double>(static_cast<std::size_t>(count))));
  };
  const std::string allowed = "; allowed: 40 x 12, or 40 x 11 without the first position";
  EXPECT_EQ(shaped({40, 10}), "l.npy: is 40 x 10" + allowed);
  EXPECT_EQ(shaped({39, 12}), "l.npy: is 39 x 12" + allowed);
  EXPECT_EQ(shaped({40, 12, 4}), "l.npy: is 40 x 12 x 4" + allowed);
  EvaluateOptions options;
  options.model.has_laws = true;
  EXPECT_EQ(fault_of("l.npy", npy_file({40, 12, 3}, std::vector<double>(1440)), options),
            "l.npy: is 40 x 12 x 3; allowed: 40 x 12 x 4, or 40 x 11 x 4 without the first "
            "position");
  EXPECT_EQ(fault_of("l.jsonl", "[1,2]\n"),
            "l.jsonl:1: 2 numbers; sequence 0 has 12 tokens, so 12 are allowed, or 11 without the "
            "first position");
  const std::string row = to_text(Json(std::vector<double>(11, 1.5))) + '\n';
  EXPECT_EQ(fault_of("l.jsonl", row), "l.jsonl: has 1 row; allowed: one for each of 40 sequences");
  std::string rows;
  for (int i = 0; i < 41; ++i) rows += row;
  EXPECT_EQ(fault_of("l.jsonl", rows),
            "l.jsonl:41: one row too many; allowed: one for each of 40 sequences");
  EXPECT_EQ(fault_of("l.jsonl", rows, options),
            "l.jsonl: is text; log-probabilities are read from npy and safetensors");
}

TEST_F(EvaluateTest, NumbersThatNoLossCanHaveAreRefusedWithTheirPlace) {
  use(uniform_four);
  const auto with = [&](double value) {
    std::vector<double> losses(static_cast<std::size_t>(sequences * length()), 1.5);
    losses[2 * 12 + 7] = value;
    return fault_of("l.npy", npy_file({sequences, length()}, losses));
  };
  EXPECT_EQ(with(nan_value), "l.npy: [2, 7] is nan; a loss is a finite number from 0 up");
  EXPECT_EQ(with(-0.5), "l.npy: [2, 7] is -0.5; a loss is a finite number from 0 up");
  EXPECT_EQ(with(std::numeric_limits<double>::infinity()),
            "l.npy: [2, 7] is inf; a loss is a finite number from 0 up");
  EXPECT_EQ(with(-1e-7), "none");
}

TEST_F(EvaluateTest, LawsThatAreNoneAreRefusedWithTheirPlace) {
  use(uniform_four);
  EvaluateOptions options;
  options.model.has_laws = true;
  const auto with = [&](std::vector<double> law) {
    std::vector<double> laws(static_cast<std::size_t>(sequences * length() * 4), std::log(0.25));
    std::copy(law.begin(), law.end(), laws.begin() + (3 * 12 + 5) * 4);
    return fault_of("l.npy", npy_file({sequences, length(), 4}, laws), options);
  };
  EXPECT_EQ(with({0.5}), "l.npy: [3, 5], id 0 is 0.5; a log-probability is at most 0");
  EXPECT_EQ(with({nan_value}), "l.npy: [3, 5], id 0 is nan; a log-probability is at most 0");
  EXPECT_TRUE(with({-0.01}).starts_with("l.npy: [3, 5]: the probabilities add up to 1.74"));
  const double third = std::log(1.0 / 3);
  EXPECT_EQ(with({third, third, third, -std::numeric_limits<double>::infinity()}),
            "l.npy: [3, 5], id 3 is -inf, but the id has probability 0.25; allowed: a finite "
            "number");
}

TEST_F(EvaluateTest, DataThatTheConfigDoesNotMakeIsRefused) {
  use(uniform_four);
  const std::vector<double> losses(static_cast<std::size_t>(sequences * length()), 1.5);
  const std::string model = npy_file({sequences, length()}, losses);
  std::string text = testing::bytes_of(data_.files.front());
  const std::string cut = text.substr(0, text.rfind('['));
  directory_.with("val.jsonl", cut);
  EXPECT_TRUE(fault_of("l.npy", model).starts_with("val.jsonl: ends before the sequences"));
  directory_.with("val.jsonl", text + "[1]\n");
  EXPECT_TRUE(fault_of("l.npy", model).starts_with("val.jsonl:41: one sequence more"));
  const std::size_t digit = text.find(',', text.size() / 2) + 1;
  text[digit] = text[digit] == '0' ? '1' : '0';
  directory_.with("val.jsonl", text);
  EXPECT_NE(fault_of("l.npy", model).find(": is not the sequence that the config"),
            std::string::npos);
}

TEST_F(EvaluateTest, AConfigWithoutALawIsRefusedWithTheReason) {
  use(R"({"generator": "composed", "vocab_size": 64, "seq_length": 12})");
  const Result<Evaluation> evaluation = evaluated("l.npy", npy_file({1, 1}, {1}));
  ASSERT_FALSE(evaluation.has_value());
  EXPECT_EQ(evaluation.error().kind, ErrorKind::usage);
  EXPECT_TRUE(evaluation.error().message.starts_with("no exact law of the next token: "));
}

TEST_F(EvaluateTest, ItStopsOnRequest) {
  use(uniform_four);
  const std::vector<double> losses(static_cast<std::size_t>(sequences * length()), 1.5);
  EvaluateOptions options{.progress = [](std::uint64_t) { return false; }};
  const Result<Evaluation> evaluation =
      evaluated("l.npy", npy_file({sequences, length()}, losses), options);
  ASSERT_FALSE(evaluation.has_value());
  EXPECT_EQ(evaluation.error().kind, ErrorKind::cancelled);
}

}  // namespace
}  // namespace synthgen
