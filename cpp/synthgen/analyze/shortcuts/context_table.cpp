#include "synthgen/analyze/shortcuts/context_table.hpp"

namespace synthgen {
namespace {

/// A bijection that spreads all bits: the finalizer of Vigna's splitmix64.
std::uint64_t spread(std::uint64_t bits) noexcept {
  bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9;
  bits = (bits ^ bits >> 27) * 0x94D049BB133111EB;
  return bits ^ bits >> 31;
}

}  // namespace

std::uint64_t ContextTable::key_of(std::uint64_t context, std::uint32_t answer) noexcept {
  return spread(spread(context + 0x9E3779B97F4A7C15) + answer);
}

void ContextTable::add(std::uint64_t context, std::uint32_t answer, std::uint64_t times) {
  Context& entry = contexts_[context];
  std::uint64_t& cases = cases_[key_of(context, answer)];
  if (cases == 0) ++entry.kinds;
  cases += times;
  entry.cases += times;
  if (cases > entry.best_cases || (cases == entry.best_cases && answer < entry.best)) {
    entry.best = answer;
    entry.best_cases = cases;
  }
}

double ContextTable::probability(std::uint64_t context, std::uint32_t answer,
                                 double backoff) const {
  const auto entry = contexts_.find(context);
  if (entry == contexts_.end()) return backoff;
  const auto cases = cases_.find(key_of(context, answer));
  const double seen = cases == cases_.end() ? 0 : static_cast<double>(cases->second);
  const auto kinds = static_cast<double>(entry->second.kinds);
  return (seen + kinds * backoff) / (static_cast<double>(entry->second.cases) + kinds);
}

std::optional<std::uint32_t> ContextTable::best(std::uint64_t context) const {
  const auto entry = contexts_.find(context);
  if (entry == contexts_.end()) return std::nullopt;
  return entry->second.best;
}

}  // namespace synthgen
