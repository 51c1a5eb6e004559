#pragma once

#include "synthgen/generate/latents/latents.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <string>

namespace synthgen {

/// Appends the latents' JSON form as compact text, the same as that of `to_json`, which it does not
/// make: of a structured sequence that is most of the time that making it takes.
void append_text(const Latents& latents, std::string& text);

/// The latents of a batch as a list in JSON; null for a sequence that came without.
std::string latents_text(const SequenceBatch& batch);

}  // namespace synthgen
