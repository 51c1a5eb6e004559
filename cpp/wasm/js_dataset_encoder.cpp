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

  /// {file, sequences, bytes} for the next piece, null after the last one. Unless `encodes`, a
  /// chunk is not encoded: {due: {file, chunk}} names it until `append` brings it.
  val next(bool encodes) {
    return within_memory([&] { return next_piece(encodes); });
  }

  /// The files with the number of their chunks.
  val files() const {
    val list = val::array();
    for (std::size_t i = 0; i < encoder_.files().size(); ++i) {
      const FileRecord& record = encoder_.files()[i];
      val file = val::object();
      file.set("file", record.file);
      file.set("split", std::string(name(record.split)));
      file.set("sequences", static_cast<double>(record.sequences));
      file.set("chunks", static_cast<double>(encoder_.chunk_count(i)));
      list.call<void>("push", file);
    }
    return list;
  }

  /// A chunk as `append` takes it, here or in another encoder of the same dataset.
  val encode(double file, double chunk) {
    return within_memory([&] {
      const bool is_known =
          file >= 0 && file < static_cast<double>(encoder_.files().size()) && chunk >= 0 &&
          chunk < static_cast<double>(encoder_.chunk_count(static_cast<std::size_t>(file)));
      if (!is_known) return failure({ErrorKind::usage, "encodeChunk: there is no such chunk", {}});
      EncodedChunk encoded;
      const Result<void> made = encoder_.encode(static_cast<std::size_t>(file),
                                                static_cast<std::uint64_t>(chunk), batch_, encoded);
      return made ? success(value_of_chunk(file, chunk, encoded)) : failure(made.error());
    });
  }

  /// Takes the chunk that is due.
  val append(const val& object) {
    return within_memory([&] {
      const bool is_due = file_ < encoder_.files().size() && part_ == Part::chunks &&
                          object["file"].as<double>() == static_cast<double>(file_) &&
                          object["chunk"].as<double>() == static_cast<double>(chunk_) &&
                          chunk_ < encoder_.chunk_count(file_);
      if (!is_due) return failure({ErrorKind::usage, "appendChunk: another chunk is due", {}});
      encoded_ = chunk_of_value(object);
      const Result<void> taken = encoder_.append(file_, encoded_);
      if (taken) ++chunk_;
      return outcome(taken);
    });
  }

  std::string manifest() const { return encoder_.manifest(); }
  val notes() const { return val::array(encoder_.notes()); }

 private:
  /// What comes next of the current file.
  enum class Part : std::uint8_t { head, chunks, tail, side_files };

  static val value_of_chunk(double file, double chunk, const EncodedChunk& encoded) {
    val result = val::object();
    result.set("file", file);
    result.set("chunk", chunk);
    result.set("sequences", static_cast<double>(encoded.sequences));
    result.set("tokens", static_cast<double>(encoded.tokens));
    result.set("crc32", encoded.crc32);
    result.set("bytes", copied(encoded.bytes));
    result.set("lengths", copied("Uint32Array", encoded.lengths.data(), encoded.lengths.size()));
    result.set("labels", copied(encoded.labels));
    result.set("predictive", copied(encoded.predictive));
    return result;
  }

  static EncodedChunk chunk_of_value(const val& object) {
    EncodedChunk encoded;
    encoded.bytes = object["bytes"].as<std::string>();
    encoded.sequences = static_cast<std::uint64_t>(object["sequences"].as<double>());
    encoded.tokens = static_cast<std::uint64_t>(object["tokens"].as<double>());
    encoded.crc32 = object["crc32"].as<std::uint32_t>();
    encoded.lengths = emscripten::convertJSArrayToNumberVector<std::uint32_t>(object["lengths"]);
    encoded.labels = object["labels"].as<std::string>();
    encoded.predictive = object["predictive"].as<std::string>();
    return encoded;
  }

  val next_piece(bool encodes) {
    for (; file_ < encoder_.files().size(); ++file_, part_ = Part::head) {
      encoded_.clear();
      const Result<bool> more = next_of_file(encodes);
      if (!more) return failure(more.error());
      if (!*more) continue;
      val result = val::object();
      if (!encodes && part_ == Part::chunks && chunk_is_due_) {
        val due = val::object();
        due.set("file", static_cast<double>(file_));
        due.set("chunk", static_cast<double>(chunk_));
        result.set("due", due);
        return success(result);
      }
      result.set("file", part_ == Part::side_files ? side_file_ : encoder_.files()[file_].file);
      result.set("sequences", static_cast<double>(encoded_.sequences));
      result.set("bytes", copied(encoded_.bytes));
      return success(result);
    }
    return success(val::null());
  }

  Result<bool> next_of_file(bool encodes) {
    chunk_is_due_ = false;
    if (part_ == Part::head) {
      part_ = Part::chunks;
      chunk_ = 0;
      encoded_.bytes = encoder_.begin(file_);
      if (!encoded_.bytes.empty()) return true;
    }
    if (part_ == Part::chunks) {
      if (chunk_ < encoder_.chunk_count(file_)) {
        chunk_is_due_ = true;
        if (!encodes) return true;
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
  bool chunk_is_due_ = false;  ///< whether a chunk is the next piece
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
      .function("files", &JsDatasetEncoder::files)
      .function("encode", &JsDatasetEncoder::encode)
      .function("append", &JsDatasetEncoder::append)
      .function("manifest", &JsDatasetEncoder::manifest)
      .function("notes", &JsDatasetEncoder::notes);
}

}  // namespace synthgen::wasm
