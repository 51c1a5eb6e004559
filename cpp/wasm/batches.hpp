#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/generate/sequence_batch.hpp"

#include "values.hpp"

namespace synthgen::wasm {

/// {tokens, offsets, latents as JSON where there are some (null for a sequence without), padding
/// where there is any}.
val batch_value(const SequenceBatch& batch);

/// A batch from JavaScript. `offsets` ascend from 0 to the number of tokens; `padding` has an entry
/// for each sequence, or is undefined; so has `latents`, a JSON list as `batch_value` makes it.
/// Fails (data) where latents are malformed.
Result<SequenceBatch> batch_of(const val& tokens, const val& offsets, const val& padding,
                               const val& latents);

}  // namespace synthgen::wasm
