#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/generate/latents/token_structure.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include "values.hpp"

namespace synthgen::wasm {

/// {tokens, offsets, latents where there are some (null for a sequence without), padding and labels
/// where there are any: ignored_label all along a sequence that came without}.
val batch_value(const SequenceBatch& batch, bool with_latents = true);

/// {kinds, spans, bandPlaces: what `TokenStructure` holds, latents: their list as JSON text in
/// UTF-8 without rows of probabilities}. Arrays, since a list of objects for some ten thousand
/// spans takes longer than making the batch.
val structure_value(const SequenceBatch& batch, const TokenStructure& structure);

/// Reads a list with the latents of each sequence of a batch, null for one without; undefined: none
/// has any. Fails (data) where they are malformed; live.wasm reads none.
Result<void> read_latents_into(SequenceBatch& batch, const val& list);

/// A batch from JavaScript, an object as `batch_value` makes it, whose offsets ascend from 0 to the
/// number of tokens, whose labels are as many as these, and whose padding has an entry for each
/// sequence. Fails (data) where latents are malformed.
Result<SequenceBatch> batch_of(const val& object);

}  // namespace synthgen::wasm
