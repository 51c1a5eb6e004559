#pragma once

#include "synthgen/analyze/measure.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/generate/generator.hpp"

#include <functional>
#include <string>
#include <vector>

namespace synthgen {

/// How other sequences of a generator are measured.
struct SimulationOptions {
  AnalysisOptions analysis = {};  ///< those of the dataset, whose estimates have the same bias then
  unsigned threads = 1;
  /// Told from time to time how many of how many sequences are measured.
  std::function<void(double done, double total)> progress = {};
};

/// What other sequences of the same generator show, whose indices no dataset reaches: for each
/// named measure {"value", "standard_error", "formula"}.
///
/// Means over sequences come from 16 samples of 16 or more sequences with 2^18 tokens in all, where
/// splits are made alike and that is less than two datasets. Everything else comes from 2 to 16
/// whole datasets of `sequences` sequences each, 2^21 tokens in all or what two have: what depends
/// on how many sequences there are, ratios of sums over sequences of different lengths, and
/// `lz_complexity` beside its distribution.
///
/// `value` has the form of the measure: a number; for `lag_equality` a list by lag, for `rep_n` and
/// `distinct_n` an object by n, for `mutual_information` {"bits", "baseline"}, for `distributions`
/// by measure {"mean", "sd", "quantiles"}, for `overlap` as in the report, for `length_histogram`
/// counts by length, for `token_distribution` and `pattern_detection` the counts of the commonest,
/// largest first. `standard_error` has the same form.
///
/// What is no measure is left out, and everything from datasets where they cannot be measured, as
/// when the disk is full.
Json simulated_measures(const Generator& generator, const Generator::SequenceCounts& sequences,
                        const std::vector<std::string>& names,
                        const SimulationOptions& options = {});

}  // namespace synthgen
