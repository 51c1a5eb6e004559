#include "synthgen/generate/oracle.hpp"

#include "synthgen/random/portable_math.hpp"

namespace synthgen {

double oracle_bits(const Content& content, double noise, std::span<const PositionLaw> laws,
                   std::span<const std::uint32_t> clean, std::span<const std::uint32_t> noisy) {
  double bits = 0;
  for (std::size_t t = 0; t < noisy.size(); ++t) {
    const double anywhere = content.probability_of_id(noisy[t]);
    double here = 0;
    switch (laws[t].kind) {
      case PositionLaw::Kind::content:
        here = anywhere;
        break;
      case PositionLaw::Kind::derived:
        here = noisy[t] == clean[t] ? 1 : 0;
        break;
      case PositionLaw::Kind::other_than:
        here = noisy[t] == laws[t].token
                   ? 0
                   : anywhere / (1 - content.probability_of_id(laws[t].token));
        break;
    }
    bits -= portable_log2((1 - noise) * here + noise * anywhere);
  }
  return bits + 0.0;
}

}  // namespace synthgen
