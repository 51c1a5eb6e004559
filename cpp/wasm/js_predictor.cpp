#include "synthgen/config/json_fields.hpp"
#include "synthgen/law/predictor.hpp"
#include "synthgen/score/floor_measures.hpp"

#include <emscripten/bind.h>
#include <memory>
#include <vector>

#include "batches.hpp"
#include "js_generator.hpp"

namespace synthgen::wasm {
namespace {

/// The exact law of a generator's next token; see web/module/predicting.js.
class JsPredictor {
 public:
  explicit JsPredictor(std::shared_ptr<Predictor> predictor) : predictor_(std::move(predictor)) {}

  void reset() { predictor_->reset(); }
  double probability(std::uint32_t id) const { return predictor_->probability(id); }
  double observe(std::uint32_t id) { return predictor_->observe(id); }
  double entropy_bits() const { return predictor_->entropy_bits(); }
  double continuation() const { return predictor_->continuation(); }
  double scored() const { return predictor_->scored(); }
  double label_probability(std::uint32_t id) const { return predictor_->label_probability(id); }
  double label_entropy_bits() const { return predictor_->label_entropy_bits(); }

  val law() const {
    return within_memory([&] {
      std::vector<double> law(predictor_->vocab_size());
      predictor_->law(law);
      return success(copied("Float64Array", law.data(), law.size()));
    });
  }
  val label_law() const {
    return within_memory([&] {
      std::vector<double> law(predictor_->vocab_size());
      predictor_->label_law(law);
      return success(copied("Float64Array", law.data(), law.size()));
    });
  }

  /// What each token of a sequence costs, from its beginning.
  val bits(const val& sequence) {
    return within_memory([&] {
      const auto tokens = emscripten::convertJSArrayToNumberVector<std::uint32_t>(sequence);
      std::vector<double> bits(tokens.size());
      predictive_bits(*predictor_, tokens, bits);
      return success(copied("Float64Array", bits.data(), bits.size()));
    });
  }

 private:
  std::shared_ptr<Predictor> predictor_;
};

val create_predictor(const JsGenerator& generator, const val& split) {
  return with(json_of(split, "split").and_then(read_split), [&](Split known) {
    return within_memory([&] {
      return with(generator.generator().predictor(known),
                  [](const std::shared_ptr<Predictor>& predictor) {
                    return success(val(std::make_shared<JsPredictor>(predictor)));
                  });
    });
  });
}

/// The floor and what shortcuts reach, measured on some of the generator's sequences.
val measure_floor(const JsGenerator& generator, const val& range) {
  return within_memory([&] {
    return with(request_of(range), [&](const SequenceRequest& wanted) {
      return with(floor_measures(generator.generator(), wanted.split, wanted.first, wanted.count),
                  [](const Json& measured) { return success(value_of(measured)); });
    });
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(predictor) {
  emscripten::function("createPredictor", &create_predictor);
  emscripten::function("measureFloor", &measure_floor);
  emscripten::class_<JsPredictor>("Predictor")
      .smart_ptr<std::shared_ptr<JsPredictor>>("PredictorPtr")
      .function("reset", &JsPredictor::reset)
      .function("probability", &JsPredictor::probability)
      .function("observe", &JsPredictor::observe)
      .function("entropyBits", &JsPredictor::entropy_bits)
      .function("continuation", &JsPredictor::continuation)
      .function("scored", &JsPredictor::scored)
      .function("labelProbability", &JsPredictor::label_probability)
      .function("labelEntropyBits", &JsPredictor::label_entropy_bits)
      .function("law", &JsPredictor::law)
      .function("labelLaw", &JsPredictor::label_law)
      .function("bits", &JsPredictor::bits);
}

}  // namespace synthgen::wasm
