#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/config/json_fields.hpp"

#include <cstdint>
#include <vector>

namespace synthgen {

/// A hidden Markov model as a config states it: for each state what it may emit and where it then
/// goes. In each step one draw decides both.
struct Machine {
  struct Outcome {
    std::uint32_t symbol = 0;
    std::uint32_t next = 0;
    double weight = 0;
  };

  std::uint32_t symbols = 0;
  std::vector<std::vector<Outcome>> states;  ///< outcomes ascending by symbol, next
  std::vector<double> start;                 ///< weights of the states; empty: stationary
  double weight = 1;                         ///< in a mixture
  std::vector<std::uint32_t> ids;            ///< the id of each symbol
};

/// The machines that a config means, one or those of a mixture, each with a start. Problems are
/// added to `problems`; the machines are then not usable.
std::vector<Machine> read_machines(const Config& config, std::vector<Problem>& problems);

}  // namespace synthgen
