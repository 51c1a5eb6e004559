#include "synthgen/advise/advice.hpp"
#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/analyze/measures/entropy.hpp"
#include "synthgen/analyze/measures/pattern_detector.hpp"
#include "synthgen/config/config_json.hpp"

#include <emscripten/bind.h>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "batches.hpp"

namespace synthgen::wasm {
namespace {

class JsAnalyzer {
 public:
  JsAnalyzer(Analyzer analyzer, std::optional<Config> config)
      : analyzer_(std::move(analyzer)), config_(std::move(config)) {}

  val add(const val& object) {
    return within_memory([&] {
      const Result<SequenceBatch> batch = batch_of(object);
      if (!batch) return failure(batch.error());
      const Result<void> added = analyzer_.add(*batch);
      return added ? success(val::null()) : failure(added.error());
    });
  }

  val merge(const JsAnalyzer& other) {
    return within_memory([&] {
      const Result<void> merged = analyzer_.merge(other.analyzer_);
      return merged ? success(val::null()) : failure(merged.error());
    });
  }

  val report() const {
    return within_memory([&] {
      Result<Json> report = analyzer_.report();
      if (!report) return failure(report.error());
      (*report)["advice"] = to_json(advise(*report, config_ ? &*config_ : nullptr));
      return success(val(to_text(*report)));
    });
  }

 private:
  Analyzer analyzer_;
  std::optional<Config> config_;  ///< of the data, where it is known
};

/// `config` is JSON, empty where none is known.
val create_analyzer(unsigned ngram, unsigned top, bool per_sequence, const val& measures,
                    const std::string& config, double memory_limit_bytes, bool approximate) {
  std::optional<Config> known;
  if (!config.empty()) {
    Result<Config> read = parse_config(config, "config");
    if (!read) return failure(read.error());
    known = std::move(*read);
  }
  std::optional<std::int64_t> vocab_size;
  if (known) vocab_size = known->vocab_size;
  Result<Analyzer> analyzer =
      Analyzer::create({.ngram = ngram,
                        .top = top,
                        .per_sequence = per_sequence,
                        .measures = emscripten::vecFromJSArray<std::string>(measures),
                        .memory_limit_bytes = static_cast<std::uint64_t>(memory_limit_bytes),
                        .approximate = approximate,
                        .vocab_size = vocab_size});
  if (!analyzer) return failure(analyzer.error());
  return success(val(std::make_shared<JsAnalyzer>(std::move(*analyzer), std::move(known))));
}

std::vector<std::uint32_t> ids_of(const val& ids) {
  return emscripten::convertJSArrayToNumberVector<std::uint32_t>(ids);
}

/// A list of {start, length, kind}.
val pattern_runs_of(const val& ids) {
  val list = val::array();
  for (const PatternRun& run : find_pattern_runs(ids_of(ids))) {
    val entry = val::object();
    entry.set("start", run.start);
    entry.set("length", run.length);
    entry.set("kind", std::string(name(run.kind)));
    list.call<void>("push", entry);
  }
  return list;
}

}  // namespace

EMSCRIPTEN_BINDINGS(analyzer) {
  emscripten::function(
      "computeEntropy", +[](const val& ids) { return compute_entropy(ids_of(ids)); });
  emscripten::function(
      "hasPattern", +[](const val& ids) { return has_pattern(ids_of(ids)); });
  emscripten::function("patternRuns", &pattern_runs_of);
  emscripten::function("createAnalyzer", &create_analyzer);
  emscripten::class_<JsAnalyzer>("Analyzer")
      .smart_ptr<std::shared_ptr<JsAnalyzer>>("AnalyzerPtr")
      .function("add", &JsAnalyzer::add)
      .function("merge", &JsAnalyzer::merge)
      .function("report", &JsAnalyzer::report);
}

}  // namespace synthgen::wasm
