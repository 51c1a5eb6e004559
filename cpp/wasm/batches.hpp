#pragma once

#include "synthgen/generate/sequence_batch.hpp"

#include "values.hpp"

namespace synthgen::wasm {

/// {tokens, offsets, latents as JSON where there are some, padding where there is any}.
val batch_value(const SequenceBatch& batch);

/// A batch from JavaScript. `offsets` ascend from 0 to the number of tokens; `padding` has an entry
/// for each sequence, or is undefined; so has `oracle_bits`, NaN where not known.
SequenceBatch batch_of(const val& tokens, const val& offsets, const val& padding,
                       const val& oracle_bits);

}  // namespace synthgen::wasm
