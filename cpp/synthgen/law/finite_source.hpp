#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace synthgen {

/// A source of symbols with finitely many hidden states: in each step the state emits a symbol and
/// moves to a state, both by one draw. Also called an emission-labelled hidden Markov model.
class FiniteSource {
 public:
  /// State `from` emits `symbol` and moves to `to` with that probability.
  struct Transition {
    std::uint32_t symbol = 0;
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    double probability = 0;
  };

  /// State `from` moves to a known state with that probability.
  struct Arrival {
    std::uint32_t from = 0;
    double probability = 0;
  };

  /// `start` has the probability of each state at the first symbol. Transitions differ in symbol,
  /// from or to; those of one state have the sum 1.
  FiniteSource(std::vector<double> start, std::uint32_t symbols,
               std::vector<Transition> transitions);

  std::uint32_t states() const noexcept { return static_cast<std::uint32_t>(start_.size()); }
  std::uint32_t symbols() const noexcept { return symbols_; }
  const std::vector<double>& start() const noexcept { return start_; }
  /// All transitions, ascending by symbol, from, to.
  std::span<const Transition> transitions() const noexcept { return transitions_; }
  /// Those that emit one symbol.
  std::span<const Transition> transitions(std::uint32_t symbol) const noexcept {
    return std::span(transitions_).subspan(first_[symbol], first_[symbol + 1] - first_[symbol]);
  }
  /// Those that emit one symbol and move to one state, ascending by from.
  std::span<const Arrival> arrivals(std::uint32_t symbol, std::uint32_t to) const noexcept {
    const std::size_t place = std::size_t{symbol} * start_.size() + to;
    return {arrivals_.data() + first_arrival_[place], arrivals_.data() + first_arrival_[place + 1]};
  }
  /// The probability of each symbol in a state.
  std::span<const double> emission(std::uint32_t state) const noexcept {
    return std::span(emission_).subspan(std::size_t{state} * symbols_, symbols_);
  }

  /// The source as it looks when each symbol is replaced, with probability `noise`, by an
  /// independent one that is uniform on the symbols.
  FiniteSource with_noise(double noise) const;

  /// The same transitions from another start.
  FiniteSource from_start(std::vector<double> start) const;

  /// The law of the next state given the law of this one, whatever was emitted.
  std::vector<double> next_law(std::span<const double> law) const;

  /// Whether a state and the symbol that it emits always determine the next state.
  bool is_unifilar() const;

 private:
  std::vector<double> start_;
  std::uint32_t symbols_;
  std::vector<Transition> transitions_;
  std::vector<std::size_t> first_;          ///< per symbol, and the number of transitions
  std::vector<Arrival> arrivals_;           ///< ascending by symbol, to, from
  std::vector<std::size_t> first_arrival_;  ///< per symbol and state, and their number
  std::vector<double> emission_;            ///< states × symbols
};

/// The stationary distribution of a chain on states 0 … size − 1 with these transition weights
/// (symbols are ignored), by the elimination of Grassmann, Taksar and Heyman ("Regenerative
/// Analysis and Steady State Distributions for Markov Chains", Operations Research 33, 1985), which
/// subtracts nothing and so loses no digits. Four operations only: the same everywhere. Empty if
/// the chain has several closed classes, which each have their own.
std::vector<double> stationary_distribution(std::size_t size,
                                            std::span<const FiniteSource::Transition> transitions);

}  // namespace synthgen
