#pragma once

#include "synthgen/analyze/measure.hpp"
#include "synthgen/analyze/measures/diversity.hpp"

namespace synthgen {

/// `duplicate_share`: the share of sequences that have an equal one before them.
class DuplicatesAccumulator final : public DiversityAccumulator {
 public:
  using DiversityAccumulator::DiversityAccumulator;
  void report(ReportSections& sections) const override;
};

extern const MeasureEntry duplicates_entry;

}  // namespace synthgen
