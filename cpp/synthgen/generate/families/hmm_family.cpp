#include "synthgen/generate/source.hpp"

#include <array>

namespace synthgen {
namespace {

constexpr std::array<std::string_view, 11> hmm_keys{
    "machine",   "machine_p",      "machine_q",       "machine_x",
    "machine_a", "machine_states", "machine_symbols", "transitions",
    "machines",  "initial_states", "dirichlet_alpha"};

}  // namespace

extern const FamilyEntry hmm_family_entry;
const FamilyEntry hmm_family_entry{
    .name = "hmm",
    .summary =
        "Symbols emitted by a hidden Markov model, with its states and an observer's "
        "beliefs about them.",
    .example = "0 1 | 0 0 0 | 1 1 0 (random, random, exclusive or)",
    .keys = hmm_keys,
    .make = nullptr,
    .claim = -1,
};

}  // namespace synthgen
