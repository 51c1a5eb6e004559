#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "support/reference_structure.hpp"

namespace synthgen::testing {

using Tokens = std::vector<std::uint32_t>;

/// Goes through every combination of draws that the origins leave open: calls `use(probability)`
/// with each in `tokens`, which is empty before and after. A draw comes from its band with
/// probability `weight`.
template <class Use>
void for_draws(const ContentLaw& law, double weight, const std::vector<Origin>& origins, double p,
               Tokens& tokens, const Use& use) {
  if (p == 0) return;
  if (tokens.size() == origins.size()) {
    use(p);
    return;
  }
  const Origin& origin = origins[tokens.size()];
  const auto take = [&](std::uint32_t id, double of_id) {
    tokens.push_back(id);
    for_draws(law, weight, origins, p * of_id, tokens, use);
    tokens.pop_back();
  };
  const auto draw = [&](std::optional<std::uint32_t> excluded) {
    const Band all{0, law.size()};
    const bool only_excluded = excluded && law.probability(*excluded, origin.band) == 1;
    const Band band = weight == 0 || only_excluded ? all : origin.band;
    const auto others = [&](const Band& ranks) {
      double sum = 0;
      for (std::uint32_t i = 0; i < ranks.size; ++i) {
        const std::uint32_t rank = ranks.first + i;
        if (rank != excluded) sum += law.probability(rank, ranks);
      }
      return sum;
    };
    for (std::uint32_t rank = 0; rank < law.size(); ++rank) {
      if (rank == excluded) continue;
      take(law.id(rank), weight * law.probability(rank, band) / others(band) +
                             (1 - weight) * law.probability(rank, all) / others(all));
    }
  };
  switch (origin.kind) {
    case Origin::Kind::literal:
      return take(origin.id, 1);
    case Origin::Kind::range:
      for (std::uint32_t i = 0; i < origin.band.size; ++i) {
        take(origin.band.first + i, 1.0 / origin.band.size);
      }
      return;
    case Origin::Kind::copy:
      return take(tokens.at(origin.source), 1);
    case Origin::Kind::next: {
      const std::uint32_t before = law.rank(tokens.at(origin.source));
      if (!origin.band.contains(before)) return draw({});
      const std::uint32_t next = before + 1;
      return take(law.id(origin.band.contains(next) ? next : origin.band.first), 1);
    }
    case Origin::Kind::other:
      return draw(law.rank(tokens.at(origin.source)));
    default:
      return draw({});
  }
}

}  // namespace synthgen::testing
