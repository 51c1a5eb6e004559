#include "synthgen/law/chains/context_tree.hpp"

#include <cmath>

namespace synthgen {

std::vector<std::uint64_t> ContextTreeNodes::path(const ContextWalk& walk) {
  std::vector<std::uint64_t> nodes{0};
  std::uint64_t digits = 0;
  std::uint64_t first = 0;
  std::uint64_t same_depth = 1;
  std::uint64_t rest = walk.value();
  for (std::uint32_t depth = 1; depth <= walk.order(); ++depth) {
    first += same_depth;
    same_depth *= walk.symbols();
    digits = digits * walk.symbols() + rest % walk.symbols();
    rest /= walk.symbols();
    nodes.push_back(first + digits);
  }
  return nodes;
}

double ContextTreePredictor::leaf_weight(std::uint64_t node) const {
  if (branching_ == 0) return 1;
  if (branching_ == 1) return 0;
  const auto found = odds_.find(node);
  if (found == odds_.end()) return 1 - branching_;
  constexpr std::int64_t certain = 1000;
  const auto& [fraction, exponent] = found->second;
  if (exponent > certain) return 1;
  if (exponent < -certain) return 0;
  const double odds = std::ldexp(fraction, static_cast<int>(exponent));
  return odds / (1 + odds);
}

std::vector<double> ContextTreePredictor::mixed(const std::vector<std::uint64_t>& path,
                                                std::uint32_t symbol) const {
  std::vector<double> law(path.size());
  law.back() = counts_.probability(path.back(), symbol);
  for (std::size_t depth = path.size() - 1; depth-- > 0;) {
    const double leaf = leaf_weight(path[depth]);
    law[depth] = leaf * counts_.probability(path[depth], symbol) + (1 - leaf) * law[depth + 1];
  }
  return law;
}

double ContextTreePredictor::probability_in(const ContextWalk& walk, std::uint32_t symbol) const {
  if (!walk.is_full()) return 1.0 / walk.symbols();
  return mixed(ContextTreeNodes::path(walk), symbol).front();
}

void ContextTreePredictor::learn(const ContextWalk& walk, std::uint32_t symbol) {
  if (!walk.is_full()) return;
  const std::vector<std::uint64_t> path = ContextTreeNodes::path(walk);
  const std::vector<double> law = mixed(path, symbol);
  for (std::size_t depth = 0; depth < path.size(); ++depth) {
    if (depth + 1 < path.size() && branching_ > 0 && branching_ < 1) {
      Odds& odds = odds_[path[depth]];
      if (odds.fraction == 0) odds.fraction = (1 - branching_) / branching_;
      odds.fraction *= counts_.probability(path[depth], symbol) / law[depth + 1];
      int moved = 0;
      odds.fraction = std::frexp(odds.fraction, &moved);
      odds.exponent += moved;
    }
    counts_.add(path[depth], symbol);
  }
}

}  // namespace synthgen
