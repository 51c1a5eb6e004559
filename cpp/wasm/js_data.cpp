#include "synthgen/dataset/check/validate.hpp"
#include "synthgen/formats/sequence_reader.hpp"

#include <emscripten/bind.h>
#include <memory>
#include <string>
#include <utility>

#include "batches.hpp"

namespace synthgen::wasm {
namespace {

/// Reads a file in memory.
class JsReader {
 public:
  /// Fails (data) where name and content disagree or the head is malformed.
  Result<void> open(std::string bytes, const std::string& name) {
    bytes_ = std::move(bytes);
    Result<std::unique_ptr<SequenceReader>> opened = open_sequences_in(bytes_, name);
    if (!opened) return tl::unexpected(std::move(opened.error()));
    reader_ = std::move(*opened);
    return {};
  }

  /// The next sequences, a batch that is empty at the end.
  val next() {
    return within_memory([&] {
      constexpr std::uint64_t batch_tokens = std::uint64_t{1} << 18;
      SequenceBatch batch;
      Result<bool> more = true;
      while (more && *more && batch.empty()) more = reader_->read(batch, batch_tokens);
      return more ? success(batch_value(batch)) : failure(more.error());
    });
  }

  double bytes_read() const { return static_cast<double>(reader_->bytes_read()); }

 private:
  std::string bytes_;
  std::unique_ptr<SequenceReader> reader_;
};

val open_file(const std::string& bytes, const std::string& name) {
  return within_memory([&] {
    auto reader = std::make_shared<JsReader>();
    const Result<void> opened = reader->open(bytes, name);
    return opened ? success(val(std::move(reader))) : failure(opened.error());
  });
}

/// The sequences of a file.
val load_synthetic_data(const std::string& bytes, const std::string& name) {
  return within_memory([&] {
    const Result<std::unique_ptr<SequenceReader>> reader = open_sequences_in(bytes, name);
    if (!reader) return failure(reader.error());
    const Result<SequenceBatch> batch = (*reader)->read_all();
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

  val add_file(const std::string& bytes, const std::string& name) {
    return within_memory([&] { return told(validator_.add_bytes(bytes, name)); });
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
  emscripten::function("openFile", &open_file);
  emscripten::class_<JsReader>("Reader")
      .smart_ptr<std::shared_ptr<JsReader>>("ReaderPtr")
      .function("next", &JsReader::next)
      .function("bytesRead", &JsReader::bytes_read);
  emscripten::function("createValidator", &create_validator);
  emscripten::class_<JsValidator>("Validator")
      .smart_ptr<std::shared_ptr<JsValidator>>("ValidatorPtr")
      .function("addText", &JsValidator::add_text)
      .function("addFile", &JsValidator::add_file)
      .function("add", &JsValidator::add)
      .function("report", &JsValidator::report);
}

}  // namespace synthgen::wasm
