#include "synthgen/analyze/split_overlap.hpp"

#include <cmath>
#include <string>

namespace synthgen {
namespace {

constexpr std::size_t split_count = all_splits.size();
constexpr unsigned number_bits = 60;  // of a place; the bits above them are the split

/// Sequences, and the sum over different contents of how many have it, squared.
struct Tally {
  std::uint64_t sequences = 0;
  double squares = 0;

  void add(std::uint64_t of_one_content) {
    sequences += of_one_content;
    squares += static_cast<double>(of_one_content) * static_cast<double>(of_one_content);
  }
};

/// Standard error of the share from a sample of the contents, as of a ratio of sums over them.
double standard_error(const Tally& shared, const Tally& all, double sampled) {
  const auto size = static_cast<double>(all.sequences);
  const double share = static_cast<double>(shared.sequences) / size;
  const double residuals =
      shared.squares * (1 - share) * (1 - share) + (all.squares - shared.squares) * share * share;
  return std::sqrt(residuals * (1 - sampled)) / size;
}

}  // namespace

Result<void> SplitOverlap::add(Split split, const SequenceBatch& batch) {
  const auto place = static_cast<std::size_t>(split);
  present_[place] = present_[place] || !batch.empty();
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (batch.content(i).empty()) continue;
    const std::uint64_t number = sequences_[place]++;
    Result<void> added =
        contents_.add(batch.content(i), std::uint64_t{place} << number_bits | number);
    if (!added) return added;
  }
  return {};
}

Result<SplitOverlap::Report> SplitOverlap::report() const {
  BySplit<Tally> all{};
  BySplit<BySplit<Tally>> shared{};  // by the first of two splits, then by the second
  BySplit<std::uint64_t> equal{};    // by split, of the content at hand
  const auto count_equal = [&] {
    for (std::size_t second = 0; second < split_count; ++second) {
      all[second].add(equal[second]);
      for (std::size_t first = 0; first < second; ++first) {
        if (equal[first] > 0) shared[first][second].add(equal[second]);
      }
    }
    equal = {};
  };
  const Result<double> sampled = contents_.visit([&](std::uint64_t place, bool repeated) {
    if (!repeated) count_equal();
    ++equal[static_cast<std::size_t>(place >> number_bits)];
  });
  if (!sampled) return tl::unexpected(sampled.error());
  count_equal();
  Report report;
  for (std::size_t first = 0; first < split_count; ++first) {
    for (std::size_t second = first + 1; second < split_count; ++second) {
      if (!present_[first] || !present_[second]) continue;
      const std::string pair =
          std::string(name(all_splits[first])) + '/' + std::string(name(all_splits[second]));
      const Tally& found = shared[first][second];
      Json& entry = report.pairs[pair];
      const double sequences = std::round(static_cast<double>(found.sequences) / *sampled);
      entry["sequences"] = static_cast<std::uint64_t>(sequences);
      entry["share"] = Json();
      if (all[second].sequences == 0) continue;
      entry["share"] =
          static_cast<double>(found.sequences) / static_cast<double>(all[second].sequences);
      if (*sampled == 1) continue;
      report.error_bounds[pair] = {
          {"standard_error", standard_error(found, all[second], *sampled)}};
    }
  }
  return report;
}

}  // namespace synthgen
