#pragma once

#include "synthgen/law/chains/chain_predictors.hpp"

#include <unordered_map>
#include <vector>

namespace synthgen {

/// A tree of contexts: the path from the root goes by the last token, the one before it and so on.
/// Nodes are numbered by depth and then by the digits of their path, the last token first.
struct ContextTreeNodes {
  /// The number of the node at each depth 0 … order on the path of a context.
  static std::vector<std::uint64_t> path(const ContextWalk& walk);
};

/// The exact law of tokens from a random context tree with random leaves: context-tree weighting
/// (Willems, Shtarkov, Tjalkens, "The Context-Tree Weighting Method: Basic Properties", IEEE Trans.
/// Inf. Theory 41, 1995). Each node above the largest depth is divided with probability
/// `branching`; each leaf has a Dirichlet row. The first tokens, as many as that depth, are
/// uniform.
class ContextTreePredictor final : public ChainPredictor {
 public:
  ContextTreePredictor(std::uint32_t vocab_size, const ContextWalk& walk, LengthLaw lengths,
                       double alpha, double branching)
      : ChainPredictor(vocab_size, walk, lengths),

        branching_(branching),
        counts_(walk.symbols(), alpha) {}

  void reset() override {
    ChainPredictor::reset();
    counts_.reset();
    odds_.clear();
  }

 protected:
  double probability_in(const ContextWalk& walk, std::uint32_t symbol) const override;
  void learn(const ContextWalk& walk, std::uint32_t symbol) override;

 private:
  /// A positive number beyond the range of a double: fraction · 2^exponent.
  struct Odds {
    double fraction = 0;
    std::int64_t exponent = 0;
  };
  /// The posterior probability that a node is a leaf.
  double leaf_weight(std::uint64_t node) const;
  /// The law of the symbol below each depth of a path: entry d for the node at depth d.
  std::vector<double> mixed(const std::vector<std::uint64_t>& path, std::uint32_t symbol) const;

  double branching_;
  DirichletCounts counts_;
  /// For each node that was seen, P(it is a leaf | tokens) : P(it is divided | tokens).
  std::unordered_map<std::uint64_t, Odds> odds_;
};

}  // namespace synthgen
