#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>

namespace synthgen {

/// Number of ids that have each count, by descending count; counts and numbers are at least 1.
using IdsByCount = std::map<std::uint64_t, std::uint64_t, std::greater<>>;

/// A Zipf law fitted to counts.
struct ZipfFit {
  double exponent = 0;
  double error = 0;  ///< standard error of the exponent
};

/// The exponent s ≥ 0 of greatest likelihood for p(r) ∝ r^−s over the ranks r = 1 … K of the
/// counts, largest first, with its standard error 1 / √(N Var_s(ln r)) from N tokens. None for
/// fewer than two ids.
///
/// The ranks come from the same counts, so noise is sorted too: if ids are equally likely or tokens
/// few, s is too large by many standard errors (equally likely ids: about 0.9 / √m for m tokens an
/// id). Sums over ranks from 2048 up are taken in blocks, within 10^-6 of the sum.
std::optional<ZipfFit> fit_zipf(const IdsByCount& ids);

}  // namespace synthgen
