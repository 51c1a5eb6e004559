#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/analyze/entropy.hpp"
#include "synthgen/analyze/pattern_runs.hpp"

#include <emscripten/bind.h>
#include <memory>
#include <vector>

#include "batches.hpp"

namespace synthgen::wasm {
namespace {

class JsAnalyzer {
 public:
  explicit JsAnalyzer(Analyzer analyzer) : analyzer_(std::move(analyzer)) {}

  val add(const val& tokens, const val& offsets, const val& padding, const val& oracle_bits) {
    return within_memory([&] {
      const Result<void> added = analyzer_.add(batch_of(tokens, offsets, padding, oracle_bits));
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
      const Result<Json> report = analyzer_.report();
      return report ? success(val(to_text(*report))) : failure(report.error());
    });
  }

 private:
  Analyzer analyzer_;
};

val create_analyzer(unsigned ngram, unsigned top, bool per_sequence, const val& measures) {
  Result<Analyzer> analyzer =
      Analyzer::create({.ngram = ngram,
                        .top = top,
                        .per_sequence = per_sequence,
                        .measures = emscripten::vecFromJSArray<std::string>(measures)});
  if (!analyzer) return failure(analyzer.error());
  return success(val(std::make_shared<JsAnalyzer>(std::move(*analyzer))));
}

std::vector<std::uint32_t> ids_of(const val& ids) {
  return emscripten::convertJSArrayToNumberVector<std::uint32_t>(ids);
}

}  // namespace

EMSCRIPTEN_BINDINGS(analyzer) {
  emscripten::function(
      "computeEntropy", +[](const val& ids) { return compute_entropy(ids_of(ids)); });
  emscripten::function(
      "hasPattern", +[](const val& ids) { return has_pattern(ids_of(ids)); });
  emscripten::function("createAnalyzer", &create_analyzer);
  emscripten::class_<JsAnalyzer>("Analyzer")
      .smart_ptr<std::shared_ptr<JsAnalyzer>>("AnalyzerPtr")
      .function("add", &JsAnalyzer::add)
      .function("merge", &JsAnalyzer::merge)
      .function("report", &JsAnalyzer::report);
}

}  // namespace synthgen::wasm
