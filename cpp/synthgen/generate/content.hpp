#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/random/token_sampler.hpp"

#include <cstdint>
#include <span>

namespace synthgen {

/// The content distribution of a config: which ids are content and how likely each is. Families
/// draw ranks (positions among the content ids in ascending order), do their arithmetic on ranks,
/// and turn ranks into ids at the end.
class Content {
 public:
  explicit Content(const Config& config);

  const TokenSampler& sampler() const noexcept { return sampler_; }
  /// Number of content ids.
  std::uint32_t size() const noexcept { return sampler_.size(); }

  /// The id with that rank.
  std::uint32_t id(std::uint32_t rank) const noexcept { return rank; }
  /// The rank of a content id.
  std::uint32_t rank(std::uint32_t id) const noexcept { return id; }

  double probability_of_id(std::uint32_t id) const noexcept {
    return sampler_.probability(rank(id));
  }

 private:
  TokenSampler sampler_;
};

}  // namespace synthgen
