#include "synthgen/config/json_fields.hpp"
#include "synthgen/dataset/check/validate.hpp"
#include "synthgen/formats/sequence_reader.hpp"

#include <emscripten/bind.h>
#include <memory>
#include <span>
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

/// Checks data that comes in pieces.
class JsValidator {
 public:
  explicit JsValidator(Validator validator) : validator_(std::move(validator)) {}

  val add_text(const std::string& text, const std::string& name, const val& first_line) {
    return within_memory([&] {
      return with(json_of(first_line, "firstLine").and_then(read_line), [&](std::uint64_t line) {
        return outcome(validator_.add_text(text, name, line));
      });
    });
  }

  val add_file(const std::string& bytes, const std::string& name) {
    return within_memory([&] { return outcome(validator_.add_bytes(bytes, name)); });
  }

  val add(const val& object) {
    return within_memory([&] {
      return with(batch_of(object),
                  [&](const SequenceBatch& batch) { return outcome(validator_.add(batch)); });
    });
  }

  val report() {
    return within_memory([&] {
      return with(validator_.report(), [](const ValidationReport& report) {
        return success(value_of(to_json(report)));
      });
    });
  }

 private:
  static Result<std::uint64_t> read_line(const Json& number) {
    std::vector<Problem> problems;
    std::uint64_t line = 0;
    JsonField(number, "firstLine", problems).integer(line, 1);
    if (!problems.empty()) return fail(std::move(problems));
    return line;
  }

  Validator validator_;
};

val create_validator(const val& options) {
  Result<Validator> validator =
      json_of(options, "limits")
          .and_then(read_validation_options)
          .and_then([](const ValidationOptions& known) { return Validator::create(known); });
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
