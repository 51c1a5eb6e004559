#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/config/result.hpp"
#include "synthgen/generate/layers/latents.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include <cstdint>
#include <string>

namespace synthgen {

/// Appends the latents as compact JSON text, members that apply only, e.g.
/// `{"spans":[{"start":12,"length":9,"kind":"repetition","period":3}],"noise":[4,77]}`.
/// `with_rows`: with the rows of probabilities (beliefs, chain), which take more room than all the
/// rest.
void append_text(const Latents& latents, std::string& text, bool with_rows = true);

/// The latents of a batch as a list in JSON; null for a sequence that came without.
std::string latents_text(const SequenceBatch& batch, bool with_rows = true);

/// The latents that a JSON object means for a sequence of `length` tokens, the inverse of
/// `append_text`. Members that are missing or null mean nothing; unknown members are skipped. Fails
/// (data) at the first member that is not allowed: another type, an unknown kind, a span or
/// position outside the sequence; the message names it, as in `latents.spans[3].kind: got "loop";
/// allowed: …`.
Result<Latents> read_latents(const Json& object, std::uint64_t length);

}  // namespace synthgen
