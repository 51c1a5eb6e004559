#include "synthgen/generate/presets.hpp"

#include "synthgen/formats/jsonl/jsonl_writer.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/io/checksum.hpp"

#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <numeric>
#include <random>
#include <set>
#include <sstream>

#include "support/configs.hpp"

namespace synthgen {
namespace {

using testing::value_of;

Generator generator_of_preset(const Preset& preset) {
  return value_of(Generator::create(value_of(read_config(preset.config))));
}

TEST(Presets, SayWhatTheyAreAndHaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (const Preset& preset : presets()) {
    SCOPED_TRACE(preset.name);
    EXPECT_TRUE(names.insert(preset.name).second);
    for (const std::string* text :
         {&preset.summary, &preset.citation, &preset.reference, &preset.floor, &preset.shortcuts}) {
      EXPECT_GT(text->size(), 10U);
      EXPECT_EQ(text->back(), '.') << *text;
    }
    EXPECT_TRUE(preset.config.contains("generator"));
    EXPECT_EQ(find_preset(preset.name), &preset);
  }
  EXPECT_EQ(find_preset("mqar"), nullptr);
}

TEST(Presets, ConfigsAreAllowedAndUseOnlyKeysOfTheirFamily) {
  for (const Preset& preset : presets()) {
    const Config config = value_of(read_config(preset.config));
    EXPECT_TRUE(check(config).empty()) << preset.name;
    EXPECT_TRUE(notes(config).empty()) << preset.name;
  }
}

TEST(Presets, ThatAreFixedDifferFromTheirCounterpartInTheDefect) {
  std::size_t counterparts = 0;
  for (const Preset& preset : presets()) {
    if (preset.counterpart.empty()) continue;
    const Preset* counterpart = find_preset(preset.counterpart);
    ASSERT_NE(counterpart, nullptr) << preset.name;
    EXPECT_EQ(counterpart->counterpart, preset.name);
    EXPECT_NE(counterpart->config, preset.config);
    EXPECT_NE(preset.name.ends_with("-fixed"), counterpart->name.ends_with("-fixed"));
    EXPECT_EQ(counterpart->citation, preset.citation);
    ++counterparts;
  }
  EXPECT_GE(counterparts, 10U);
}

TEST(WithPreset, LetsOtherParametersWin) {
  const Json config = value_of(with_preset("mqar-zoology-64x4", {{"seed", 7}, {"power_a", 1}}));
  EXPECT_EQ(config["seed"], 7);
  EXPECT_EQ(config["power_a"], 1);
  EXPECT_EQ(config["num_kv_pairs"], 4);
  EXPECT_EQ(value_of(with_preset("mqar-zoology-64x4", {})),
            find_preset("mqar-zoology-64x4")->config);
}

TEST(WithPreset, NamesTheNearestOfAnUnknownName) {
  const Result<Json> config = with_preset("mqar-zoology-64x5", {});
  ASSERT_FALSE(config.has_value());
  EXPECT_EQ(config.error().kind, ErrorKind::usage);
  EXPECT_EQ(config.error().problems.front().key, "preset");
  EXPECT_NE(config.error().message.find("did you mean mqar-zoology-64x4?"), std::string::npos)
      << config.error().message;
}

/// A line for each preset: its name and the checksum of the JSONL, labels included, of its first 16
/// sequences of train and of test.
std::string checksums() {
  std::string text = "stream_version " + std::to_string(stream_version) + "\n";
  for (const Preset& preset : presets()) {
    const Generator generator = generator_of_preset(preset);
    SequenceBatch batch;
    value_of(generator.generate(Split::train, 0, 16, batch));
    value_of(generator.generate(Split::test, 0, 16, batch));
    std::string bytes;
    append_jsonl(batch, bytes);
    text += preset.name + ' ' + checksum_of(bytes) + '\n';
  }
  return text;
}

// SYNTHGEN_UPDATE_GOLDEN=1 records the checksums of presets that are new; those that are recorded
// change with the stream version only.
TEST(Presets, MakeTheRecordedSequences) {
  const std::string path = SYNTHGEN_GOLDEN_DIR "/presets.txt";
  const std::string now = checksums();
  std::ifstream file(path);
  const std::string recorded{std::istreambuf_iterator<char>(file), {}};
  if (std::getenv("SYNTHGEN_UPDATE_GOLDEN") != nullptr) {
    std::istringstream lines(recorded);
    for (std::string line; std::getline(lines, line);) {
      if (recorded.starts_with("stream_version " + std::to_string(stream_version) + "\n")) {
        ASSERT_NE(now.find(line + '\n'), std::string::npos)
            << line << ": would change: raise stream_version first";
      }
    }
    std::ofstream(path) << now;
    return;
  }
  EXPECT_EQ(now, recorded);
}

/// The mean bits of a label of a split under the exact law.
double mean_label_bits(const Preset& preset, Split split, std::uint64_t sequences) {
  const Generator generator = generator_of_preset(preset);
  const auto predictor = value_of(generator.predictor(split));
  SequenceBatch batch;
  value_of(generator.generate(split, 0, sequences, batch));
  double bits = 0;
  double labels = 0;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    predictor->reset();
    for (std::size_t t = 0; t < batch[i].size(); ++t) {
      predictor->observe(batch[i][t]);
      const std::int64_t label = batch.labels_of(i)[t];
      if (label == ignored_label) continue;
      bits += predictor->label_bits(static_cast<std::uint32_t>(label));
      ++labels;
    }
  }
  return bits / labels;
}

TEST(Presets, StateTheFloorThatTheExactLawHas) {
  for (const Preset& preset : presets()) {
    if (preset.config["generator"] != "recall" || preset.name == "mad-fuzzy-recall") continue;
    EXPECT_EQ(mean_label_bits(preset, Split::test, 200), 0) << preset.name;
  }
  EXPECT_NEAR(mean_label_bits(*find_preset("mad-recall"), Split::train, 1500), 1.677, 0.003);
  EXPECT_NEAR(mean_label_bits(*find_preset("mad-noisy-recall"), Split::train, 1500), 2.514, 0.02);
  EXPECT_NEAR(mean_label_bits(*find_preset("recall-safari"), Split::train, 1500), 2.121, 0.01);
  EXPECT_GT(mean_label_bits(*find_preset("mad-fuzzy-recall"), Split::test, 1000), 0);
}

TEST(Presets, OfProcessesStateTheirFloorAndRate) {
  const auto expected = [](std::string_view name, std::string_view expectation) {
    for (const Expectation& each : generator_of_preset(*find_preset(name)).truth()) {
      if (each.name == expectation) return each.value;
    }
    return -1.0;
  };
  EXPECT_NEAR(expected("mess3", "predictive_bits_per_token"), 1.2018, 5e-4);
  EXPECT_NEAR(expected("mess3", "entropy_rate_bits"), 1.1447, 5e-4);
  EXPECT_NEAR(expected("mess3-x15-a60", "predictive_bits_per_token"), 1.573, 5e-4);
  EXPECT_NEAR(expected("mess3-x15-a60", "entropy_rate_bits"), 1.571, 5e-4);
  EXPECT_NEAR(expected("rrxor", "entropy_rate_bits"), 2.0 / 3, 1e-3);
  EXPECT_NEAR(expected("zero-one-random", "entropy_rate_bits"), 1.0 / 3, 1e-6);
  EXPECT_NEAR(expected("golden-mean", "entropy_rate_bits"), 2.0 / 3, 1e-6);
  const double binary = std::log2(3.0) - 2.0 / 3;  // H(1/3)
  EXPECT_NEAR(expected("golden-mean", "predictive_bits_per_token"), (binary + 9 * 2.0 / 3) / 10,
              1e-6);
}

TEST(Presets, OfMachinesAndChainsStateTheFloorThatTheExactLawHas) {
  const std::pair<const char*, double> floors[] = {
      {"mess3", 1.2018},          {"mess3-x15-a60", 1.5727}, {"rrxor", 0.8615},
      {"zero-one-random", .4918}, {"golden-mean", 0.6918},   {"icl-markov-2", 0.740},
  };
  for (const auto& [name, expected] : floors) {
    const Generator generator = generator_of_preset(*find_preset(name));
    const auto predictor = value_of(generator.predictor());
    SequenceBatch batch;
    value_of(generator.generate(Split::train, 0, expected == 0.740 ? 400 : 4000, batch));
    double sum = 0;
    for (std::size_t i = 0; i < batch.size(); ++i) {
      std::vector<double> bits(batch[i].size());
      predictive_bits(*predictor, batch[i], bits);
      for (const double each : bits) sum += each;
    }
    EXPECT_NEAR(sum / static_cast<double>(batch.tokens.size()), expected, 0.025) << name;
  }
  EXPECT_TRUE(generator_of_preset(*find_preset("icl-markov-3-fixed")).predictor());
}

/// P(a symbol) in the stationary law of a chain on three, by its spanning trees.
double stationary_share(const std::array<std::array<double, 3>, 3>& rows, std::size_t symbol) {
  std::array<double, 3> trees{};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::size_t j = (i + 1) % 3;
    const std::size_t k = (i + 2) % 3;
    trees[i] = rows[j][i] * rows[k][i] + rows[j][k] * rows[k][i] + rows[k][j] * rows[j][i];
  }
  return trees[symbol] / (trees[0] + trees[1] + trees[2]);
}

