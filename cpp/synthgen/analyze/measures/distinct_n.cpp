#include "synthgen/analyze/hashing/distinct_hashes.hpp"
#include "synthgen/analyze/measure.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace synthgen {
namespace {

/// Hashes of at most 32 bytes for each of four n that fit a quarter of the limit.
std::uint64_t most_hashes(std::uint64_t memory_limit_bytes) {
  constexpr std::uint64_t fewest = std::uint64_t{1} << 12;
  return std::max(fewest, memory_limit_bytes / 512);
}

/// The hash of an n-gram, from the hash of the n-gram without its last token.
std::uint64_t longer(std::uint64_t hash, std::uint32_t token) noexcept {
  std::uint64_t x = (hash + token + 1) * 0x9E3779B97F4A7C15;
  x = (x ^ x >> 32) * 0xD6E8FEB86659FD93;
  return x ^ x >> 29;
}

/// `distinct_n`: for n = 1 … 4 the number of different n-grams in the data over the number of all.
/// N-grams are compared by 64-bit hashes. Exact while a share of the memory limit holds those of
/// one n (2^21 by default); beyond it an estimate with a standard error.
class DistinctNAccumulator final : public Accumulator {
 public:
  static constexpr std::size_t longest = 4;

  explicit DistinctNAccumulator(const AnalysisOptions& options);

  void add(const MeasuredBatch& batch) override;
  void merge(const Accumulator& other) override;
  void report(ReportSections& sections) const override;
  void exchange(StateArchive& archive) override;

 private:
  void add(std::span<const std::uint32_t> sequence);

  std::uint64_t most_;
  std::vector<DistinctHashes> different_;     ///< by n − 1
  std::array<std::uint64_t, longest> all_{};  ///< by n − 1
  std::vector<std::uint64_t> hashes_;         ///< scratch
};

DistinctNAccumulator::DistinctNAccumulator(const AnalysisOptions& options)
    : most_(most_hashes(options.memory_limit_bytes)) {
  for (std::size_t n = 1; n <= longest; ++n) different_.emplace_back(most_);
}

void DistinctNAccumulator::add(std::span<const std::uint32_t> sequence) {
  hashes_.assign(sequence.size(), 0);  // of the n-gram that begins at each token
  for (std::size_t n = 1; n <= std::min(longest, sequence.size()); ++n) {
    hashes_.resize(sequence.size() - n + 1);
    for (std::size_t t = 0; t < hashes_.size(); ++t) {
      hashes_[t] = longer(hashes_[t], sequence[t + n - 1]);
    }
    different_[n - 1].add(hashes_);
    all_[n - 1] += hashes_.size();
  }
}

void DistinctNAccumulator::add(const MeasuredBatch& batch) {
  for (std::size_t i = 0; i < batch.size(); ++i) add(batch.content(i));
}

void DistinctNAccumulator::merge(const Accumulator& other) {
  const auto& from = static_cast<const DistinctNAccumulator&>(other);
  for (std::size_t i = 0; i < longest; ++i) {
    different_[i].merge(from.different_[i]);
    all_[i] += from.all_[i];
  }
}

void DistinctNAccumulator::report(ReportSections& sections) const {
  Json shares = Json::object();
  for (std::size_t i = 0; i < longest; ++i) {
    const std::string n = std::to_string(i + 1);
    shares[n] = Json();
    if (all_[i] == 0) continue;
    const DistinctHashes::Count different = different_[i].count();
    shares[n] = std::min(1.0, different.value / static_cast<double>(all_[i]));
    if (different.is_exact) continue;
    sections.error_bounds["distinct_n"][n] = {
        {"relative_standard_error", 1 / std::sqrt(static_cast<double>(most_))}};
  }
  sections.details["distinct_n"] = std::move(shares);
}

void DistinctNAccumulator::exchange(StateArchive& archive) {
  for (DistinctHashes& different : different_) different.exchange(archive);
  archive(all_);
}

constexpr std::array distinct_n_measures{
    MeasureInfo{.name = "distinct_n",
                .formula = "for n = 1 ... 4: different n-grams / n-grams, over all sequences",
                .range = "0 to 1",
                .source = "Li et al. 2016",
                .kind = ValueKind::by_n},
};

}  // namespace

extern const MeasureEntry distinct_n_entry;
const MeasureEntry distinct_n_entry{"distinct_n", distinct_n_measures,
                                    &make_accumulator<DistinctNAccumulator>, false, InPage::never};

}  // namespace synthgen
