#include "synthgen/dataset/validation_report.hpp"
#include "synthgen/formats/jsonl/jsonl_writer.hpp"

#include <emscripten/bind.h>
#include <string>

#include "batches.hpp"

namespace synthgen::wasm {
namespace {

/// A validation report on each sequence by itself.
val check_batch(const val& object, const val& limits) {
  return with(json_of(limits, "limits").and_then(read_sequence_limits),
              [&](const SequenceLimits& known) {
                return with(batch_of(object), [&](const SequenceBatch& batch) {
                  return success(value_of(to_json(check_sequences(batch, known))));
                });
              });
}

val encode_batch(const val& object) {
  return within_memory([&] {
    return with(batch_of(object), [](const SequenceBatch& batch) {
      std::string bytes;
      append_jsonl(batch, bytes);
      return success(copied(bytes));
    });
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(sequences) {
  emscripten::function("checkSequences", &check_batch);
  emscripten::function("encodeJsonl", &encode_batch);
}

}  // namespace synthgen::wasm
