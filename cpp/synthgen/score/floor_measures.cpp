#include "synthgen/score/floor_measures.hpp"

#include "synthgen/analyze/analyzer.hpp"
#include "synthgen/score/floor.hpp"

#include <string_view>

namespace synthgen {

Result<Json> floor_measures(const Generator& generator, Split split, std::uint64_t first,
                            std::uint64_t count) {
  SequenceBatch batch;
  Result<void> made = generator.generate(split, first, count, batch, true);
  if (!made) return tl::unexpected(std::move(made.error()));
  const ScoreTarget target = batch.labels.empty() ? ScoreTarget::tokens : ScoreTarget::labels;
  made = generator.predict(split, Predictive::bits, target == ScoreTarget::labels, batch);
  Json result = Json::object();
  result["target"] = score_target_names[static_cast<std::size_t>(target)];
  if (!made) result["no_floor"] = made.error().message;
  Result<Analyzer> analyzer = Analyzer::create({.measures = {"predictive_bits", "baselines"},
                                                .vocab_size = generator.config(split).vocab_size});
  if (!analyzer) return tl::unexpected(std::move(analyzer.error()));
  if (Result<void> added = analyzer->add(batch); !added) {
    return tl::unexpected(std::move(added.error()));
  }
  Result<Json> report = analyzer->report();
  if (!report) return report;
  result["report"] = std::move(*report);
  return result;
}

}  // namespace synthgen
