#pragma once

#include "synthgen/analyze/measure.hpp"
#include "synthgen/config/json.hpp"
#include "synthgen/generate/generator.hpp"

#include <functional>
#include <string>
#include <vector>

namespace synthgen {

/// Options of a simulation.
struct SimulationOptions {
  AnalysisOptions analysis = {};  ///< the dataset's, so that estimates have the same bias
  unsigned threads = 1;
  /// Called from time to time with the numbers of sequences measured and to measure.
  std::function<void(double done, double total)> progress = {};
};

/// Estimates from other sequences of the same generator, at indices that no dataset reaches: for
/// each named measure {"value", "standard_error", "formula"}.
///
/// Means over sequences, and ratios of sums over sequences if all have one length (`Expected` in
/// the measure's description), come from 16 samples of 16 or more sequences with 2^18 tokens in
/// all, provided the splits are made alike and that is less than two datasets. Everything else
/// comes from 2 to 16 whole datasets of `sequences` sequences each, 2^21 tokens in all or what two
/// have.
///
/// `value` has the form of the measure or of the numbers that its description predicts; for
/// `overlap` the form of the report's. `standard_error` has the same form.
///
/// Names that are no measure are left out, and so are the measures of datasets that cannot be
/// measured, e.g. because the disk is full.
Json simulated_measures(const Generator& generator, const Generator::SequenceCounts& sequences,
                        const std::vector<std::string>& names,
                        const SimulationOptions& options = {});

}  // namespace synthgen
