#include "js_analyzer.hpp"

#include "synthgen/advise/advice.hpp"
#include "synthgen/analyze/analysis_options.hpp"

#include <emscripten/bind.h>
#include <memory>
#include <optional>

#include "batches.hpp"
#include "js_generator.hpp"

namespace synthgen::wasm {

val JsAnalyzer::add(const val& object) {
  return within_memory([&] {
    return with(batch_of(object),
                [&](const SequenceBatch& batch) { return outcome(analyzer_.add(batch)); });
  });
}

val JsAnalyzer::report() const {
  return within_memory([&] {
    Result<Json> report = analyzer_.report();
    if (!report) return failure(report.error());
    (*report)["advice"] = to_json(advise(*report, config_ ? &*config_ : nullptr));
    return success(value_of(*report));
  });
}

namespace {

/// `config` is that of the data; undefined where none is known. Its vocabulary is the default of
/// the option `vocab_size`.
val create_analyzer(const val& options, const val& config) {
  Result<AnalysisOptions> read = json_of(options, "options").and_then(read_analysis_options);
  if (!read) return failure(read.error());
  std::optional<Config> known;
  if (!config.isUndefined()) {
    Result<Config> given = config_of(config);
    if (!given) return failure(given.error());
    if (!read->vocab_size) read->vocab_size = given->vocab_size;
    known = std::move(*given);
  }
  Result<Analyzer> analyzer = Analyzer::create(*read);
  if (!analyzer) return failure(analyzer.error());
  return success(val(std::make_shared<JsAnalyzer>(std::move(*analyzer), std::move(known))));
}

}  // namespace

EMSCRIPTEN_BINDINGS(analyzer) {
  emscripten::function("createAnalyzer", &create_analyzer);
  emscripten::class_<JsAnalyzer>("Analyzer")
      .smart_ptr<std::shared_ptr<JsAnalyzer>>("AnalyzerPtr")
      .function("add", &JsAnalyzer::add)
      .function("report", &JsAnalyzer::report);
}

}  // namespace synthgen::wasm
