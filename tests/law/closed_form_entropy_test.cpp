#include <cmath>
#include <cstdlib>
#include <gtest/gtest.h>
#include <numeric>

#include "support/configs.hpp"

// The mean of −log2 p over many sequences, where the entropy of a sequence is known in closed form
// without the predictor. `npm run test:long` takes 100,000 sequences (SYNTHGEN_LAW_SEQUENCES).

namespace synthgen {
namespace {

using testing::generator_of;
using testing::value_of;

std::uint64_t sequences_to_take() {
  const char* wanted = std::getenv("SYNTHGEN_LAW_SEQUENCES");
  return wanted == nullptr ? 2000 : std::strtoull(wanted, nullptr, 10);
}

double zipf_entropy(int ids) {
  double norm = 0;
  for (int n = 1; n <= ids; ++n) norm += 1.0 / n;
  double bits = 0;
  for (int n = 1; n <= ids; ++n) bits += std::log2(n * norm) / (n * norm);
  return bits;
}

/// Independent tokens of a rounded exponent's alias table, whose weights differ by rounding.
double of_zipf_tokens(const Generator&) {
  return 20 * zipf_entropy(500);
}

double of_uniform_tokens(const Generator&) {
  return 24 * std::log2(1000.0);
}

/// A fixed token, a uniform one, one of 10, and the first one again.
double of_a_template(const Generator&) {
  return std::log2(64.0) + std::log2(10.0);
}

/// The condition, then tokens from its band of 16 of 64 ids with probability 0.8, else from all.
double of_conditioned_tokens(const Generator&) {
  const double inside = 0.8 / 16 + 0.2 / 64;
  const double outside = 0.2 / 64;
  return std::log2(4.0) -
         15 * (16 * inside * std::log2(inside) + 48 * outside * std::log2(outside));
}

/// What the family's expectation says of a finite source: the entropies of the laws that follow all
/// beliefs an observer can arrive at, by the expansion of the process.
double of_the_expanded_process(const Generator& generator) {
  for (const Expectation& each : generator.truth(Split::train)) {
    if (each.name == "predictive_bits_per_token") {
      return each.value * static_cast<double>(generator.config().seq_length);
    }
  }
  return std::nan("");
}

/// Draws of order 0 whose one row has a uniform prior on three symbols: after t draws the count n
/// of the next one's symbol has probability 2 (t − n + 1) / ((t + 1)(t + 2)) for each symbol, and
/// the symbol costs −log2((n + 1) / (t + 3)).
double of_a_counted_row(const Generator&) {
  double bits = 0;
  for (int t = 0; t < 20; ++t) {
    for (int n = 0; n <= t; ++n) {
      const double chance = 2.0 * (t - n + 1) / ((t + 1.0) * (t + 2.0));
      const double next = (n + 1.0) / (t + 3.0);
      bits -= 3 * chance * next * std::log2(next);
    }
  }
  return bits;
}

struct EntropyCase {
  const char* name;
  const char* config;
  double (*bits)(const Generator&);  ///< of a sequence
};

const EntropyCase entropy_cases[] = {
    {"zipf",
     R"({"generator": "random", "vocab_size": 500, "seq_length": 20,
         "vocab_distribution": "zipf"})",
     &of_zipf_tokens},
    {"noise",
     R"({"generator": "pattern", "vocab_size": 1000, "seq_length": 24, "pattern_probability": 0,
         "noise_probability": 0.3})",
     &of_uniform_tokens},
    {"template",
     R"({"generator": "template", "vocab_size": 64, "seq_length": 4, "templates":
         [[7, {"name": "k", "of": "RANDOM"}, {"range": [20, 29]}, {"ref": "k"}]]})",
     &of_a_template},
    {"condition",
     R"({"generator": "conditional", "vocab_size": 68, "seq_length": 16, "num_conditions": 4,
         "pattern_probability": 0, "condition_strength": 0.8})",
     &of_conditioned_tokens},
    {"mess3", R"({"generator": "hmm", "vocab_size": 3, "seq_length": 12})",
     &of_the_expanded_process},
    {"noisy_rrxor",
     R"({"generator": "hmm", "machine": "rrxor", "vocab_size": 2, "seq_length": 12,
         "noise_probability": 0.1})",
     &of_the_expanded_process},
    {"zero_one_random",
     R"({"generator": "hmm", "machine": "zero_one_random", "vocab_size": 2, "seq_length": 16})",
     &of_the_expanded_process},
    {"even_ones",
     R"({"generator": "hmm", "machine": "even_ones", "vocab_size": 2, "seq_length": 16})",
     &of_the_expanded_process},
    {"sns", R"({"generator": "hmm", "machine": "sns", "vocab_size": 2, "seq_length": 16})",
     &of_the_expanded_process},
    {"known_chain",
     R"({"generator": "markov", "vocab_size": 3, "chain": "dataset", "markov_order": 2,
         "seq_length": 20})",
     &of_the_expanded_process},
    {"counted_row",
     R"({"generator": "markov", "vocab_size": 3, "markov_order": 0, "seq_length": 20,
         "dirichlet_alpha": 1})",
     &of_a_counted_row},
};

class EntropyInClosedForm : public ::testing::TestWithParam<EntropyCase> {};

TEST_P(EntropyInClosedForm, IsTheMeanCostOfSequences) {
  const Generator generator = generator_of(GetParam().config);
  const auto predictor = value_of(generator.predictor());
  const std::uint64_t sequences = sequences_to_take();
  constexpr std::uint64_t at_once = 1000;
  double sum = 0;
  double squares = 0;
  SequenceBatch batch;
  for (std::uint64_t first = 0; first < sequences; first += at_once) {
    batch.clear();
    value_of(generator.generate(Split::train, first, std::min(at_once, sequences - first), batch));
    for (std::size_t i = 0; i < batch.size(); ++i) {
      predictor->reset();
      double bits = 0;
      for (const std::uint32_t token : batch.content(i)) {
        bits += bits_of(predictor->observe(token));
      }
      sum += bits;
      squares += bits * bits;
    }
  }
  const auto count = static_cast<double>(sequences);
  const double mean = sum / count;
  const double error = std::sqrt(std::max(0.0, squares / count - mean * mean) / count);
  const double entropy = GetParam().bits(generator);
  EXPECT_NEAR(mean, entropy, 4.5 * error + 1e-6 * entropy);
}

INSTANTIATE_TEST_SUITE_P(, EntropyInClosedForm, ::testing::ValuesIn(entropy_cases),
                         [](const auto& each) { return std::string(each.param.name); });

}  // namespace
}  // namespace synthgen
