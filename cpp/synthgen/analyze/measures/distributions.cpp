#include "synthgen/analyze/measures/distributions.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace synthgen {
namespace {

/// The key with only its leading bits: the smallest of those that are counted together.
std::uint64_t leading_bits(std::uint64_t key) noexcept {
  constexpr int kept = 13;
  const int dropped = std::max(0, static_cast<int>(std::bit_width(key)) - kept);
  return key >> dropped << dropped;
}

/// `distributions`: count, mean, standard deviation, extremes, quantiles and a histogram of the
/// sequences' lengths, entropies and coherences. Sequences for which a measure is not defined are
/// left out, so that the mean is the report's; the entropy of an empty sequence is 0. (The group
/// `lz_complexity` adds its own distribution.)
class DistributionsAccumulator final : public Accumulator {
 public:
  explicit DistributionsAccumulator(const AnalysisOptions&) {}

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

 private:
  ValueDistribution lengths_{0};
  ValueDistribution entropies_{32};
  ValueDistribution local_{32};
  ValueDistribution global_{32};
};

Json moments_and_quantiles(const Json& distributions, unsigned) {
  Json numbers;
  for (const auto& [name, distribution] : distributions.items()) {
    for (const char* const key : {"mean", "sd", "quantiles"}) {
      numbers[name][key] = distribution.at(key);
    }
  }
  return numbers;
}

constexpr std::array distributions_measures{
    MeasureInfo{
        .name = "distributions",
        .formula =
            "of length, entropy, local_coherence and global_coherence of the sequences that "
            "their means are over, and of lz_complexity if that is measured: mean, sd (over "
            "n), quantiles q (smallest value that at least a share q does not exceed), "
            "histogram of 20 equal bins; values to 2^-32, and to one part in 2^12 of them in "
            "quantiles and histogram if more than 32768 differ",
        .range = "as the measures",
        .source = "synthgen",
        .kind = ValueKind::distributions,
        .predicted = &moments_and_quantiles},
};

}  // namespace

double ValueDistribution::value_of(Key key) const noexcept {
  return std::ldexp(static_cast<double>(key), -static_cast<int>(fraction_bits_));
}

void ValueDistribution::coarsen() {
  coarse_ = true;
  std::map<Key, std::uint64_t> coarse;
  for (const auto& [key, count] : counts_) coarse[leading_bits(key)] += count;
  counts_ = std::move(coarse);
}

void ValueDistribution::add(double value) {
  const Key key =
      static_cast<Key>(std::floor(std::ldexp(value, static_cast<int>(fraction_bits_)) + 0.5));
  ++count_;
  least_ = std::min(least_, key);
  most_ = std::max(most_, key);
  sum_ += static_cast<Int128>(key);
  sum_of_squares_ += static_cast<Int128>(key) * static_cast<Int128>(key);
  ++counts_[coarse_ ? leading_bits(key) : key];
  if (!coarse_ && counts_.size() > most_different) coarsen();
}

void ValueDistribution::merge(const ValueDistribution& other) {
  if (other.coarse_ && !coarse_) coarsen();
  for (const auto& [key, count] : other.counts_)
    counts_[coarse_ ? leading_bits(key) : key] += count;
  count_ += other.count_;
  least_ = std::min(least_, other.least_);
  most_ = std::max(most_, other.most_);
  sum_ += other.sum_;
  sum_of_squares_ += other.sum_of_squares_;
  if (!coarse_ && counts_.size() > most_different) coarsen();
}

void ValueDistribution::exchange(StateArchive& archive) {
  archive(coarse_, counts_, count_, least_, most_, sum_, sum_of_squares_);
  if (!archive.reads()) return;
  constexpr Key largest = Key{1} << 40;
  std::uint64_t counted = 0;
  bool sound = count_ < largest && (count_ == 0 || (least_ <= most_ && most_ <= largest));
  for (const auto& [key, count] : counts_) {
    sound = sound && key <= most_ && count <= count_;
    counted += count;
  }
  const auto n = static_cast<Int128>(count_);
  const auto most = static_cast<Int128>(most_);
  sound = sound && counted == count_ && sum_ >= 0 && sum_ <= n * most && sum_of_squares_ >= 0 &&
          sum_of_squares_ <= n * most * most;
  if (sound && !archive.malformed()) return;
  archive.refuse();
  *this = ValueDistribution(fraction_bits_);
}

