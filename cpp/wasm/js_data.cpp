#include "synthgen/dataset/jsonl_reader.hpp"
#include "synthgen/dataset/validate.hpp"

#include <emscripten/bind.h>
#include <string>

#include "batches.hpp"

namespace synthgen::wasm {
namespace {

/// The sequences of a JSONL text.
val load_synthetic_data(const std::string& text, const std::string& name) {
  return within_memory([&] {
    const Result<SequenceBatch> batch = parse_synthetic_data(text, name);
    return batch ? success(batch_value(*batch)) : failure(batch.error());
  });
}

/// The options that a JSON object names.
ValidationOptions options_of(const std::string& text) {
  const Json object = parse_json(text, "options").value_or(Json::object());
  const SequenceLimits limits = read_limits(object);
  return {.vocab_size = limits.vocab_size,
          .min_length = limits.min_length,
          .max_length = limits.max_length,
          .allow_duplicates = object.value("allow_duplicates", Json()) == true,
          .allow_overlap = false};
}

/// The report on what `add` adds to a validator.
template <class Add>
val report_on(const std::string& options, const Add& add) {
  return within_memory([&] {
    Result<Validator> validator = Validator::create(options_of(options));
    if (!validator) return failure(validator.error());
    if (const Result<void> added = add(*validator); !added) return failure(added.error());
    const Result<ValidationReport> report = validator->report();
    return report ? success(val(to_text(to_json(*report)))) : failure(report.error());
  });
}

val validate_text(const std::string& text, const std::string& name, const std::string& options) {
  return report_on(options, [&](Validator& validator) { return validator.add_text(text, name); });
}

val validate_batch(const val& tokens, const val& offsets, const val& padding, const val& latents,
                   const std::string& options) {
  return report_on(options, [&](Validator& validator) -> Result<void> {
    const Result<SequenceBatch> batch = batch_of(tokens, offsets, padding, latents);
    if (!batch) return tl::unexpected(batch.error());
    return validator.add(*batch);
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(data) {
  emscripten::function("loadSyntheticData", &load_synthetic_data);
  emscripten::function("validateText", &validate_text);
  emscripten::function("validateBatch", &validate_batch);
}

}  // namespace synthgen::wasm
