#include "synthgen/generate/truth/pattern_truth.hpp"

#include <algorithm>
#include <vector>

namespace synthgen {

// Segments begin at the points of a renewal process: u(0) = 1 and
// u(t) = Σ_ℓ f(ℓ)·u(t − ℓ), f uniform on [shortest, longest]. A pair (t, t + 1) of fresh or
// repeated tokens is equal with probability 1/n; a pair inside an alternation or a progression
// never is; the middle pair of a reversal of even length always is. So, before noise, the expected
// number of equal pairs among the first L tokens is
//   (L − 1)/n − q·a/n·Σ_{t<L−1} (1 − u(t + 1)) + q·r·(1 − 1/n)·Σ_s u(s)·P(ℓ even, s + ℓ/2 ≤ L − 1)
// with q the pattern probability and a, r the shares of (alternation, progression) and of reversal
// among the types. Noise makes a pair equal with probability 1/n unless both tokens are clean.
double pattern_local_coherence(const Config& config, const PatternDecisions& decisions,
                               const LengthLayer& lengths, double noise) {
  const auto share = [&](auto... kinds) {
    const auto is_one = [&](SpanKind type) { return ((type == kinds) || ...); };
    const auto& types = decisions.types();
    return static_cast<double>(std::count_if(types.begin(), types.end(), is_one)) /
           static_cast<double>(types.size());
  };
  const double q = decisions.pattern_probability();
  const double never = q * share(SpanKind::alternation, SpanKind::progression);
  const double mirrored = q * share(SpanKind::reversal);
  const double equal_by_chance = 1.0 / static_cast<double>(config.vocab_size);
  const auto m = static_cast<std::size_t>(config.pattern_length);
  const std::size_t shortest = (m + 1) / 2;
  const std::size_t longest = 3 * m / 2;
  const double f = 1.0 / static_cast<double>(longest - shortest + 1);

  const std::size_t end = lengths.longest();
  // Σ_{s ≤ t} u(s) for the last `longest` + 2 positions t: a ring, since lengths reach millions.
  std::vector<double> begun(std::min(end, longest + 1) + 1, 0);
  const auto at = [&](std::size_t t) -> double& { return begun[t % begun.size()]; };
  double inner_pairs = 0;  // expected pairs inside a segment so far
  double middles = 0;      // expected middle pairs of even segments so far
  double sum = 0;
  std::size_t counted = 0;
  at(0) = 1;
  const auto sum_of_u = [&](std::size_t from, std::size_t to) {  // Σ_{from ≤ s ≤ to} u(s)
    return at(to) - (from == 0 ? 0 : at(from - 1));
  };
  // Length t + 1 adds the pair (t − 1, t); a middle pair ends at t = s + ℓ/2.
  for (std::size_t t = 1; t < end; ++t) {
    double u = 0;
    if (t >= shortest) u = f * sum_of_u(t >= longest ? t - longest : 0, t - shortest);
    at(t) = at(t - 1) + u;
    inner_pairs += 1 - u;
    const std::size_t least_half = (shortest + 1) / 2;
    const std::size_t largest_half = longest / 2;
    if (t >= least_half) {
      middles += f * sum_of_u(t >= largest_half ? t - largest_half : 0, t - least_half);
    }
    const std::size_t length = t + 1;
    if (length < lengths.shortest()) continue;
    const auto pairs = static_cast<double>(length - 1);
    const double equal = pairs * equal_by_chance - never * inner_pairs * equal_by_chance +
                         mirrored * middles * (1 - equal_by_chance);
    sum += equal / pairs;
    ++counted;
  }
  if (counted == 0) return 0;
  const double both_clean = (1 - noise) * (1 - noise);
  return both_clean * sum / static_cast<double>(counted) + (1 - both_clean) * equal_by_chance;
}

}  // namespace synthgen
