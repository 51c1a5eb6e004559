#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// A mean with the interval that holds it with a probability of 95 %.
struct MeanInterval {
  double mean = 0;
  std::optional<double> low;  ///< none for fewer than two sequences
  std::optional<double> high;
  /// The largest of all resampled means.
  std::optional<double> most;
};

/// What one sequence adds to a mean over targets.
struct MeanTerm {
  double sum = 0;
  std::uint64_t count = 0;
};

/// Means over the targets of all sequences, and how they vary when sequences are drawn anew: the
/// Poisson bootstrap (Hanley and MacGibbon, "Creating non-parametric bootstrap samples using
/// Poisson frequencies", 2006). Each of 1000 resamples counts a sequence as often as a Poisson
/// variable with mean 1 says, which a random word of that sequence's own decides: sequences stream
/// by once, and the intervals do not depend on how they come.
class Bootstrap {
 public:
  static constexpr std::size_t resamples = 1000;

  /// Several means, whose sequences are drawn together.
  explicit Bootstrap(std::size_t means) : means_(means) {}

  /// Adds a sequence: a term for each mean.
  void add(std::uint64_t index, std::span<const MeanTerm> terms);

  /// None without targets.
  std::optional<MeanInterval> interval(std::size_t mean) const;

 private:
  struct Mean {
    double sum = 0;
    std::uint64_t count = 0;
    std::uint64_t sequences = 0;  ///< with targets
    std::vector<double> sums = std::vector<double>(resamples);
    std::vector<double> counts = std::vector<double>(resamples);
  };

  std::vector<Mean> means_;
};

}  // namespace synthgen
