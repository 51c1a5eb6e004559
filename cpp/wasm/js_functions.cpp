#include "synthgen/analyze/measures/entropy.hpp"
#include "synthgen/analyze/measures/pattern_detector.hpp"
#include "synthgen/config/config_json.hpp"
#include "synthgen/formats/format.hpp"
#include "synthgen/formats/jsonl/jsonl_writer.hpp"
#include "synthgen/generate/functions.hpp"
#include "synthgen/generate/registry.hpp"

#include <emscripten/bind.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "batches.hpp"
#include "js_analyzer.hpp"
#include "js_generator.hpp"

namespace synthgen::wasm {
namespace {

std::vector<std::uint32_t> ids_of(const val& ids) {
  return emscripten::convertJSArrayToNumberVector<std::uint32_t>(ids);
}

/// A list of {start, length, kind}.
val pattern_runs_of(const val& ids) {
  val list = val::array();
  for (const PatternRun& run : find_pattern_runs(ids_of(ids))) {
    val entry = val::object();
    entry.set("start", run.start);
    entry.set("length", run.length);
    entry.set("kind", std::string(name(run.kind)));
    list.call<void>("push", entry);
  }
  return list;
}

/// The sequences that are asked for as JSONL.
val encode_range(const JsGenerator& generator, const val& request) {
  return within_memory([&] {
    return with(request_of(request), [&](const SequenceRequest& wanted) {
      return with(generator.sequences(wanted, wanted.latents), [](const SequenceBatch& batch) {
        std::string bytes;
        append_jsonl(batch, bytes);
        return success(copied(bytes));
      });
    });
  });
}

/// Joins what the second analyzer has seen to the first one's.
val merge(JsAnalyzer& into, const JsAnalyzer& other) {
  return within_memory([&] { return outcome(into.analyzer().merge(other.analyzer())); });
}

/// Measures the sequences of a generator that are asked for, without copies for JavaScript.
val measure_range(JsAnalyzer& into, const JsGenerator& generator, const val& request) {
  return within_memory([&] {
    return with(request_of(request), [&](const SequenceRequest& wanted) {
      return with(generator.sequences(wanted, wanted.latents),
                  [&](const SequenceBatch& batch) { return outcome(into.analyzer().add(batch)); });
    });
  });
}

/// What an analyzer has seen, as bytes that `load_analyzer` takes.
val save_analyzer(const JsAnalyzer& analyzer) {
  return within_memory([&] {
    return with(analyzer.analyzer().save(),
                [](const std::string& bytes) { return success(copied(bytes)); });
  });
}

/// The analyzer that was saved, of data with this config; undefined where none is known.
val load_analyzer(const std::string& bytes, const val& config) {
  return within_memory([&] {
    std::optional<Config> known;
    if (!config.isUndefined()) {
      Result<Config> given = config_of(config);
      if (!given) return failure(given.error());
      known = std::move(*given);
    }
    Result<Analyzer> analyzer = Analyzer::load(bytes);
    if (!analyzer) return failure(analyzer.error());
    return success(val(std::make_shared<JsAnalyzer>(std::move(*analyzer), std::move(known))));
  });
}

/// The canonical config and notes for a config that is allowed; its problems otherwise.
val check_config(const val& config) {
  return with(config_of(config), [](const Config& known) {
    if (std::vector<Problem> problems = check(known); !problems.empty()) {
      return failure(fail(std::move(problems)).value());
    }
    Json checked = Json::object();
    checked["config"] = canonical_config(known);
    checked["notes"] = notes(known);
    return success(value_of(checked));
  });
}

val samples(const val& arguments) {
  return within_memory([&] {
    return with(json_of(arguments, "options").and_then(generate_samples),
                [](const SequenceBatch& batch) { return success(batch_value(batch)); });
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(functions) {
  using emscripten::function;
  function(
      "formats", +[] { return value_of(format_table()); });
  function(
      "schema", +[] { return value_of(config_schema()); });
  function(
      "computeEntropy", +[](const val& ids) { return compute_entropy(ids_of(ids)); });
  function(
      "hasPattern", +[](const val& ids) { return has_pattern(ids_of(ids)); });
  function("patternRuns", &pattern_runs_of);
  function("generateSamples", &samples);
  function("encodeRange", &encode_range);
  function("mergeAnalyzers", &merge);
  function("measureRange", &measure_range);
  function("saveAnalyzer", &save_analyzer);
  function("loadAnalyzer", &load_analyzer);
  function("checkConfig", &check_config);
}

}  // namespace synthgen::wasm
