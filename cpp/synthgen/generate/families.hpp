#pragma once

#include "synthgen/generate/family.hpp"

namespace synthgen {

/// Fills a draft with fresh tokens: position t gets the draw at position t of the content stream.
/// Writes a content law for each position where laws are wanted.
void fill_content(const Family& family, const Item& item, Draft& draft);

/// What holds for every family: expected length, noise rate, content entropy.
std::vector<Expectation> common_truth(const Family& family, double noise);

extern const FamilyEntry random_family_entry;
extern const FamilyEntry pattern_family_entry;

}  // namespace synthgen
