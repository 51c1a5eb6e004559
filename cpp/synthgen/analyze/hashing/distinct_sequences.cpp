#include "synthgen/analyze/hashing/distinct_sequences.hpp"

#include <algorithm>
#include <cmath>

namespace synthgen {

Result<DistinctSequences::Count> DistinctSequences::count() const {
  std::uint64_t kept = 0;
  const Result<unsigned> level = contents_.visit([&](const auto&) { ++kept; });
  if (!level) return tl::unexpected(level.error());
  if (*level == 0) return Count{kept, 0};
  constexpr double flajolet_factor = 1.2;
  const auto sample = static_cast<double>(std::max<std::uint64_t>(1, kept));
  return Count{kept << *level, flajolet_factor / std::sqrt(sample)};
}

}  // namespace synthgen