// With a stationary start a sequence has the probability that counting gives it times three times
// the posterior mean of its first token's share in the chain's stationary law, so that the floor is
// what counting pays less the mean logarithm of that.
TEST(Presets, OfAChainOnThreeSymbolsStatesTheFloorThatSimulationHas) {
  constexpr std::uint64_t sequences = 1500;
  constexpr int chains = 200;
  constexpr std::size_t predicted_sequences = 60;
  SequenceBatch batch;
  const Generator generator = generator_of_preset(*find_preset("icl-markov-3"));
  value_of(generator.generate(Split::train, 0, sequences, batch));
  const auto predictor = value_of(generator.predictor());
  std::mt19937_64 random(1);
  double counting = 0;
  double gain = 0;
  double exact = 0;
  double surplus = 0;  // of counting and simulation over the exact law, for the first sequences
  for (std::size_t i = 0; i < batch.size(); ++i) {
    std::array<std::array<double, 3>, 3> counts{};
    counting += std::log2(3.0);
    for (std::size_t t = 1; t < batch[i].size(); ++t) {
      auto& row = counts[batch[i][t - 1]];
      counting -= std::log2((row[batch[i][t]] + 1) / (row[0] + row[1] + row[2] + 3));
      ++row[batch[i][t]];
    }
    double share = 0;
    for (int chain = 0; chain < chains; ++chain) {
      std::array<std::array<double, 3>, 3> rows{};
      for (std::size_t from = 0; from < 3; ++from) {
        double sum = 0;
        for (std::size_t to = 0; to < 3; ++to) {
          rows[from][to] = std::gamma_distribution<double>(counts[from][to] + 1)(random);
          sum += rows[from][to];
        }
        for (double& each : rows[from]) each /= sum;
      }
      share += stationary_share(rows, batch[i][0]) / chains;
    }
    gain += std::log2(3 * share);
    if (i >= predicted_sequences) continue;
    std::vector<double> bits(batch[i].size());
    predictive_bits(*predictor, batch[i], bits);
    surplus = counting - gain - (exact += std::accumulate(bits.begin(), bits.end(), 0.0));
  }
  const auto tokens = static_cast<double>(batch.tokens.size());
  EXPECT_NEAR(gain / tokens, 0.0015, 0.0007);
  EXPECT_NEAR((counting - gain) / tokens, 1.280, 0.025);
  EXPECT_NEAR(surplus, 0, 1.6)
      << "the simulation has a standard error of 0.4, counting pays 9 more";
}

}  // namespace
}  // namespace synthgen
