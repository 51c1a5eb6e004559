#include "synthgen/analyze/measures/complexity.hpp"
#include "synthgen/config/json_fields.hpp"
#include "synthgen/dataset/curriculum/curriculum.hpp"

#include <emscripten/bind.h>
#include <string>
#include <vector>

#include "batches.hpp"

namespace synthgen::wasm {
namespace {

/// What `use` makes of the stages of a batch.
template <class Use>
val with_stages(const val& object, const Result<Json>& stages, const val& options, const Use& use) {
  return within_memory([&] {
    return with(batch_of(object), [&](const SequenceBatch& batch) {
      return with(json_of(options, "options").and_then(read_complexity_options),
                  [&](const ComplexityOptions& complexity) {
                    return with(stages.and_then(read_stages), [&](const std::vector<Stage>& known) {
                      return success(use(create_curriculum_data(batch, known, complexity)));
                    });
                  });
    });
  });
}

/// The sequences of one stage, {min_complexity, max_complexity, max_length}.
val filter(const val& object, const val& stage, const val& options) {
  const Result<Json> stages = json_of(stage, "filter").map([](Json range) {
    return Json{{"filter", std::move(range)}};
  });
  return with_stages(object, stages, options, [](const std::vector<StageData>& data) {
    return batch_value(data.front().sequences);
  });
}

Result<std::uint64_t> read_positive(const Json& number, const char* name) {
  std::vector<Problem> problems;
  std::uint64_t value = 0;
  JsonField(number, name, problems).integer(value, 1);
  if (!problems.empty()) return fail(std::move(problems));
  return value;
}

val adjust(const val& object, const val& max_length) {
  return within_memory([&] {
    return with(batch_of(object), [&](const SequenceBatch& batch) {
      const auto known = json_of(max_length, "max_length").and_then([](const Json& number) {
        return read_positive(number, "max_length");
      });
      return with(known, [&](std::uint64_t length) {
        return success(batch_value(adjust_sequence_lengths(batch, length)));
      });
    });
  });
}

/// A batch for each stage, by name.
val create(const val& object, const val& stages, const val& options) {
  return with_stages(object, json_of(stages, "stages"), options,
                     [](const std::vector<StageData>& data) {
                       val result = val::object();
                       for (const StageData& stage : data) {
                         result.set(stage.name, batch_value(stage.sequences));
                       }
                       return result;
                     });
}

val vocab_size_of(const val& object) {
  return within_memory([&] {
    return with(batch_of(object), [](const SequenceBatch& batch) {
      return success(val(static_cast<double>(smallest_vocab_size(batch))));
    });
  });
}

/// The complexity of each sequence, from typed arrays of their entropies and lengths.
val complexities_of(const val& entropies, const val& lengths, const val& vocab_size) {
  const auto size = json_of(vocab_size, "vocab_size").and_then([](const Json& number) {
    return read_positive(number, "vocab_size");
  });
  return with(size, [&](std::uint64_t ids) {
    auto values = emscripten::convertJSArrayToNumberVector<double>(entropies);
    const auto tokens = emscripten::convertJSArrayToNumberVector<std::uint32_t>(lengths);
    for (std::size_t i = 0; i < values.size() && i < tokens.size(); ++i) {
      values[i] = entropy_complexity(values[i], tokens[i], static_cast<std::int64_t>(ids));
    }
    return success(copied("Float64Array", values.data(), values.size()));
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(curriculum) {
  emscripten::function("smallestVocabSize", &vocab_size_of);
  emscripten::function("entropyComplexities", &complexities_of);
  emscripten::function("filterByComplexity", &filter);
  emscripten::function("adjustSequenceLengths", &adjust);
  emscripten::function("createCurriculumData", &create);
}

}  // namespace synthgen::wasm
