#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/random/dirichlet.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

// The machines of the hmm family once more, as matrices of numbers, and the laws that follow from
// them. Nothing here comes from the family; the rows of random machines come from Dirichlet draws
// that have tests of their own.

namespace synthgen::testing {

/// T[x][i][j]: the weight with which state i emits x and moves to state j.
using Matrices = std::vector<std::vector<std::vector<double>>>;

inline Matrices mess3_matrices(double x, double a) {
  const double b = (1 - a) / 2;
  const double y = 1 - 2 * x;
  return {{{a * y, b * x, b * x}, {a * x, b * y, b * x}, {a * x, b * x, b * y}},
          {{b * y, a * x, b * x}, {b * x, a * y, b * x}, {b * x, a * x, b * y}},
          {{b * y, b * x, a * x}, {b * x, b * y, a * x}, {b * x, b * x, a * y}}};
}

inline Matrices days_matrices() {
  Matrices days(11, std::vector<std::vector<double>>(7, std::vector<double>(7)));
  for (std::size_t i = 0; i < 7; ++i) {
    for (std::size_t day = 0; day < 7; ++day) days[day][i][day] = day == (i + 1) % 7 ? 5 : 1;
    days[7][i][(i + 1) % 7] = 1;
    days[8][i][(i + 6) % 7] = 1;
    days[9][i][5] = days[9][i][6] = 1.0 / 2;
    for (std::size_t day = 0; day < 5; ++day) days[10][i][day] = 1.0 / 5;
  }
  return days;
}

inline Matrices named_matrices(const std::string& name, double p, double q, double x, double a) {
  if (name == "mess3") return mess3_matrices(x, a);
  if (name == "days_of_week") return days_matrices();
  if (name == "coin") return {{{p}}, {{1 - p}}};
  if (name == "zero_one_random") {
    return {{{0, 1, 0}, {0, 0, 0}, {1 - p, 0, 0}}, {{0, 0, 0}, {0, 0, 1}, {p, 0, 0}}};
  }
  if (name == "even_ones") return {{{1 - p, 0}, {0, 0}}, {{0, p}, {1, 0}}};
  if (name == "no_consecutive_ones") return {{{1 - p, 0}, {1, 0}}, {{0, p}, {0, 0}}};
  if (name == "sns") return {{{1 - p, p}, {0, 1 - q}}, {{0, 0}, {q, 0}}};
  // rrxor: S, after 0, after 1, T, F
  return {{{0, p, 0, 0, 0}, {0, 0, 0, 0, q}, {0, 0, 0, q, 0}, {0, 0, 0, 0, 0}, {1, 0, 0, 0, 0}},
          {{0, 0, 1 - p, 0, 0},
           {0, 0, 0, 1 - q, 0},
           {0, 0, 0, 0, 1 - q},
           {1, 0, 0, 0, 0},
           {0, 0, 0, 0, 0}}};
}

/// Weights as probabilities in multiples of 2^−32: the difference of rounded sums.
inline std::vector<double> rounded_law(const std::vector<double>& weights) {
  double largest = 0;
  double total = 0;
  for (const double weight : weights) largest = std::max(largest, weight);
  for (const double weight : weights) total += weight / largest;
  std::vector<double> law;
  double sum = 0;
  double below = 0;
  for (const double weight : weights) {
    sum += weight / largest;
    const double bound = std::floor(sum / total * 4294967296.0 + 0.5) / 4294967296.0;
    law.push_back(bound - below);
    below = bound;
  }
  return law;
}

/// A machine, or several side by side.
struct ReferenceMachine {
  struct Outcome {
    std::uint32_t symbol = 0;
    std::uint32_t next = 0;
    double probability = 0;
  };
  std::uint32_t symbols = 0;
  std::vector<std::vector<Outcome>> states;
  std::vector<double> start;

  /// What a word of 32 bits decides in a state.
  const Outcome& outcome(std::uint32_t state, std::uint32_t word) const {
    double below = 0;
    for (const Outcome& each : states.at(state)) {
      below += each.probability * 4294967296.0;
      if (word < below) return each;
    }
    return states.at(state).back();
  }

