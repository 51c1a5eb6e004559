#include "synthgen/analyze/duplicates.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

constexpr std::array duplicates_measures{
    MeasureInfo{"duplicate_share", "", "(sequences - different sequences) / sequences", "0 to 1",
                "Lee et al. 2022"},
};

}  // namespace

void DuplicatesAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) distinct_.add(batch.content(i));
  count_ += batch.size();
}

void DuplicatesAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const DuplicatesAccumulator&>(other);
  distinct_.merge(from.distinct_);
  count_ += from.count_;
}

void DuplicatesAccumulator::report(ReportSections& sections) const {
  Json& share = sections.numbers["duplicate_share"];
  if (count_ == 0) return;
  const Result<std::uint64_t> distinct = distinct_.count();
  if (!distinct) {
    sections.failure = distinct.error();
    return;
  }
  const std::uint64_t duplicates = count_ - std::min(*distinct, count_);
  share = static_cast<double>(duplicates) / static_cast<double>(count_);
  if (const double error = distinct_.relative_error(); error > 0) {
    sections.error_bounds["duplicate_share"] = {{"standard_error", error}};
  }
}

void DuplicatesAccumulator::exchange(StateArchive& archive) {
  archive(distinct_, count_);
}

const MeasureEntry duplicates_entry{"duplicate_share", duplicates_measures,
                                    &make_accumulator<DuplicatesAccumulator>, false};

}  // namespace synthgen
