#include "synthgen/dataset/functions/json_functions.hpp"

#include "synthgen/analyze/analysis_options.hpp"
#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/dataset/check/validate.hpp"

namespace synthgen {
namespace {

/// The report of what `add` gives a validator.
template <class Add>
Result<Json> validated(const Json& options, const Add& add) {
  Result<Validator> validator = read_validation_options(options).and_then(&Validator::create);
  if (!validator) return tl::unexpected(std::move(validator.error()));
  return add(*validator)
      .and_then([&] { return validator->report(); })
      .map([](const ValidationReport& report) { return to_json(report); });
}

}  // namespace

Result<Json> analysis_report(const SequenceBatch& batch, const Json& options) {
  Result<Analyzer> analyzer = read_analysis_options(options).and_then(&Analyzer::create);
  if (!analyzer) return tl::unexpected(std::move(analyzer.error()));
  return analyzer->add(batch).and_then([&] { return analyzer->report(); });
}

Result<Json> validation_report(const SequenceBatch& batch, const Json& options) {
  return validated(options, [&](Validator& validator) { return validator.add(batch); });
}

Result<Json> validation_report_of_lines(std::string_view lines, const Json& options) {
  return validated(options, [&](Validator& validator) { return validator.add_text(lines, ""); });
}

Result<std::vector<StageData>> curriculum_stages(const SequenceBatch& batch, const Json& stages,
                                                 const Json& options) {
  return read_stages(stages).and_then([&](const std::vector<Stage>& known) {
    return read_complexity_options(options).map(
        [&](const ComplexityOptions& how) { return create_curriculum_data(batch, known, how); });
  });
}

}  // namespace synthgen
