#include "synthgen/dataset/dataset_encoder.hpp"

#include <emscripten/bind.h>

#include "js_generator.hpp"

namespace synthgen::wasm {
namespace {

/// A dataset's files as a sequence of byte chunks, in order.
class JsDatasetEncoder {
 public:
  JsDatasetEncoder(std::shared_ptr<JsGenerator> generator, DatasetEncoder encoder)
      : generator_(std::move(generator)), encoder_(std::move(encoder)) {}

  /// {file, sequences, bytes} for the next chunk, null after the last one.
  val next() {
    return within_memory([&] { return next_chunk(); });
  }

  std::string manifest() const { return encoder_.manifest(); }
  val notes() const { return val::array(encoder_.notes()); }

 private:
  /// What comes next of the current file.
  enum class Part : std::uint8_t { head, chunks, tail, side_files };

  val next_chunk() {
    for (; file_ < encoder_.files().size(); ++file_, part_ = Part::head) {
      encoded_.clear();
      const Result<bool> more = next_of_file();
      if (!more) return failure(more.error());
      if (!*more) continue;
      val result = val::object();
      result.set("file", part_ == Part::side_files ? side_file_ : encoder_.files()[file_].file);
      result.set("sequences", static_cast<double>(encoded_.sequences));
      result.set("bytes", copied(encoded_.bytes));
      return success(result);
    }
    return success(val::null());
  }

  Result<bool> next_of_file() {
    if (part_ == Part::head) {
      part_ = Part::chunks;
      chunk_ = 0;
      encoded_.bytes = encoder_.begin(file_);
      if (!encoded_.bytes.empty()) return true;
    }
    if (part_ == Part::chunks) {
      if (chunk_ < encoder_.chunk_count(file_)) {
        Result<void> made = encoder_.encode(file_, chunk_++, batch_, encoded_);
        if (made) made = encoder_.append(file_, encoded_);
        if (!made) return tl::unexpected(made.error());
        return true;
      }
      part_ = Part::tail;
    }
    if (part_ == Part::tail) {
      Result<bool> more = encoder_.next_of_tail(file_, encoded_.bytes);
      if (!more || *more) return more;
      part_ = Part::side_files;
    }
    return encoder_.next_of_side_files(file_, side_file_, encoded_.bytes);
  }

  std::shared_ptr<JsGenerator> generator_;
  DatasetEncoder encoder_;
  std::size_t file_ = 0;
  Part part_ = Part::head;
  std::uint64_t chunk_ = 0;
  std::string side_file_;
  SequenceBatch batch_;
  EncodedChunk encoded_;
};

/// The encoder of a generator's dataset in the format that the options name.
val create_dataset_encoder(const std::shared_ptr<JsGenerator>& generator, const val& object) {
  return within_memory([&] {
    const Result<FormatOptions> options = json_of(object, "options").and_then([](const Json& json) {
      return read_format_options(json);
    });
    if (!options) return failure(options.error());
    Result<DatasetEncoder> encoder = DatasetEncoder::create(generator->generator(), *options);
    if (!encoder) return failure(encoder.error());
    return success(val(std::make_shared<JsDatasetEncoder>(generator, std::move(*encoder))));
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(dataset_encoder) {
  emscripten::function("createDatasetEncoder", &create_dataset_encoder);
  emscripten::class_<JsDatasetEncoder>("DatasetEncoder")
      .smart_ptr<std::shared_ptr<JsDatasetEncoder>>("DatasetEncoderPtr")
      .function("next", &JsDatasetEncoder::next)
      .function("manifest", &JsDatasetEncoder::manifest)
      .function("notes", &JsDatasetEncoder::notes);
}

}  // namespace synthgen::wasm