double ValueDistribution::mean() const noexcept {
  return std::ldexp(static_cast<double>(sum_), -static_cast<int>(fraction_bits_)) /
         static_cast<double>(count_);
}

double ValueDistribution::standard_deviation() const noexcept {
  // In integers about the mean's whole part m, so that nothing cancels: with Σk = n·m + r,
  // Σ(k − m)² = Σk² − m·(Σk + r), which is r²/n more than about the mean itself.
  const auto n = static_cast<Int128>(count_);
  const Int128 whole = sum_ / n;
  const Int128 rest = sum_ - whole * n;
  const Int128 about_whole = sum_of_squares_ - whole * (sum_ + rest);
  const auto r = static_cast<double>(rest);
  const auto total = static_cast<double>(count_);
  const double variance = (static_cast<double>(about_whole) - r / total * r) / total;
  return std::ldexp(std::sqrt(std::max(0.0, variance)), -static_cast<int>(fraction_bits_));
}

double ValueDistribution::quantile(double share) const {
  const double wanted = share * static_cast<double>(count_);
  std::uint64_t seen = 0;
  for (const auto& [key, count] : counts_) {
    seen += count;
    if (static_cast<double>(seen) >= wanted) return value_of(std::max(key, least_));
  }
  return value_of(most_);
}

Json ValueDistribution::histogram() const {
  constexpr std::size_t most_bins = 20;
  const std::size_t bins = least_ == most_ ? 1 : most_bins;
  const double least = value_of(least_);
  const double width = (value_of(most_) - least) / static_cast<double>(bins);
  std::vector<double> edges;
  for (std::size_t i = 0; i < bins; ++i) edges.push_back(least + static_cast<double>(i) * width);
  edges.push_back(value_of(most_));
  std::vector<std::uint64_t> counts(bins);
  for (const auto& [key, count] : counts_) {
    const double value = value_of(std::max(key, least_));
    const auto above = std::upper_bound(edges.begin() + 1, edges.end() - 1, value);
    counts[static_cast<std::size_t>(above - edges.begin() - 1)] += count;
  }
  return {{"edges", edges}, {"counts", counts}};
}

Json ValueDistribution::report() const {
  Json quantiles = Json::object();
  constexpr std::array<std::pair<const char*, double>, 5> shares{
      {{"0.05", 0.05}, {"0.25", 0.25}, {"0.5", 0.5}, {"0.75", 0.75}, {"0.95", 0.95}}};
  for (const auto& [name, share] : shares) {
    quantiles[name] = count_ == 0 ? Json() : Json(quantile(share));
  }
  const bool none = count_ == 0;
  return {{"count", count_},
          {"mean", none ? Json() : Json(mean())},
          {"sd", none ? Json() : Json(standard_deviation())},
          {"min", none ? Json() : Json(value_of(least_))},
          {"max", none ? Json() : Json(value_of(most_))},
          {"quantiles", std::move(quantiles)},
          {"histogram",
           none ? Json{{"edges", Json::array()}, {"counts", Json::array()}} : histogram()}};
}

void ValueDistribution::report(const char* name, ReportSections& sections) const {
  sections.details["distributions"][name] = report();
  if (coarse_) sections.error_bounds["distributions"][name] = {{"relative", 1.0 / 4096}};
}

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

extern const MeasureEntry distributions_entry;
const MeasureEntry distributions_entry{"distributions", distributions_measures,
                                       &make_accumulator<DistributionsAccumulator>, false,
                                       InPage::of_files};

}  // namespace synthgen
