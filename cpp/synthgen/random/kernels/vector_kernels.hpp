#pragma once

#include "synthgen/random/kernels/word_kernels.hpp"

namespace synthgen {

inline constexpr std::size_t max_vector_kernels = 4;

/// Puts the kernels of the vector units that this processor has, the fastest last; returns how
/// many.
std::size_t vector_kernels(std::span<WordKernels, max_vector_kernels> kernels) noexcept;

}  // namespace synthgen
