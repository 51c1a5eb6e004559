#pragma once

#include "synthgen/generate/sequence_batch.hpp"

#include <string>

namespace synthgen {

/// Appends one line a sequence, `{"input_ids":[1,2,3]}`, with `"padding":n` where the last n tokens
/// are padding, `"labels"` and `"latents"` when the batch has them. Compact: no spaces, newline at
/// the end of each line.
void append_jsonl(const SequenceBatch& batch, std::string& bytes);

}  // namespace synthgen
