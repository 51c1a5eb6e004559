#include "synthgen/analyze/measures/distributions.hpp"

#include <array>

namespace synthgen {
namespace {

constexpr std::array distributions_measures{
    MeasureInfo{"distributions", "",
                "of length, entropy, local_coherence and global_coherence of the sequences that "
                "their means are over, and of lz_complexity where that is measured: mean, sd (over "
                "n), quantiles q (smallest value that at least a share q does not exceed), "
                "histogram of 20 equal bins; values to 2^-32, and to one part in 2^12 of them in "
                "quantiles and histogram once more than 32768 differ",
                "as the measures", "synthgen"},
};

}  // namespace

void DistributionsAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) {
    lengths_.add(static_cast<double>(batch.content(i).size()));
    entropies_.add(batch.entropy_bits(i));
    if (const auto local = batch.local_coherence(i)) local_.add(*local);
    if (const auto global = batch.global_coherence(i)) global_.add(*global);
  }
}

void DistributionsAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const DistributionsAccumulator&>(other);
  lengths_.merge(from.lengths_);
  entropies_.merge(from.entropies_);
  local_.merge(from.local_);
  global_.merge(from.global_);
}

void DistributionsAccumulator::report(ReportSections& sections) const {
  lengths_.report("length", sections);
  entropies_.report("entropy", sections);
  local_.report("local_coherence", sections);
  global_.report("global_coherence", sections);
}

void DistributionsAccumulator::exchange(StateArchive& archive) {
  archive(lengths_, entropies_, local_, global_);
}

const MeasureEntry distributions_entry{"distributions", distributions_measures,
                                       &make_accumulator<DistributionsAccumulator>, false};

}  // namespace synthgen
