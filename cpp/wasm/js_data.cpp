#include "synthgen/dataset/jsonl_reader.hpp"
#include "synthgen/dataset/validate.hpp"

#include <emscripten/bind.h>
#include <memory>
#include <string>
#include <utility>

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

/// Checks data that comes in pieces.
class JsValidator {
 public:
  explicit JsValidator(Validator validator) : validator_(std::move(validator)) {}

  val add_text(const std::string& text, const std::string& name, double first_line) {
    return within_memory([&] {
      return told(validator_.add_text(text, name, static_cast<std::uint64_t>(first_line)));
    });
  }

  val add(const val& object) {
    return within_memory([&] {
      const Result<SequenceBatch> batch = batch_of(object);
      return batch ? told(validator_.add(*batch)) : failure(batch.error());
    });
  }

  val report() {
    return within_memory([&] {
      const Result<ValidationReport> report = validator_.report();
      return report ? success(val(to_text(to_json(*report)))) : failure(report.error());
    });
  }

 private:
  static val told(const Result<void>& added) {
    return added ? success(val::null()) : failure(added.error());
  }

  Validator validator_;
};

/// `options` is a JSON object of limits.
val create_validator(const std::string& options) {
  Result<Validator> validator = Validator::create(options_of(options));
  if (!validator) return failure(validator.error());
  return success(val(std::make_shared<JsValidator>(std::move(*validator))));
}

}  // namespace

EMSCRIPTEN_BINDINGS(data) {
  emscripten::function("loadSyntheticData", &load_synthetic_data);
  emscripten::function("createValidator", &create_validator);
  emscripten::class_<JsValidator>("Validator")
      .smart_ptr<std::shared_ptr<JsValidator>>("ValidatorPtr")
      .function("addText", &JsValidator::add_text)
      .function("add", &JsValidator::add)
      .function("report", &JsValidator::report);
}

}  // namespace synthgen::wasm
