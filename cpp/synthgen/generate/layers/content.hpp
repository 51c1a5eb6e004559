#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/random/token_sampler.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace synthgen {

/// Ids that are not content: all below `below`, and others above them.
struct ReservedIds {
  ReservedIds() = default;
  /// These ids, which are different from one another.
  ReservedIds(std::vector<std::uint32_t> ids, std::uint32_t below = 0);

  std::size_t size() const noexcept { return below + others.size(); }

  std::uint32_t below = 0;
  std::vector<std::uint32_t> others;  ///< ascending
};

/// The content distribution of a config: which ids are content and how likely each is. Families
/// draw ranks (positions among the content ids in ascending order), do their arithmetic on ranks,
/// and turn ranks into ids at the end.
class Content {
 public:
  /// All ids of the vocabulary but the `reserved` ones.
  explicit Content(const Config& config, ReservedIds reserved = {});

  const TokenSampler& sampler() const noexcept { return sampler_; }
  /// Number of content ids.
  std::uint32_t size() const noexcept { return sampler_.size(); }

  /// The smallest content id if the others follow it without a gap; then an id is that one plus
  /// its rank.
  std::optional<std::uint32_t> first_id() const noexcept {
    return reserved_.others.empty() ? std::optional(reserved_.below) : std::nullopt;
  }

  /// The id with that rank.
  std::uint32_t id(std::uint32_t rank) const noexcept;
  /// The rank of a content id.
  std::uint32_t rank(std::uint32_t id) const noexcept {
    return reserved_.size() == 0 ? id : rank_among_reserved(id);
  }
  bool is_content(std::uint32_t id) const noexcept;

  /// 0 for a reserved id.
  double probability_of_id(std::uint32_t id) const noexcept {
    return is_content(id) ? sampler_.probability(rank(id)) : 0;
  }

  /// Turns ranks into ids, in place.
  void ranks_to_ids(std::span<std::uint32_t> tokens) const noexcept;

 private:
  std::uint32_t rank_among_reserved(std::uint32_t id) const noexcept;

  ReservedIds reserved_;
  /// Rank of the first content id above reserved_.others[i].
  std::vector<std::uint32_t> rank_above_;
  TokenSampler sampler_;
};

}  // namespace synthgen
