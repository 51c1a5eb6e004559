#include "synthgen/analyze/diversity.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

constexpr std::array diversity_measures{
    MeasureInfo{"sequence_diversity", "", "different sequences / sequences", "0 to 1",
                "definition"},
};

}  // namespace

void DiversityAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) distinct_.add(batch.content(i));
  count_ += batch.size();
}

void DiversityAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const DiversityAccumulator&>(other);
  distinct_.merge(from.distinct_);
  count_ += from.count_;
}

std::optional<double> DiversityAccumulator::sequence_diversity() const {
  const Result<std::uint64_t> distinct = distinct_.count();
  return distinct ? share_of(*distinct) : std::nullopt;
}

std::optional<double> DiversityAccumulator::share_of(std::uint64_t distinct) const noexcept {
  if (count_ == 0) return std::nullopt;
  return static_cast<double>(std::min(distinct, count_)) / static_cast<double>(count_);
}

void DiversityAccumulator::report(ReportSections& sections) const {
  const Result<std::uint64_t> distinct = distinct_.count();
  if (!distinct) {
    sections.failure = distinct.error();
    return;
  }
  sections.numbers["sequence_diversity"] = or_null(share_of(*distinct));
  if (const double error = distinct_.relative_error(); error > 0) {
    sections.error_bounds["sequence_diversity"] = {{"relative_standard_error", error}};
  }
}

void DiversityAccumulator::exchange(StateArchive& archive) {
  archive(distinct_, count_);
}

const MeasureEntry diversity_entry{
    "diversity",
    diversity_measures,
    &make_accumulator<DiversityAccumulator>,
    true,
};

}  // namespace synthgen
