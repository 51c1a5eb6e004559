#pragma once

#include "synthgen/generate/source.hpp"

namespace synthgen {

// For each research task the plan of its sequences, as `FamilyEntry::make` of other families.

MadeSource make_hmm(const Config& config);
MadeSource make_markov(const Config& config);
MadeSource make_recall(const Config& config);

}  // namespace synthgen
