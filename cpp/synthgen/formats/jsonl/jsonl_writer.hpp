#pragma once

#include "synthgen/generate/sequence_batch.hpp"

#include <cstddef>
#include <string>

namespace synthgen {

/// Appends one line per sequence, `{"input_ids":[1,2,3]}`, with `"padding":n` where the last n
/// tokens are padding, `"labels"` and `"latents"` when the batch has them. Compact: no spaces,
/// newline at the end of each line.
void append_jsonl(const SequenceBatch& batch, std::string& bytes);

/// The lines of the sequences `first` … `first + count` − 1 of the batch.
void append_jsonl(const SequenceBatch& batch, std::size_t first, std::size_t count,
                  std::string& bytes);

}  // namespace synthgen