  void add(const Matrices& matrices, double weight, const std::vector<double>& given,
           const std::vector<std::uint32_t>& ids) {
    const std::size_t size = matrices[0].size();
    const auto offset = static_cast<std::uint32_t>(states.size());
    std::vector<std::vector<double>> moves(size, std::vector<double>(size));
    for (std::size_t i = 0; i < size; ++i) {
      std::vector<double> weights;
      std::vector<Outcome>& outcomes = states.emplace_back();
      for (std::uint32_t x = 0; x < matrices.size(); ++x) {
        const std::uint32_t id = ids.empty() ? x : ids[x];
        symbols = std::max(symbols, id + 1);
        for (std::uint32_t j = 0; j < size; ++j) {
          if (matrices[x][i][j] == 0) continue;
          weights.push_back(matrices[x][i][j]);
          outcomes.push_back({id, offset + j, 0});
        }
      }
      const std::vector<double> law = rounded_law(weights);
      for (std::size_t k = 0; k < law.size(); ++k) {
        outcomes[k].probability = law[k];
        moves[i][outcomes[k].next - offset] += law[k];
      }
    }
    double total = 0;
    for (const double each : given) total += each;
    const std::vector<double> law = given.empty() ? stationary(moves) : given;
    for (const double each : law) start.push_back(weight * each / (given.empty() ? 1 : total));
  }

 private:
  /// By steps of a chain that stays where it is with probability 1/2, which has no period.
  static std::vector<double> stationary(const std::vector<std::vector<double>>& moves) {
    std::vector<double> law(moves.size(), 1.0 / static_cast<double>(moves.size()));
    for (int step = 0; step < 20000; ++step) {
      std::vector<double> next(law.size());
      for (std::size_t i = 0; i < law.size(); ++i) {
        next[i] += law[i] / 2;
        for (std::size_t j = 0; j < law.size(); ++j) next[j] += law[i] * moves[i][j] / 2;
      }
      double change = 0;
      for (std::size_t i = 0; i < law.size(); ++i) change += std::fabs(next[i] - law[i]);
      law = next;
      if (change < 1e-17) break;
    }
    double total = 0;
    for (const double each : law) total += each;
    for (double& each : law) each /= total;
    return law;
  }
};

inline Matrices matrices_of(const Config& config, const std::string& name, const Json& given,
                            double p, double q, double x, double a) {
  if (name == "given") return given.get<Matrices>();
  if (name != "random") return named_matrices(name, p, q, x, a);
  const auto size = static_cast<std::uint32_t>(config.machine_states);
  const auto symbols = static_cast<std::uint32_t>(config.machine_symbols);
  const DirichletRows rows(size * symbols, config.dirichlet_alpha);
  const WordStream words({static_cast<std::uint64_t>(config.seed), Split::train, 0}, Substream{24});
  Matrices matrices(symbols, std::vector<std::vector<double>>(size, std::vector<double>(size)));
  for (std::uint32_t i = 0; i < size; ++i) {
    const std::vector<double> row = rows.draw(words, i);
    for (std::uint32_t k = 0; k < row.size(); ++k) matrices[k / size][i][k % size] = row[k];
  }
  return matrices;
}

/// The machine of an hmm config.
inline ReferenceMachine reference_machine(const Config& config) {
  ReferenceMachine machine;
  const auto given = [](const Json& weights) {
    return weights.is_null() ? std::vector<double>() : weights.get<std::vector<double>>();
  };
  if (config.machine == "mixture") {
    for (const Json& entry : config.machines) {
      machine.add(
          matrices_of(config, entry.value("machine", "given"), entry.value("transitions", Json()),
                      entry.value("p", config.machine_p), entry.value("q", config.machine_q),
                      entry.value("x", config.machine_x), entry.value("a", config.machine_a)),
          entry.value("weight", 1.0), given(entry.value("initial_states", Json())),
          entry.value("ids", std::vector<std::uint32_t>()));
    }
  } else {
    machine.add(matrices_of(config, config.machine, config.transitions, config.machine_p,
                            config.machine_q, config.machine_x, config.machine_a),
                1, given(config.initial_states), {});
  }
  machine.start = rounded_law(machine.start);
  return machine;
}

/// Σ −log2 P(x_t | x_<t) of tokens, by the forward algorithm with noise as a second draw.
inline double reference_predictive_bits(const ReferenceMachine& machine, double noise,
                                        std::span<const std::uint32_t> tokens) {
  std::vector<double> belief = machine.start;
  double bits = 0;
  for (const std::uint32_t token : tokens) {
    std::vector<double> next(belief.size());
    double total = 0;
    for (std::size_t i = 0; i < belief.size(); ++i) {
      for (const auto& outcome : machine.states[i]) {
        const double seen = (outcome.symbol == token ? 1 - noise : 0) + noise / machine.symbols;
        next[outcome.next] += belief[i] * outcome.probability * seen;
      }
    }
    for (const double each : next) total += each;
    bits -= std::log2(total);
    for (double& each : next) each /= total;
    belief = next;
  }
  return bits;
}

}  // namespace synthgen::testing
