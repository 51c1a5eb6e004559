#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include "values.hpp"

namespace synthgen::wasm {

/// {tokens, offsets, latents as JSON where there are some (null for a sequence without), padding
/// and labels where there are any: ignored_label all along a sequence that came without}.
val batch_value(const SequenceBatch& batch);

/// A batch from JavaScript, an object as `batch_value` makes it, whose offsets ascend from 0 to the
/// number of tokens, whose labels are as many as these, and whose padding has an entry for each
/// sequence. Fails (data) where latents are malformed.
Result<SequenceBatch> batch_of(const val& object);

}  // namespace synthgen::wasm
