// The module's raw interface: translates between JavaScript values and the core, decides nothing.
//
// Structured values cross as JSON text, tokens as typed arrays (copies, since the module's memory
// may move). What can fail returns {value} or {error: {kind, message, problems}}; the wrapper in
// web/module/ turns the latter into a JavaScript Error.

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/config/config_json.hpp"
#include "synthgen/dataset/jsonl_writer.hpp"
#include "synthgen/dataset/manifest.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/generate/registry.hpp"

#include <algorithm>
#include <emscripten/bind.h>
#include <emscripten/val.h>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

namespace synthgen {
namespace {

using emscripten::val;

val success(val value) {
  val result = val::object();
  result.set("value", std::move(value));
  return result;
}

val failure(const Error& error) {
  constexpr std::array kinds{"data", "usage", "io", "cancelled"};
  Json problems = Json::array();
  for (const Problem& problem : error.problems) {
    problems.push_back(
        {{"key", problem.key}, {"value", problem.value}, {"allowed", problem.allowed}});
  }
  const Json described = {{"kind", kinds[static_cast<std::size_t>(error.kind)]},
                          {"message", error.message},
                          {"problems", std::move(problems)}};
  val result = val::object();
  result.set("error", to_text(described));
  return result;
}

/// What `call` returns, or an error when the module's memory is not enough for it: a C++ exception
/// would reach JavaScript as an object without a message.
template <class Call>
val within_memory(const Call& call) {
  try {
    return call();
  } catch (const std::bad_alloc&) {
  } catch (const std::length_error&) {
  }
  return failure(
      {ErrorKind::usage,
       "not enough memory: the module has at most 2 GiB; ask for fewer sequences at once",
       {}});
}

template <class T>
val copied(const char* array_type, const T* data, std::size_t count) {
  return val::global(array_type).new_(val(emscripten::typed_memory_view(count, data)));
}

val copied(const std::string& bytes) {
  return copied("Uint8Array", reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

Split split_named(const std::string& split) {
  for (const Split candidate : all_splits) {
    if (split == name(candidate)) return candidate;
  }
  return Split::train;
}

Json to_json(const std::vector<Expectation>& expectations) {
  Json list = Json::array();
  for (const Expectation& expectation : expectations) {
    list.push_back({{"name", expectation.name},
                    {"value", expectation.value},
                    {"formula", expectation.formula},
                    {"unit", expectation.unit}});
  }
  return list;
}

class JsGenerator {
 public:
  explicit JsGenerator(Generator generator) : generator_(std::move(generator)) {}

  std::string config() const { return to_text(canonical_config(generator_.config())); }
  std::string truth(const std::string& split) const {
    return to_text(to_json(generator_.truth(split_named(split))));
  }

  val generate(const std::string& split, double first, double count, bool with_latents) {
    return within_memory([&] {
      SequenceBatch batch;
      if (Result<void> filled = fill(split, first, count, with_latents, batch); !filled) {
        return failure(filled.error());
      }
      const std::vector<std::uint32_t> offsets(batch.offsets.begin(), batch.offsets.end());
      val result = val::object();
      result.set("tokens", copied("Uint32Array", batch.tokens.data(), batch.tokens.size()));
      result.set("offsets", copied("Uint32Array", offsets.data(), offsets.size()));
      if (with_latents) {
        Json latents = Json::array();
        for (const Latents& entry : batch.latents) latents.push_back(synthgen::to_json(entry));
        result.set("latents", to_text(latents));
      }
      if (!batch.padding.empty()) {
        const std::vector<std::uint32_t> padding(batch.padding.begin(), batch.padding.end());
        result.set("padding", copied("Uint32Array", padding.data(), padding.size()));
      }
      return success(result);
    });
  }

  val encode_jsonl(const std::string& split, double first, double count, bool with_latents) {
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

  const Generator& generator() const { return generator_; }

 private:
  Result<void> fill(const std::string& split, double first, double count, bool with_latents,
                    SequenceBatch& batch) const {
    // What will not fit fails here, before the work.
    const double tokens = count * static_cast<double>(generator_.config().seq_length);
    constexpr double addressable = std::numeric_limits<std::size_t>::max();
    batch.tokens.reserve(static_cast<std::size_t>(std::min(tokens, addressable)));
    batch.offsets.reserve(static_cast<std::size_t>(count) + 1);
    return generator_.generate(split_named(split), static_cast<std::uint64_t>(first),
                               static_cast<std::uint64_t>(count), batch, with_latents);
  }

  Generator generator_;
};

val create_generator(const std::string& config_text) {
  Result<Config> config = parse_config(config_text, "config");
  if (!config) return failure(config.error());
  return within_memory([&] {
    Result<Generator> generator = Generator::create(*config);
    if (!generator) return failure(generator.error());
    return success(val(std::make_shared<JsGenerator>(std::move(*generator))));
  });
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

class JsAnalyzer {
 public:
  explicit JsAnalyzer(Analyzer analyzer) : analyzer_(std::move(analyzer)) {}

  /// `offsets` ascend from 0 to the number of tokens; `padding` has an entry for each sequence, or
  /// is undefined.
  val add(const val& tokens, const val& offsets, const val& padding) {
    return within_memory([&] {
      SequenceBatch batch;
      batch.tokens = emscripten::convertJSArrayToNumberVector<std::uint32_t>(tokens);
      const auto ends = emscripten::convertJSArrayToNumberVector<std::uint32_t>(offsets);
      batch.offsets.assign(ends.begin(), ends.end());
      if (!padding.isUndefined()) {
        const auto counts = emscripten::convertJSArrayToNumberVector<std::uint32_t>(padding);
        batch.padding.assign(counts.begin(), counts.end());
      }
      analyzer_.add(batch);
      return success(val::null());
    });
  }

  val merge(const JsAnalyzer& other) {
    return within_memory([&] {
      const Result<void> merged = analyzer_.merge(other.analyzer_);
      return merged ? success(val::null()) : failure(merged.error());
    });
  }

  val report() const {
    return within_memory([&] { return success(val(to_text(analyzer_.report()))); });
  }

 private:
  Analyzer analyzer_;
};

val create_analyzer(unsigned ngram, unsigned top, bool per_sequence) {
  Result<Analyzer> analyzer =
      Analyzer::create({.ngram = ngram, .top = top, .per_sequence = per_sequence});
  if (!analyzer) return failure(analyzer.error());
  return success(val(std::make_shared<JsAnalyzer>(std::move(*analyzer))));
}

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

std::string family_list() {
  Json list = Json::array();
  for (const FamilyEntry* family : families()) {
    list.push_back(
        {{"name", family->name}, {"summary", family->summary}, {"example", family->example}});
  }
  return to_text(list);
}

std::string measure_list() {
  Json list = Json::array();
  for (const MeasureEntry* entry : measures()) {
    for (const MeasureInfo& measure : entry->measures) {
      list.push_back({{"name", measure.name},
                      {"unit", measure.unit},
                      {"formula", measure.formula},
                      {"range", measure.range},
                      {"source", measure.source}});
    }
  }
  return to_text(list);
}

}  // namespace

EMSCRIPTEN_BINDINGS(synthgen) {
  using emscripten::class_;
  using emscripten::function;

  function(
      "version", +[] { return std::string(program_version); });
  function(
      "streamVersion", +[] { return stream_version; });
  function(
      "parameters", +[] { return to_text(parameter_table()); });
  function(
      "schema", +[] { return to_text(config_schema()); });
  function("families", &family_list);
  function("measures", &measure_list);
  function("checkConfig", &check_config);
  function("createGenerator", &create_generator);
  function("createAnalyzer", &create_analyzer);
  function("createDatasetEncoder", &create_dataset_encoder);

  class_<JsGenerator>("Generator")
      .smart_ptr<std::shared_ptr<JsGenerator>>("GeneratorPtr")
      .function("config", &JsGenerator::config)
      .function("truth", &JsGenerator::truth)
      .function("generate", &JsGenerator::generate)
      .function("encodeJsonl", &JsGenerator::encode_jsonl);
  class_<JsAnalyzer>("Analyzer")
      .smart_ptr<std::shared_ptr<JsAnalyzer>>("AnalyzerPtr")
      .function("add", &JsAnalyzer::add)
      .function("merge", &JsAnalyzer::merge)
      .function("report", &JsAnalyzer::report);
  class_<JsDatasetEncoder>("DatasetEncoder")
      .smart_ptr<std::shared_ptr<JsDatasetEncoder>>("DatasetEncoderPtr")
      .function("next", &JsDatasetEncoder::next)
      .function("manifest", &JsDatasetEncoder::manifest);
}

}  // namespace synthgen
