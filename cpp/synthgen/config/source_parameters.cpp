#include "synthgen/config/source_parameters.hpp"

namespace synthgen {
namespace {

constexpr ParameterRow source_parameter_rows[] = {
    {.key = "machine",
     .label = "Machine",
     .member = &Config::machine,
     .default_value = "mess3",
     .choices = "mess3,rrxor,zero_one_random,even_ones,no_consecutive_ones,sns,coin,days_of_week,"
                "random,given,mixture",
     .group = "Machine",
     .help = "The hidden Markov model: one by name, random (drawn from the seed), given (the "
             "matrices in transitions) or mixture (each sequence uses one machine of the list "
             "machines)."},
    {.key = "machine_p",
     .label = "Machine p",
     .member = &Config::machine_p,
     .default_value = 0.5,
     .minimum = 0,
     .maximum = 1,
     .unit = "per decision",
     .group = "Machine",
     .help = "First probability of a machine: the 0 of coin, the first 0 of rrxor, the random 1 "
             "of zero_one_random, the 1 of even_ones and no_consecutive_ones, the step of sns "
             "to its second state."},
    {.key = "machine_q",
     .label = "Machine q",
     .member = &Config::machine_q,
     .default_value = 0.5,
     .minimum = 0,
     .maximum = 1,
     .unit = "per decision",
     .group = "Machine",
     .help = "Second probability of a machine: the second 0 of rrxor, the 1 of sns in its second "
             "state."},
    {.key = "machine_x",
     .label = "Machine x",
     .member = &Config::machine_x,
     .default_value = 0.05,
     .minimum = 0,
     .maximum = 0.5,
     .unit = "per step",
     .group = "Machine",
     .help = "Probability that mess3 moves to one particular other state."},
    {.key = "machine_a",
     .label = "Machine a",
     .member = &Config::machine_a,
     .default_value = 0.85,
     .minimum = 0,
     .maximum = 1,
     .unit = "per step",
     .group = "Machine",
     .help = "Probability that mess3 emits the symbol of the state that it moves to."},
    {.key = "machine_states",
     .label = "Machine states",
     .member = &Config::machine_states,
     .default_value = 4,
     .minimum = 1,
     .maximum = 64,
     .unit = "states",
     .group = "Machine",
     .help = "States of a random machine."},
    {.key = "machine_symbols",
     .label = "Machine symbols",
     .member = &Config::machine_symbols,
     .default_value = 2,
     .minimum = 2,
     .maximum = 256,
     .unit = "symbols",
     .group = "Machine",
     .help = "Symbols of a random machine, which are the ids 0 to machine_symbols - 1."},
    {.key = "transitions",
     .label = "Transitions",
     .member = &Config::transitions,
     .group = "Machine",
     .help = "The given machine: a list with a matrix for each symbol; row i, column j holds the "
             "weight with which state i emits the symbol and moves to state j. Each state's "
             "weights are divided by their sum."},
    {.key = "machines",
     .label = "Machines",
     .member = &Config::machines,
     .group = "Machine",
     .help = "The machines of a mixture: a list of {\"weight\": w, \"machine\": name, \"p\": p, "
             "\"q\": q, \"x\": x, \"a\": a, \"transitions\": [...], \"initial_states\": [...], "
             "\"ids\": [...]}; ids are the token ids of the machine's symbols."},
    {.key = "initial_states",
     .label = "Initial states",
     .member = &Config::initial_states,
     .group = "Machine",
     .help = "Weights of the states in which a sequence starts. If omitted, the machine's "
             "stationary distribution."},
    {.key = "chain",
     .label = "Chain",
     .member = &Config::chain,
     .default_value = "sequence",
     .choices = "sequence,dataset,given,tree",
     .group = "Markov chain",
     .help = "Where the transition probabilities come from: sequence (drawn for each sequence "
             "from the Dirichlet prior), dataset (drawn once from the seed), given (chain_rows) "
             "or tree (a context tree of varying depth, drawn for each sequence)."},
    {.key = "markov_symbols",
     .label = "Symbols",
     .member = &Config::markov_symbols,
     .default_value = 3,
     .minimum = 2,
     .maximum = 1024,
     .unit = "symbols",
     .group = "Markov chain",
     .scale = Scale::logarithmic,
     .help = "Number k of symbols, which are the ids 0 to k - 1."},
    {.key = "markov_order",
     .label = "Order",
     .member = &Config::markov_order,
     .default_value = 1,
     .minimum = 0,
     .maximum = 16,
     .unit = "tokens",
     .group = "Markov chain",
     .help = "Number of previous tokens that a token depends on; for tree, the maximum depth "
             "of a context. k^(order + 1) is at most 16777216."},
    {.key = "chain_start",
     .label = "Chain start",
     .member = &Config::chain_start,
     .default_value = "uniform",
     .choices = "uniform,stationary",
     .group = "Markov chain",
     .help = "Law of a sequence's first markov_order tokens: uniform and independent of the "
             "chain, or the chain's stationary distribution (at most 64 contexts; 1024 where all "
             "sequences share one chain). A tree always starts uniform. With a chain for each "
             "sequence, a stationary start has an exact law for order 1 and up to three "
             "symbols only."},
    {.key = "chain_rows",
     .label = "Chain rows",
     .member = &Config::chain_rows,
     .group = "Markov chain",
     .help = "The given chain: a list with a list of k weights for each context. Contexts are in "
             "lexicographic order, oldest token first. Each row is divided by its sum."},
    {.key = "tree_branching",
     .label = "Tree branching",
     .member = &Config::tree_branching,
     .default_value = 0.5,
     .minimum = 0,
     .maximum = 1,
     .unit = "per node",
     .group = "Markov chain",
     .help = "Probability that a context above the largest depth is divided by one more token."},
    {.key = "dirichlet_alpha",
     .label = "Dirichlet alpha",
     .member = &Config::dirichlet_alpha,
     .default_value = 1.0,
     .minimum = 0.01,
     .maximum = 1000,
     .group = "Markov chain",
     .scale = Scale::logarithmic,
     .help = "Concentration of the symmetric Dirichlet prior from which each state of a random "
             "machine and each row of a chain is drawn: small values give nearly deterministic "
             "rows, large ones nearly uniform rows."},
};

}  // namespace

std::span<const ParameterRow> source_parameters() {
  return source_parameter_rows;
}

}  // namespace synthgen
