#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/presets.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace synthgen {
namespace {

constexpr std::string_view belief_paper =
    "Shai et al., Transformers Represent Belief State Geometry in their Residual Stream, NeurIPS "
    "2024; code: Astera-org/simplexity, transition_matrices.py.";
constexpr std::string_view simplexity = "Astera-org/simplexity, transition_matrices.py.";
constexpr std::string_view simplexity_differs =
    "Same law, with probabilities rounded to multiples of 2^-32. The reference's sequence "
    "probabilities underflow beyond about 90 tokens, and its optimal loss is a number that the "
    "user "
    "types in. The sequence length is ours.";

/// A hidden Markov model by name, with what is known about it.
Preset machine_preset(std::string_view name, std::string_view summary, Json config,
                      std::string_view citation, std::string_view floor,
                      std::string_view shortcuts) {
  config["generator"] = "hmm";
  config["seq_length"] = 10;
  return {.name = std::string(name),
          .summary = std::string(summary),
          .config = std::move(config),
          .citation = std::string(citation),
          .reference = std::string(simplexity_differs),
          .floor = std::string(floor),
          .shortcuts = std::string(shortcuts)};
}

/// Chains from a uniform prior, as the reference draws them or with a uniform start.
Preset chain_preset(int symbols, bool is_fixed) {
  const std::string name = formatted("icl-markov-{}", symbols);
  std::string floor = "The counting rule (n_ij + 1) / (n_i + k) is exact.";
  if (!is_fixed && symbols == 2) {
    floor =
        "About 0.74 bits per token, by a quadrature over both rows; the counting rule pays up to "
        "0.024 bits more in the first tokens.";
  } else if (!is_fixed) {
    floor =
        "1.280 ± 0.001 bits per token over 101 tokens, the mean of simulated sequences; the law of "
        "each token comes from a quadrature over the six free probabilities, whose relative error "
        "is below 1e-6. The counting rule pays 0.0015 bits more in the mean, up to 0.015 in the "
        "first tokens.";
  }
  Json config = {{"generator", "markov"},     {"vocab_size", symbols}, {"seq_length", 101},
                 {"markov_symbols", symbols}, {"markov_order", 1},     {"dirichlet_alpha", 1}};
  config["chain_start"] = is_fixed ? "uniform" : "stationary";
  return {.name = is_fixed ? name + "-fixed" : name,
          .summary = formatted(
              "A Markov chain on {} symbols for each sequence, to be learned in context{}.",
              symbols, is_fixed ? "; uniform start" : ""),
          .config = std::move(config),
          .citation =
              "Edelman et al., The Evolution of Statistical Induction Heads: In-Context Learning "
              "Markov Chains, 2024; code: EzraEdelman/Evolution-of-Statistical-Induction-Heads, "
              "datasets.py.",
          .reference =
              is_fixed
                  ? "As the reference, but for the first token, which is uniform here and says "
                    "nothing of the chain."
                  : "Same law for order 1, with rows rounded to multiples of 2^-32. At higher "
                    "orders the reference reads contexts in the wrong direction, so that its start "
                    "is not stationary. It takes the counting rule for optimal, which its "
                    "stationary start makes slightly wrong.",
          .floor = std::move(floor),
          .shortcuts =
              formatted("Frequencies in the dataset reach nothing: {} bits per token. Counting the "
                        "sequence's tokens without their context reaches a part, and is where "
                        "models stay first.",
                        symbols == 2 ? "1" : "1.585"),
          .counterpart = is_fixed ? name : name + "-fixed"};
}

}  // namespace

std::vector<Preset> source_presets() {
  std::vector<Preset> presets{
      machine_preset(
          "mess3", "Mess3 with x = 0.05, a = 0.85: belief states form a fractal.",
          {{"vocab_size", 3}, {"machine", "mess3"}, {"machine_x", 0.05}, {"machine_a", 0.85}},
          belief_paper, "1.2018 bits per token over 10 tokens; the entropy rate is 1.1447.",
          "Token frequencies: 1.585 bits. A bigram table: 1.237."),
      machine_preset(
          "mess3-x15-a60", "Mess3 with x = 0.15, a = 0.6.",
          {{"vocab_size", 3}, {"machine", "mess3"}, {"machine_x", 0.15}, {"machine_a", 0.6}},
          simplexity, "1.5727 bits per token over 10 tokens; the entropy rate is 1.5709.",
          "Token frequencies: 1.585 bits. A bigram table: 1.574."),
      machine_preset(
          "rrxor", "Two random bits, then their exclusive or, without a mark.",
          {{"vocab_size", 2}, {"machine", "rrxor"}, {"machine_p", 0.5}, {"machine_q", 0.5}},
          belief_paper, "0.8615 bits per token over 10 tokens; the entropy rate is 2/3.",
          "Token frequencies and a bigram table: 1 bit. A trigram table: 0.918."),
      machine_preset("zero-one-random", "0, 1 and a random bit in turn, from an unknown phase.",
                     {{"vocab_size", 2}, {"machine", "zero_one_random"}, {"machine_p", 0.5}},
                     simplexity, "0.4918 bits per token over 10 tokens; the entropy rate is 1/3.",
                     "Token frequencies: 1 bit. A bigram table: 0.918, a trigram table: 0.667."),
      machine_preset("golden-mean", "Bits without two ones in a row.",
                     {{"vocab_size", 2}, {"machine", "no_consecutive_ones"}, {"machine_p", 0.5}},
                     simplexity, "0.6918 bits per token over 10 tokens; the entropy rate is 2/3.",
                     "A bigram table is all there is: it reaches the floor."),
  };
  for (const int symbols : {2, 3}) {
    for (const bool is_fixed : {false, true}) presets.push_back(chain_preset(symbols, is_fixed));
  }
  return presets;
}

}  // namespace synthgen
