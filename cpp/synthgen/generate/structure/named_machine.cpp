#include "synthgen/generate/structure/named_machine.hpp"

#include "synthgen/random/dirichlet.hpp"

namespace synthgen {
namespace {

using Outcome = Machine::Outcome;
using States = std::vector<std::vector<Outcome>>;

constexpr Substream machine_substream{24};

/// Three states that each prefer a symbol: the machine moves to each other state with probability x
/// and emits the symbol of the state that it moves to with probability a.
States mess3(const MachineNumbers& numbers) {
  const double stays = 1 - 2 * numbers.x;
  const double other = (1 - numbers.a) / 2;
  States states(3);
  for (std::uint32_t from = 0; from < 3; ++from) {
    for (std::uint32_t symbol = 0; symbol < 3; ++symbol) {
      for (std::uint32_t to = 0; to < 3; ++to) {
        const double moves = from == to ? stays : numbers.x;
        states[from].push_back({symbol, to, (symbol == to ? numbers.a : other) * moves});
      }
    }
  }
  return states;
}

/// Two random bits, then their exclusive or. States: start, after 0, after 1, to emit 1, to emit 0.
States rrxor(const MachineNumbers& numbers) {
  const double p = numbers.p;
  const double q = numbers.q;
  return {{{0, 1, p}, {1, 2, 1 - p}},
          {{0, 4, q}, {1, 3, 1 - q}},
          {{0, 3, q}, {1, 4, 1 - q}},
          {{1, 0, 1}},
          {{0, 0, 1}}};
}

States zero_one_random(const MachineNumbers& numbers) {
  return {{{0, 1, 1}}, {{1, 2, 1}}, {{0, 0, 1 - numbers.p}, {1, 0, numbers.p}}};
}

States even_ones(const MachineNumbers& numbers) {
  return {{{0, 0, 1 - numbers.p}, {1, 1, numbers.p}}, {{1, 0, 1}}};
}

States no_consecutive_ones(const MachineNumbers& numbers) {
  return {{{0, 0, 1 - numbers.p}, {1, 1, numbers.p}}, {{0, 0, 1}}};
}

States sns(const MachineNumbers& numbers) {
  return {{{0, 0, 1 - numbers.p}, {0, 1, numbers.p}}, {{0, 1, 1 - numbers.q}, {1, 0, numbers.q}}};
}

States coin(const MachineNumbers& numbers) {
  return {{{0, 0, numbers.p}, {1, 0, 1 - numbers.p}}};
}

/// States: the day that was named last, Monday to Sunday. Symbols: the days, tomorrow, yesterday,
/// weekend, weekday. A named day moves there, the one after today five times as often as another;
/// weekend and weekday move to one of their days.
States days_of_week(const MachineNumbers&) {
  constexpr std::uint32_t days = 7;
  constexpr std::uint32_t weekdays = 5;
  constexpr std::uint32_t tomorrow = 7;
  constexpr std::uint32_t yesterday = 8;
  constexpr std::uint32_t weekend = 9;
  constexpr std::uint32_t weekday = 10;
  States states(days);
  for (std::uint32_t today = 0; today < days; ++today) {
    std::vector<Outcome>& outcomes = states[today];
    const std::uint32_t next = (today + 1) % days;
    for (std::uint32_t day = 0; day < days; ++day) {
      outcomes.push_back({day, day, day == next ? 5.0 : 1.0});
    }
    outcomes.push_back({tomorrow, next, 1});
    outcomes.push_back({yesterday, (today + days - 1) % days, 1});
    for (std::uint32_t day = weekdays; day < days; ++day) {
      outcomes.push_back({weekend, day, 1.0 / 2});
    }
    for (std::uint32_t day = 0; day < weekdays; ++day) {
      outcomes.push_back({weekday, day, 1.0 / weekdays});
    }
  }
  return states;
}

struct NamedMachine {
  std::string_view name;
  States (*make)(const MachineNumbers&);
};

constexpr NamedMachine named_machines[] = {
    {"mess3", &mess3},
    {"rrxor", &rrxor},
    {"zero_one_random", &zero_one_random},
    {"even_ones", &even_ones},
    {"no_consecutive_ones", &no_consecutive_ones},
    {"sns", &sns},
    {"coin", &coin},
    {"days_of_week", &days_of_week},
};

}  // namespace

States named_machine(std::string_view name, const MachineNumbers& numbers) {
  for (const NamedMachine& machine : named_machines) {
    if (machine.name == name) return machine.make(numbers);
  }
  return {};
}

States random_machine(std::uint64_t seed, std::uint32_t states, std::uint32_t symbols,
                      double alpha) {
  const WordStream words({.seed = seed}, machine_substream);
  const DirichletRows rows(states * symbols, alpha);
  States machine(states);
  for (std::uint32_t state = 0; state < states; ++state) {
    const std::vector<double> weights = rows.draw(words, state);
    for (std::uint32_t i = 0; i < weights.size(); ++i) {
      machine[state].push_back({i / states, i % states, weights[i]});
    }
  }
  return machine;
}

}  // namespace synthgen
