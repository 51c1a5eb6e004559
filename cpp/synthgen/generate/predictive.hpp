#pragma once

#include <cstdint>

namespace synthgen {

/// What a dataset says of the exact law of its tokens.
enum class Predictive : std::uint8_t {
  nothing,
  bits,  ///< the cost of each token
  law,   ///< the probability of each id at each token
};

}  // namespace synthgen
