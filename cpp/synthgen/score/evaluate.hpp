#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/generate/generator.hpp"
#include "synthgen/score/excess.hpp"
#include "synthgen/score/model_numbers.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace synthgen {

/// What a model is held against: the sequences first … first + count − 1 of a split, and the files
/// that hold them in order.
struct EvaluatedData {
  Split split = Split::train;
  std::uint64_t first = 0;
  std::uint64_t count = 0;
  std::vector<std::string> files = {};
};

/// How to evaluate.
struct EvaluateOptions {
  ModelFile model = {};
  std::optional<ScoreTarget> target = {};  ///< none: labels where the family has them
  unsigned threads = 1;
  /// Called with the number of sequences that are done; false stops (cancelled).
  std::function<bool(std::uint64_t done)> progress = {};
};

/// A model against the floor.
struct Evaluation {
  EvaluatedData data;
  ModelFile model = {};
  ScoreTarget target = ScoreTarget::tokens;
  std::uint64_t first_position = 0;
  Excess excess{false, 0};
  double rounding_bits = 0;  ///< by how much the mean loss may be off

  /// Whether the mean loss is below the floor by more than chance and rounding can explain: in
  /// every resample of the sequences. No model that sees only what comes before can be.
  bool is_below_floor() const;

  /// The mean excess in the model's unit; none without targets.
  std::optional<MeanInterval> mean_excess() const;
};

/// Reads the data and the model's numbers once, in constant memory. Fails (usage) if the config has
/// no exact law, with the reason; (data) if the data is not what its config makes, or the model's
/// numbers do not fit it, with the place; (io); (cancelled).
Result<Evaluation> evaluate(const Generator& generator, const EvaluatedData& data,
                            const EvaluateOptions& options);

/// {"split", "first_sequence", "sequences", "files", "model", "unit", "target", "first_position",
/// then what `Excess::report` gives, "below_floor", "confidence", "resamples"}.
Json to_json(const Evaluation& evaluation);

}  // namespace synthgen
