#include "js_generator.hpp"

#include "synthgen/config/config_json.hpp"
#include "synthgen/generate/latents/latent_shares.hpp"
#include "synthgen/generate/tasks.hpp"

#include <emscripten/bind.h>
#include <memory>
#include <vector>

#include "batches.hpp"

namespace synthgen::wasm {
namespace {

Result<Split> split_of(const val& name) {
  return json_of(name, "split").and_then(read_split);
}

}  // namespace

val JsGenerator::config() const {
  return value_of(canonical_config(generator_.config()));
}

val JsGenerator::notes() const {
  return value_of(Json(synthgen::notes(generator_.config())));
}

val JsGenerator::truth(const val& split) const {
  return with(split_of(split),
              [&](Split known) { return success(value_of(to_json(known_truth(known)))); });
}

val JsGenerator::limits(const val& split) const {
  return with(split_of(split), [&](Split known) {
    const SplitLimits limits = generator_.limits(known);
    Json object = Json::object();
    object["vocab_size"] = limits.vocab_size;
    object["min_length"] = limits.lengths.shortest;
    object["max_length"] = limits.lengths.longest;
    return success(value_of(object));
  });
}

val JsGenerator::expected_lag_equality(const val& split) const {
  return with(split_of(split),
              [&](Split known) { return success(value_of(Json(generator_.lag_equality(known)))); });
}

const std::vector<Expectation>& JsGenerator::known_truth(Split split) const {
  auto& truth = truths_[static_cast<std::size_t>(split)];
  if (!truth) truth = generator_.truth(split);
  return *truth;
}

Result<SequenceBatch> JsGenerator::sequences(const SequenceRequest& wanted,
                                             bool with_latents) const {
  SequenceBatch batch;
  reserve(batch, wanted.count, generator_.config());
  const Result<void> filled =
      generator_.generate(wanted.split, wanted.first, wanted.count, batch, with_latents);
  return filled ? Result<SequenceBatch>(std::move(batch)) : tl::unexpected(filled.error());
}

val JsGenerator::generate(const val& request) const {
  return within_memory([&] {
    return with(request_of(request), [&](const SequenceRequest& wanted) {
      const bool with_latents = wanted.latents || wanted.structure;
      return with(sequences(wanted, with_latents), [&](const SequenceBatch& batch) {
        val result = batch_value(batch, wanted.latents);
        if (!with_latents) return success(result);
        const Config& config = generator_.config(wanted.split);
        const auto known_kinds = generator_.kind_shares(wanted.split, known_truth(wanted.split));
        const TokenStructure structure = token_structure(batch, config);
        result.set("latentShares",
                   value_of(to_json(latent_shares(batch, structure, config), known_kinds)));
        if (wanted.structure) result.set("structure", structure_value(batch, structure));
        return success(result);
      });
    });
  });
}

Result<SequenceRequest> request_of(const val& object) {
  return json_of(object, "range").and_then(read_sequence_request);
}

val handed_out(Result<Generator> generator) {
  if (!generator) return failure(generator.error());
  return success(val(std::make_shared<JsGenerator>(std::move(*generator))));
}

Result<Config> config_of(const val& object) {
  return json_of(object, "config")
      .and_then([](Json json) { return parameters_of(std::move(json), "config"); })
      .and_then(read_config);
}

namespace {

/// What live.wasm answers for a config with a research task, before it checks the rest.
val elsewhere() {
  Json error = to_json(Error{
      ErrorKind::usage, "generator: research tasks are made by tasks.wasm and synthgen.wasm", {}});
  error["kind"] = "elsewhere";
  val result = val::object();
  result.set("error", value_of(error));
  return result;
}

val create_generator(const val& config) {
  return with(config_of(config), [](const Config& known) {
    if (!makes_tasks() && names_task(known)) return elsewhere();
    return within_memory([&] { return handed_out(Generator::create(known)); });
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(generator) {
  emscripten::function("createGenerator", &create_generator);
  emscripten::class_<JsGenerator>("Generator")
      .smart_ptr<std::shared_ptr<JsGenerator>>("GeneratorPtr")
      .function("config", &JsGenerator::config)
      .function("notes", &JsGenerator::notes)
      .function("truth", &JsGenerator::truth)
      .function("limits", &JsGenerator::limits)
      .function("expectedLagEquality", &JsGenerator::expected_lag_equality)
      .function("generate", &JsGenerator::generate);
}

}  // namespace synthgen::wasm
