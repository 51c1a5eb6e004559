#include "synthgen/generate/source.hpp"

#include <array>

namespace synthgen {
namespace {

constexpr std::array<std::string_view, 7> markov_keys{
    "chain",      "markov_symbols", "markov_order",   "chain_start",
    "chain_rows", "tree_branching", "dirichlet_alpha"};

}  // namespace

extern const FamilyEntry markov_family_entry;
const FamilyEntry markov_family_entry{
    .name = "markov",
    .summary =
        "Markov chains of any order: a new one for each sequence, one for all, or a context "
        "tree of varying depth.",
    .example = "0 1 1 0 1 1 0 1 1 (after 0 comes 1, after 1 either)",
    .keys = markov_keys,
    .make = nullptr,
    .claim = -1,
};

}  // namespace synthgen
