#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/presets.hpp"

#include <string_view>
#include <vector>

namespace synthgen {
namespace {

constexpr std::string_view simplexity = "Astera-org/simplexity, transition_matrices.py.";
constexpr std::string_view belief_states =
    "Shai et al., Transformers Represent Belief State Geometry in their Residual Stream, NeurIPS "
    "2024; code: Astera-org/simplexity, transition_matrices.py.";

/// The preset of a hidden Markov model, over the context of the paper on belief states.
Preset machine_preset(std::string_view name, std::string_view summary, int symbols, Json machine,
                      std::string_view citation, std::string_view floor,
                      std::string_view shortcuts) {
  Json config = {{"generator", "hmm"}, {"vocab_size", symbols}, {"seq_length", 10}};
  config.update(machine);
  return {.name = std::string(name),
          .summary = std::string(summary),
          .config = std::move(config),
          .citation = std::string(citation),
          .reference =
              "Same law. The reference multiplies the probabilities of a prefix in single "
              "precision, which are 0 beyond about 90 tokens, and takes the best loss as "
              "a number that its user types in.",
          .floor = std::string(floor),
          .shortcuts = std::string(shortcuts)};
}

/// The preset of Markov chains in context, with so many symbols.
Preset chain_preset(int symbols, std::string_view floor) {
  return {.name = formatted("icl-markov-{}", symbols),
          .summary = formatted("A Markov chain over {} symbols for each sequence, to be learned in "
                               "context.",
                               symbols),
          .config = {{"generator", "markov"},
                     {"vocab_size", symbols},
                     {"seq_length", 101},
                     {"markov_symbols", symbols},
                     {"chain_start", "stationary"}},
          .citation =
              "Edelman et al., The Evolution of Statistical Induction Heads: In-Context "
              "Learning Markov Chains, NeurIPS 2024; code: "
              "EzraEdelman/Evolution-of-Statistical-Induction-Heads, datasets.py.",
          .reference =
              "Same law. For chains of a higher order the reference's first symbols are "
              "not stationary, because it reads contexts in the wrong direction.",
          .floor = std::string(floor),
          .shortcuts = formatted("A uniform guess: log2 {} bits. Counting in context is the "
                                 "solution, but for a few thousandths of a nat.",
                                 symbols)};
}

}  // namespace

std::vector<Preset> process_presets() {
  return {
      machine_preset("mess3", "Mess3 with a fractal of belief states.", 3,
                     {{"machine", "mess3"}, {"machine_x", 0.05}, {"machine_a", 0.85}},
                     belief_states, "1.202 bits per token over 10 tokens; 1.145 in the limit.",
                     "Frequencies: 1.585 bits. A bigram: 1.237 bits."),
      machine_preset("mess3-x15-a60", "Mess3 in the setting of simplexity's own tests.", 3,
                     {{"machine", "mess3"}, {"machine_x", 0.15}, {"machine_a", 0.6}}, simplexity,
                     "1.573 bits per token over 10 tokens; 1.571 in the limit.",
                     "Frequencies: 1.585 bits. A bigram: 1.574 bits."),
      machine_preset("rrxor", "Two random bits, then their exclusive or.", 2,
                     {{"machine", "rrxor"}, {"machine_p", 0.5}, {"machine_q", 0.5}}, belief_states,
                     "2/3 bit per token in the limit; families hmm --truth shows shorter lengths.",
                     "Frequencies: 1 bit."),
      machine_preset("zero-one-random", "0, 1 and a random bit, again and again.", 2,
                     {{"machine", "zero_one_random"}, {"machine_p", 0.5}}, belief_states,
                     "1/3 bit per token once the phase is known: 1, .918, .667, then .333 bits.",
                     "Frequencies: 1 bit. A bigram: .918 bits."),
      machine_preset("golden-mean", "Bits without two ones in a row.", 2,
                     {{"machine", "no_consecutive_ones"}, {"machine_p", 0.5}}, simplexity,
                     "2/3 bit per token after the first, which costs .918 bits.",
                     "Frequencies: .918 bits. A bigram pays the floor: the last token is the "
                     "state."),
      chain_preset(2, "0.74 bits per token in the mean over 100 tokens, by an exact quadrature."),
      chain_preset(3,
                   "No exact law with a stationary start. The add-one rule pays 1.283 bits per "
                   "token in the mean over 100 tokens, at most .012 bits above the floor at any "
                   "position; with chain_start uniform it is the floor."),
  };
}

}  // namespace synthgen
