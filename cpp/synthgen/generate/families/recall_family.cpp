#include "synthgen/generate/source.hpp"

#include <array>

namespace synthgen {
namespace {

constexpr std::array<std::string_view, 16> recall_keys{
    "recall_layout",   "label_layout",     "label_scope", "num_kv_pairs",
    "power_a",         "num_passes",       "num_updates", "random_non_queries",
    "shuffle_queries", "compositional",    "frac_noise",  "noise_vocab_size",
    "key_motif_size",  "value_motif_size", "key_motifs",  "always_answerable"};

/// Noise would break pairs that answers depend on, keys and values are drawn without replacement or
/// all alike, and the reference arrays are of one length.
constexpr std::array<std::string_view, 3> untaken_keys{"noise_probability", "vocab_distribution",
                                                       "length_variation"};

}  // namespace

extern const FamilyEntry recall_family_entry;
const FamilyEntry recall_family_entry{
    .name = "recall",
    .summary = "Pairs of keys and values, then keys whose values are the labels.",
    .example = "4 801 7 913 | 0 0 7 <913> 0 0 4 <801>",
    .keys = recall_keys,
    .make = nullptr,
    .claim = -1,
    .untaken = untaken_keys,
};

}  // namespace synthgen
