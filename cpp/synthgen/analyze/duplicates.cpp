#include "synthgen/analyze/duplicates.hpp"

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
  share = static_cast<double>(count_ - distinct_.count()) / static_cast<double>(count_);
}

void DuplicatesAccumulator::exchange(StateArchive& archive) {
  archive(distinct_, count_);
}

const MeasureEntry duplicates_entry{"duplicate_share", duplicates_measures,
                                    &make_accumulator<DuplicatesAccumulator>, false};

}  // namespace synthgen
