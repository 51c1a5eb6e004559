#include "synthgen/dataset/curriculum/curriculum.hpp"

#include <emscripten/bind.h>
#include <string>
#include <vector>

#include "batches.hpp"

namespace synthgen::wasm {
namespace {

/// What `use` makes of a batch from JavaScript and of options as JSON.
template <class Use>
val with_options(const Result<SequenceBatch>& batch, const std::string& options, const Use& use) {
  if (!batch) return failure(batch.error());
  const Result<ComplexityOptions> read =
      read_complexity_options(parse_json(options, "options").value_or(Json()));
  return read ? use(*read) : failure(read.error());
}

val filter(const val& object, double min_complexity, double max_complexity,
           const std::string& options) {
  return within_memory([&] {
    const Result<SequenceBatch> batch = batch_of(object);
    return with_options(batch, options, [&](const ComplexityOptions& complexity) {
      const Result<SequenceBatch> kept =
          filter_by_complexity(*batch, min_complexity, max_complexity, complexity);
      return kept ? success(batch_value(*kept)) : failure(kept.error());
    });
  });
}

val adjust(const val& object, double max_length) {
  return within_memory([&] {
    const Result<SequenceBatch> batch = batch_of(object);
    if (!batch) return failure(batch.error());
    return success(
        batch_value(adjust_sequence_lengths(*batch, static_cast<std::uint64_t>(max_length))));
  });
}

/// A list of [name, batch].
val create(const val& object, const std::string& stages, const std::string& options) {
  return within_memory([&] {
    const Result<SequenceBatch> batch = batch_of(object);
    return with_options(batch, options, [&](const ComplexityOptions& complexity) {
      const Result<std::vector<Stage>> read =
          read_stages(parse_json(stages, "stages").value_or(Json()));
      if (!read) return failure(read.error());
      val result = val::array();
      for (const StageData& stage : create_curriculum_data(*batch, *read, complexity)) {
        val entry = val::array();
        entry.call<void>("push", stage.name, batch_value(stage.sequences));
        result.call<void>("push", entry);
      }
      return success(result);
    });
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(curriculum) {
  emscripten::function("filterByComplexity", &filter);
  emscripten::function("adjustSequenceLengths", &adjust);
  emscripten::function("createCurriculumData", &create);
}

}  // namespace synthgen::wasm
