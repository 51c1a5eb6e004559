#pragma once

#include "synthgen/generate/structure/machine.hpp"

#include <string_view>

namespace synthgen {

/// The numbers that machines by name depend on.
struct MachineNumbers {
  double p = 0;
  double q = 0;
  double x = 0;
  double a = 0;
};

/// The states of a machine by name; none for a name that stands for something else.
///
/// mess3 and days_of_week follow Astera-org/simplexity; rrxor is "random, random, xor";
/// zero_one_random emits 0, 1 and a random symbol in turn; even_ones has ones in runs of even
/// length; no_consecutive_ones is the golden mean process; sns is the simple nonunifilar source.
std::vector<std::vector<Machine::Outcome>> named_machine(std::string_view name,
                                                         const MachineNumbers& numbers);

/// A machine whose states each have Dirichlet weights over all pairs of symbol and next state,
/// drawn from the seed.
std::vector<std::vector<Machine::Outcome>> random_machine(std::uint64_t seed, std::uint32_t states,
                                                          std::uint32_t symbols, double alpha);

}  // namespace synthgen
