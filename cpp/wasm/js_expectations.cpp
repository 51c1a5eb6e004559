#include "synthgen/analyze/analysis_options.hpp"
#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/config/json_fields.hpp"
#include "synthgen/expect/expected_measures.hpp"

#include <emscripten/bind.h>
#include <memory>

#include "js_generator.hpp"

namespace synthgen::wasm {
namespace {

Result<Json> read_report(Json report) {
  std::vector<Problem> problems;
  JsonObject(JsonField(report, "report", problems), "what an analyzer reports");
  if (!problems.empty()) return fail(std::move(problems));
  return report;
}

/// How many sequences of each split a report is of.
Result<Generator::SequenceCounts> read_counts(const Json& object) {
  std::vector<Problem> problems;
  Generator::SequenceCounts counts{};
  JsonObject fields(JsonField(object, "sequences", problems), "numbers of sequences by split");
  for (const Split split : all_splits) {
    fields.optional(name(split)).integer(counts[static_cast<std::size_t>(split)]);
  }
  fields.refuse_unknown();
  if (!problems.empty()) return fail(std::move(problems));
  return counts;
}

Result<AnalysisOptions> read_analysis(const Json& object) {
  Result<AnalysisOptions> options = read_analysis_options(object);
  if (!options) return options;
  const Result<Analyzer> analyzer = Analyzer::create(*options);
  return analyzer ? options : tl::unexpected(analyzer.error());
}

/// The section `expected` of a report on so many sequences of each split, by default all of train,
/// that were measured with these options.
val expected(const JsGenerator& generator, const val& report, const val& sequences,
             const val& options) {
  return within_memory([&] {
    return with(json_of(report, "report").and_then(read_report), [&](const Json& measured) {
      Result<Json> given = json_of(sequences, "sequences");
      if (sequences.isUndefined()) given = Json{{"train", measured.value("num_sequences", Json())}};
      return with(given.and_then(read_counts), [&](const Generator::SequenceCounts& counts) {
        return with(json_of(options, "options").and_then(read_analysis),
                    [&](const AnalysisOptions& analysis) {
                      return success(value_of(expected_measures(generator.generator(), counts,
                                                                measured, {.analysis = analysis})));
                    });
      });
    });
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(expectations) {
  emscripten::function("expectedMeasures", &expected);
}

}  // namespace synthgen::wasm
