#pragma once

#include "synthgen/law/chains/context_walk.hpp"
#include "synthgen/law/length_law.hpp"
#include "synthgen/law/predictor.hpp"

#include <unordered_map>
#include <vector>

namespace synthgen {

/// Tokens whose law depends on the tokens just before them, without noise. What a token costs
/// depends on the context; ids from the chain's number of symbols on never come.
class ChainPredictor : public Predictor {
 public:
  ChainPredictor(std::uint32_t vocab_size, const ContextWalk& walk, LengthLaw lengths)
      : Predictor(vocab_size), walk_(walk), lengths_(lengths) {}

  void reset() override {
    walk_.reset();
    position_ = 0;
    is_possible_ = true;
  }

  double probability(std::uint32_t id) const override {
    return is_possible_ && id < walk_.symbols() ? probability_in(walk_, id) : 0;
  }

  double observe(std::uint32_t id) override {
    const double p = probability(id);
    ++position_;
    is_possible_ = p > 0;
    if (!is_possible_) return 0;
    learn(walk_, id);
    walk_.push(id);
    return p;
  }

  double continuation() const override { return lengths_.continues(position_); }

 protected:
  /// P(the next token is this symbol | the tokens so far).
  virtual double probability_in(const ContextWalk& walk, std::uint32_t symbol) const = 0;
  /// Takes that symbol in its context.
  virtual void learn(const ContextWalk& walk, std::uint32_t symbol) = 0;

 private:
  ContextWalk walk_;
  LengthLaw lengths_;
  std::uint64_t position_ = 0;
  bool is_possible_ = true;
};

/// How often each symbol followed each context, and the law that follows from it under a symmetric
/// Dirichlet prior: (count + α) / (all counts of the context + k α).
class DirichletCounts {
 public:
  DirichletCounts(std::uint32_t symbols, double alpha) : symbols_(symbols), alpha_(alpha) {}

  void reset() { counts_.clear(); }

  double probability(std::uint64_t context, std::uint32_t symbol) const {
    const auto found = counts_.find(context);
    if (found == counts_.end()) return 1.0 / symbols_;
    const std::vector<std::uint32_t>& row = found->second;
    return (row[symbol] + alpha_) / (row[symbols_] + symbols_ * alpha_);
  }

  void add(std::uint64_t context, std::uint32_t symbol) {
    std::vector<std::uint32_t>& row = counts_[context];
    if (row.empty()) row.resize(std::size_t{symbols_} + 1);
    ++row[symbol];
    ++row[symbols_];
  }

 private:
  std::uint32_t symbols_;
  double alpha_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> counts_;  ///< the sum comes last
};

/// A chain whose rows are drawn for each sequence from a Dirichlet prior and whose first tokens, as
/// many as its order, are uniform: they say nothing of the chain, so that counting is exact.
class CountingPredictor final : public ChainPredictor {
 public:
  CountingPredictor(std::uint32_t vocab_size, const ContextWalk& walk, LengthLaw lengths,
                    double alpha)
      : ChainPredictor(vocab_size, walk, lengths), counts_(walk.symbols(), alpha) {}

  void reset() override {
    ChainPredictor::reset();
    counts_.reset();
  }

 protected:
  double probability_in(const ContextWalk& walk, std::uint32_t symbol) const override {
    return walk.is_full() ? counts_.probability(walk.node(), symbol) : 1.0 / walk.symbols();
  }
  void learn(const ContextWalk& walk, std::uint32_t symbol) override {
    if (walk.is_full()) counts_.add(walk.node(), symbol);
  }

 private:
  DirichletCounts counts_;
};

}  // namespace synthgen
