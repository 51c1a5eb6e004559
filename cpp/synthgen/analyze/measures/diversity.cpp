#include "synthgen/analyze/measures/diversity.hpp"

#include <algorithm>
#include <array>

namespace synthgen {
namespace {

/// `duplicate_share`: the share of sequences that equal an earlier one.
class DuplicatesAccumulator final : public DiversityAccumulator {
 public:
  using DiversityAccumulator::DiversityAccumulator;
  void report(ReportSections& sections) const override;
};

constexpr std::array diversity_measures{
    MeasureInfo{.name = "sequence_diversity",
                .formula = "different sequences / sequences",
                .range = "0 to 1",
                .source = "definition",
                .section = Section::quality,
                .listed = Listed::always},
};
constexpr std::array duplicates_measures{
    MeasureInfo{.name = "duplicate_share",
                .formula = "(sequences - different sequences) / sequences",
                .range = "0 to 1",
                .source = "Lee et al. 2022",
                .section = Section::quality,
                .listed = Listed::if_measured},
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

void DiversityAccumulator::exchange(StateArchive& archive) {
  archive(distinct_, count_);
}

Result<std::optional<DiversityAccumulator::Parts>> DiversityAccumulator::parts() const {
  if (count_ == 0) return std::nullopt;
  const Result<DistinctSequences::Count> distinct = distinct_.count();
  if (!distinct) return tl::unexpected(distinct.error());
  const std::uint64_t different = std::min(distinct->value, count_);
  const auto share = [&](std::uint64_t part) {
    return static_cast<double>(part) / static_cast<double>(count_);
  };
  return Parts{share(different), share(count_ - different), distinct->relative_error};
}

std::optional<double> SequenceDiversityAccumulator::sequence_diversity() const {
  const Result<std::optional<Parts>> shares = parts();
  return shares && *shares ? std::optional((*shares)->different) : std::nullopt;
}

void SequenceDiversityAccumulator::report(ReportSections& sections) const {
  Json& diversity = sections.numbers["sequence_diversity"];
  const Result<std::optional<Parts>> shares = parts();
  if (!shares) {
    sections.failure = shares.error();
    return;
  }
  if (!*shares) return;
  diversity = (*shares)->different;
  if (const double error = (*shares)->relative_error; error > 0) {
    sections.error_bounds["sequence_diversity"] = {{"relative_standard_error", error}};
  }
}

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

extern const MeasureEntry diversity_entry;
const MeasureEntry diversity_entry{"diversity", diversity_measures,
                                   &make_accumulator<SequenceDiversityAccumulator>, true,
                                   InPage::at_once};

extern const MeasureEntry duplicates_entry;
const MeasureEntry duplicates_entry{"duplicate_share", duplicates_measures,
                                    &make_accumulator<DuplicatesAccumulator>, false,
                                    InPage::of_files};

}  // namespace synthgen
