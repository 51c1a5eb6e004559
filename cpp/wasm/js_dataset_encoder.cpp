#include "synthgen/dataset/manifest.hpp"

#include <emscripten/bind.h>

#include "js_generator.hpp"

namespace synthgen::wasm {
namespace {

/// A dataset's files as a sequence of byte chunks, in order.
class JsDatasetEncoder {
 public:
  JsDatasetEncoder(const std::shared_ptr<JsGenerator>& generator, bool with_latents)
      : generator_(generator), encoder_(generator->generator(), with_latents) {}

  /// {file, sequences, bytes} for the next chunk, null behind the last one.
  val next() {
    return within_memory([&] { return next_chunk(); });
  }

  std::string manifest() const { return encoder_.manifest(); }

 private:
  val next_chunk() {
    while (file_ < encoder_.files().size() && chunk_ == encoder_.chunk_count(file_)) {
      ++file_;
      chunk_ = 0;
    }
    if (file_ == encoder_.files().size()) return success(val::null());
    const Result<std::uint64_t> tokens = encoder_.encode(file_, chunk_++, batch_, bytes_);
    if (!tokens) return failure(tokens.error());
    encoder_.append(file_, bytes_, *tokens);
    val result = val::object();
    result.set("file", encoder_.files()[file_].file);
    result.set("sequences", static_cast<double>(batch_.size()));
    result.set("bytes", copied(bytes_));
    return success(result);
  }

  std::shared_ptr<JsGenerator> generator_;
  DatasetEncoder encoder_;
  std::size_t file_ = 0;
  std::uint64_t chunk_ = 0;
  SequenceBatch batch_;
  std::string bytes_;
};

std::shared_ptr<JsDatasetEncoder> create_dataset_encoder(
    const std::shared_ptr<JsGenerator>& generator, bool with_latents) {
  return std::make_shared<JsDatasetEncoder>(generator, with_latents);
}

}  // namespace

EMSCRIPTEN_BINDINGS(dataset_encoder) {
  emscripten::function("createDatasetEncoder", &create_dataset_encoder);
  emscripten::class_<JsDatasetEncoder>("DatasetEncoder")
      .smart_ptr<std::shared_ptr<JsDatasetEncoder>>("DatasetEncoderPtr")
      .function("next", &JsDatasetEncoder::next)
      .function("manifest", &JsDatasetEncoder::manifest);
}

}  // namespace synthgen::wasm
