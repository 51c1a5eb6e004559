#include "js_generator.hpp"

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/config/config_json.hpp"
#include "synthgen/expect/expected_measures.hpp"
#include "synthgen/formats/jsonl/jsonl_writer.hpp"

#include <algorithm>
#include <emscripten/bind.h>
#include <limits>
#include <vector>

#include "batches.hpp"

namespace synthgen::wasm {
namespace {

Split split_named(const std::string& split) {
  for (const Split candidate : all_splits) {
    if (split == name(candidate)) return candidate;
  }
  return Split::train;
}

}  // namespace

std::string JsGenerator::config() const {
  return to_text(canonical_config(generator_.config()));
}

std::string JsGenerator::truth(const std::string& split) const {
  return to_text(to_json(generator_.truth(split_named(split))));
}

std::string JsGenerator::expected_lag_equality(const std::string& split) const {
  return to_text(Json(generator_.lag_equality(split_named(split))));
}

val JsGenerator::expected_measures(const std::string& report, const val& sequences, unsigned ngram,
                                   unsigned top, double memory_limit_bytes,
                                   bool approximate) const {
  return within_memory([&] {
    const AnalysisOptions analysis{
        .ngram = ngram,
        .top = top,
        .memory_limit_bytes = static_cast<std::uint64_t>(memory_limit_bytes),
        .approximate = approximate};
    if (const Result<Analyzer> analyzer = Analyzer::create(analysis); !analyzer) {
      return failure(analyzer.error());
    }
    const Result<Json> measured = parse_json(report, "report");
    if (!measured) return failure(measured.error());
    Generator::SequenceCounts counts;
    for (std::size_t split = 0; split < counts.size(); ++split) {
      counts[split] = static_cast<std::uint64_t>(sequences[split].as<double>());
    }
    return success(val(to_text(
        synthgen::expected_measures(generator_, counts, *measured, {.analysis = analysis}))));
  });
}

val JsGenerator::generate(const std::string& split, double first, double count, bool with_latents) {
  return within_memory([&] {
    SequenceBatch batch;
    if (Result<void> filled = fill(split, first, count, with_latents, batch); !filled) {
      return failure(filled.error());
    }
    return success(batch_value(batch));
  });
}

val JsGenerator::encode_jsonl(const std::string& split, double first, double count,
                              bool with_latents) {
  return within_memory([&] {
    SequenceBatch batch;
    if (Result<void> filled = fill(split, first, count, with_latents, batch); !filled) {
      return failure(filled.error());
    }
    std::string bytes;
    append_jsonl(batch, bytes);
    return success(copied(bytes));
  });
}

Result<void> JsGenerator::fill(const std::string& split, double first, double count,
                               bool with_latents, SequenceBatch& batch) const {
  // What will not fit fails here, before the work.
  const double tokens = count * static_cast<double>(generator_.config().seq_length);
  constexpr double addressable = std::numeric_limits<std::size_t>::max();
  batch.tokens.reserve(static_cast<std::size_t>(std::min(tokens, addressable)));
  batch.offsets.reserve(static_cast<std::size_t>(count) + 1);
  return generator_.generate(split_named(split), static_cast<std::uint64_t>(first),
                             static_cast<std::uint64_t>(count), batch, with_latents);
}

val made(Result<Generator> generator) {
  if (!generator) return failure(generator.error());
  return success(val(std::make_shared<JsGenerator>(std::move(*generator))));
}

namespace {

val create_generator(const std::string& config_text) {
  Result<Config> config = parse_config(config_text, "config");
  if (!config) return failure(config.error());
  return within_memory([&] { return made(Generator::create(*config)); });
}

/// The canonical config and notes for a config that is allowed; its problems otherwise.
val check_config(const std::string& config_text) {
  Result<Config> config = parse_config(config_text, "config");
  if (!config) return failure(config.error());
  if (std::vector<Problem> problems = check(*config); !problems.empty()) {
    return failure(fail(std::move(problems)).value());
  }
  const Json checked = {{"config", canonical_config(*config)}, {"notes", notes(*config)}};
  return success(val(to_text(checked)));
}

}  // namespace

EMSCRIPTEN_BINDINGS(generator) {
  emscripten::function("checkConfig", &check_config);
  emscripten::function("createGenerator", &create_generator);
  emscripten::class_<JsGenerator>("Generator")
      .smart_ptr<std::shared_ptr<JsGenerator>>("GeneratorPtr")
      .function("config", &JsGenerator::config)
      .function("truth", &JsGenerator::truth)
      .function("expectedLagEquality", &JsGenerator::expected_lag_equality)
      .function("expectedMeasures", &JsGenerator::expected_measures)
      .function("generate", &JsGenerator::generate)
      .function("encodeJsonl", &JsGenerator::encode_jsonl);
}

}  // namespace synthgen::wasm
