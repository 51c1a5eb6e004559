#pragma once

#include "synthgen/generate/expectation.hpp"
#include "synthgen/generate/layers/length_layer.hpp"
#include "synthgen/law/finite_source.hpp"
#include "synthgen/law/process_entropy.hpp"

#include <vector>

namespace synthgen {

/// What tokens of a finite source, noise included, are expected to show: local_coherence,
/// oracle_bits_per_token (of a reader who knows the state that emits each token) and
/// predictive_bits_per_token, unless sequences are longer than 2^20. `entropy` is the source's,
/// `keys` are the parameters that determine it. Where predictive bits are enclosed only, the
/// formula states the error.
std::vector<Expectation> source_truth(const FiniteSource& source, const ProcessEntropy& entropy,
                                      const LengthLayer& lengths, const ParameterKeys& keys);

/// What no finite sequence shows but the process has: entropy_rate_bits, and where they are finite
/// and known excess_entropy_bits and statistical_complexity_bits. `entropy` is that of the source
/// from its stationary start.
std::vector<Expectation> process_truth(const ProcessEntropy& entropy, const ParameterKeys& keys);

}  // namespace synthgen
