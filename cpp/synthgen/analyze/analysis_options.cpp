#include "synthgen/analyze/analysis_options.hpp"

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/config/json_fields.hpp"

namespace synthgen {

Result<AnalysisOptions> read_analysis_options(const Json& object) {
  std::vector<Problem> problems;
  AnalysisOptions options;
  JsonObject fields(JsonField(object, "", problems), "an object of options");
  fields.optional("ngram").integer(options.ngram, 1, longest_ngram);
  fields.optional("top").integer(options.top, 1);
  fields.optional("per_sequence").boolean(options.per_sequence);
  fields.optional("measures")
      .each([&](const JsonField& name) { name.string(options.measures.emplace_back()); },
            "a list of names");
  fields.optional("memory_limit").integer(options.memory_limit_bytes);
  fields.optional("approximate").boolean(options.approximate);
  fields.optional("vocab_size").integer(options.vocab_size, 1);
  fields.refuse_unknown();
  if (!problems.empty()) return fail(std::move(problems));
  return options;
}

}  // namespace synthgen
