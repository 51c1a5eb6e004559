#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/generate/registry.hpp"
#include "synthgen/random/token_sampler.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <string_view>
#include <vector>

#include "support/reference_machine.hpp"

namespace synthgen::testing {

/// The law of the content ids, spelled out from the design: all ids but the condition tokens (the
/// symbols of a machine or chain), each as likely as any other, or p(r) ∝ (r + 1)^−s over their
/// ranks r, rounded to multiples of 1 / (size·2^32).
class ContentLaw {
 public:
  explicit ContentLaw(const Config& config) {
    const std::string_view family = family_of(config).name;
    if (family == "conditional" || family == "composed") {
      for (const std::int64_t id : config.condition_tokens) condition_tokens_.push_back(id);
      const std::set<std::int64_t> listed(condition_tokens_.begin(), condition_tokens_.end());
      for (std::int64_t id = 0;
           static_cast<std::int64_t>(condition_tokens_.size()) < config.num_conditions; ++id) {
        if (!listed.contains(id)) condition_tokens_.push_back(id);
      }
    }
    reserved_ = condition_tokens_;
    std::sort(reserved_.begin(), reserved_.end());
    size_ = config.vocab_size - static_cast<std::int64_t>(reserved_.size());
    if (family == "hmm") size_ = reference_machine(config).symbols;
    if (family == "markov") size_ = config.markov_symbols;
    if (config.vocab_distribution == "zipf") tabulate(config.zipf_exponent);
  }

  /// Number of content ids.
  std::uint32_t size() const { return static_cast<std::uint32_t>(size_); }
  /// The ids of the conditions 0 … K − 1.
  const std::vector<std::int64_t>& condition_tokens() const { return condition_tokens_; }

  bool is_content(std::uint32_t id) const {
    return !std::binary_search(reserved_.begin(), reserved_.end(), std::int64_t{id});
  }
  std::uint32_t rank(std::uint32_t id) const {
    const auto above = std::upper_bound(reserved_.begin(), reserved_.end(), std::int64_t{id});
    return id - static_cast<std::uint32_t>(above - reserved_.begin());
  }
  std::uint32_t id(std::uint32_t rank) const {
    std::int64_t id = rank;
    for (const std::int64_t reserved : reserved_) id += reserved <= id ? 1 : 0;
    return static_cast<std::uint32_t>(id);
  }

  /// The probability of a rank.
  double probability(std::uint32_t rank) const { return mass({rank, 1}); }
  /// The probability of a band of ranks.
  double mass(const Band& band) const {
    if (below_.empty()) return static_cast<double>(band.size) / static_cast<double>(size_);
    return (below_[band.first + band.size] - below_[band.first]) / below_.back();
  }
  /// The probability of a rank given that it lies in a band; uniform where the band has none.
  double probability(std::uint32_t rank, const Band& band) const {
    if (rank < band.first || rank - band.first >= band.size) return 0;
    const double all = mass(band);
    return all == 0 ? 1.0 / band.size : probability(rank) / all;
  }
  /// The probabilities of all ranks.
  std::vector<double> probabilities() const {
    std::vector<double> law;
    for (std::uint32_t rank = 0; rank < size(); ++rank) law.push_back(probability(rank));
    return law;
  }

 private:
  void tabulate(double exponent) {
    double norm = 0;
    for (std::int64_t n = size_; n >= 1; --n) norm += std::pow(static_cast<double>(n), -exponent);
    const double all = static_cast<double>(size_) * 4294967296.0;
    std::vector<double> weights;
    double rest = all;
    for (std::int64_t n = 1; n <= size_; ++n) {
      weights.push_back(std::floor(std::pow(static_cast<double>(n), -exponent) / norm * all + 0.5));
      rest -= weights.back();
    }
    weights[0] += rest;
    below_.push_back(0);
    for (const double weight : weights) below_.push_back(below_.back() + weight);
  }

  std::vector<std::int64_t> condition_tokens_;
  std::vector<std::int64_t> reserved_;  ///< ascending
  std::int64_t size_ = 0;
  /// Zipf: how many units of 1 / (size·2^32) the ranks below each have, and all have; exact.
  std::vector<double> below_;
};

}  // namespace synthgen::testing
