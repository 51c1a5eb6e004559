#include "synthgen/analyze/measures/duplicates.hpp"

#include <array>

namespace synthgen {
namespace {

constexpr std::array duplicates_measures{
    MeasureInfo{"duplicate_share", "", "(sequences - different sequences) / sequences", "0 to 1",
                "Lee et al. 2022"},
};

}  // namespace

void DuplicatesAccumulator::report(ReportSections& sections) const {
  Json& duplicates = sections.numbers["duplicate_share"];
  const Result<std::optional<Parts>> shares = parts();
  if (!shares) {
    sections.failure = shares.error();
    return;
  }
  if (!*shares) return;
  duplicates = (*shares)->repeated;
  if (const double error = (*shares)->relative_error; error > 0) {
    sections.error_bounds["duplicate_share"] = {{"standard_error", error * (*shares)->different}};
  }
}

const MeasureEntry duplicates_entry{"duplicate_share", duplicates_measures,
                                    &make_accumulator<DuplicatesAccumulator>, false};

}  // namespace synthgen
