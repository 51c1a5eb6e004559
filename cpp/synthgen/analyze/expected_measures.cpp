#include "synthgen/analyze/expected_measures.hpp"

#include "synthgen/analyze/simulated_measures.hpp"
#include "synthgen/generate/lag_truth.hpp"

#include <algorithm>

namespace synthgen {

Json expected_measures(const Generator& generator, const Generator::SequenceCounts& sequences,
                       const Json& report) {
  Json expected = Json::object();
  for (const Expectation& expectation : generator.dataset_truth(sequences)) {
    if (!report.contains(expectation.name)) continue;
    expected[expectation.name] = {{"value", expectation.value}, {"formula", expectation.formula}};
  }
  if (report.contains("lag_equality") && generator.config().splits.is_null() && !expected.empty()) {
    const std::vector<double> shares = expected_lag_equality(generator.config());
    if (!shares.empty()) {
      expected["lag_equality"] = {
          {"value", shares},
          {"formula",
           "sum over ids of p(id)^2, and what segments of patterns add to it at each lag"}};
    }
  }
  const bool any = std::any_of(sequences.begin(), sequences.end(), [](auto n) { return n > 0; });
  if (!any) return expected;
  std::vector<std::string> others;
  for (const auto& [name, value] : report.items()) {
    if (!value.is_null() && !expected.contains(name)) others.push_back(name);
  }
  expected.update(simulated_measures(generator, others));
  return expected;
}

}  // namespace synthgen
