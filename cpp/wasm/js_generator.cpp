#include "js_generator.hpp"

#include "synthgen/config/config_json.hpp"
#include "synthgen/formats/jsonl/jsonl_writer.hpp"
#include "synthgen/generate/latents/latent_shares.hpp"
#include "synthgen/generate/sequence_request.hpp"

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
              [&](Split known) { return success(value_of(to_json(generator_.truth(known)))); });
}

val JsGenerator::limits(const val& split) const {
  return with(split_of(split), [&](Split known) {
    const SplitLimits limits = generator_.limits(known);
    return success(value_of({{"vocab_size", limits.vocab_size},
                             {"min_length", limits.lengths.shortest},
                             {"max_length", limits.lengths.longest}}));
  });
}

val JsGenerator::expected_lag_equality(const val& split) const {
  return with(split_of(split),
              [&](Split known) { return success(value_of(Json(generator_.lag_equality(known)))); });
}

template <class Use>
val JsGenerator::generated(const val& request, const Use& use) const {
  return with(json_of(request, "range").and_then(read_sequence_request),
              [&](const SequenceRequest& wanted) {
                return within_memory([&] {
                  SequenceBatch batch;
                  reserve(batch, wanted.count, generator_.config());
                  const Result<void> filled = generator_.generate(
                      wanted.split, wanted.first, wanted.count, batch, wanted.latents);
                  return filled ? success(use(batch, wanted)) : failure(filled.error());
                });
              });
}

val JsGenerator::generate(const val& request) const {
  return generated(request, [&](const SequenceBatch& batch, const SequenceRequest& wanted) {
    val result = batch_value(batch);
    if (wanted.latents) {
      const Config& config = generator_.config(wanted.split);
      result.set("latentShares", value_of(to_json(latent_shares(batch, config))));
    }
    return result;
  });
}

val JsGenerator::encode_jsonl(const val& request) const {
  return generated(request, [](const SequenceBatch& batch, const SequenceRequest&) {
    std::string bytes;
    append_jsonl(batch, bytes);
    return copied(bytes);
  });
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

val create_generator(const val& config) {
  return with(config_of(config), [](const Config& known) {
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
      .function("generate", &JsGenerator::generate)
      .function("encodeJsonl", &JsGenerator::encode_jsonl);
}

}  // namespace synthgen::wasm
