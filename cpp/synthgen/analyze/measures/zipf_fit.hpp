#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>

namespace synthgen {

/// How many ids have each count, by falling count; counts and numbers are at least 1.
using IdsByCount = std::map<std::uint64_t, std::uint64_t, std::greater<>>;

/// A Zipf law fitted to counts.
struct ZipfFit {
  double exponent = 0;
  double error = 0;  ///< standard error of the exponent
};

/// The exponent s ≥ 0 of greatest likelihood for p(r) ∝ r^−s over the ranks r = 1 … K of the
/// counts, largest first, with its standard error 1 / √(N Var_s(ln r)) from N tokens. None for
/// under two ids. Ranks come from the same counts, so noise is sorted
/// too: where ids are equally likely or tokens few, s is too large, by many errors (equally likely
/// ids: about 0.9 / √m for m tokens an id). Model sums over ranks from 2048 on go by blocks, within
/// 10^-6 of the sum.
std::optional<ZipfFit> fit_zipf(const IdsByCount& ids);

}  // namespace synthgen
