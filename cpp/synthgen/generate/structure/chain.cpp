#include "synthgen/generate/structure/chain.hpp"

#include "synthgen/config/formatted.hpp"

#include <algorithm>
#include <utility>

namespace synthgen {

ChainRows read_chain_rows(const JsonField& field, const ContextWalk& walk) {
  ChainRows rows;
  if (field.value().size() != walk.contexts()) {
    field.refuse(formatted("a list of {} rows, one for each context", walk.contexts()));
    return rows;
  }
  field.each([&](const JsonField& row) {
    std::vector<double>& weights = rows.emplace_back();
    if (row.value().size() != walk.symbols()) {
      return row.refuse(formatted("a list of {} weights", walk.symbols()));
    }
    row.each(
        [&](const JsonField& entry) { return entry.number(weights.emplace_back(), 0, 1e100); });
    if (!row.is_good()) return false;
    if (std::any_of(weights.begin(), weights.end(), [](double w) { return w > 0; })) return true;
    return row.refuse("at least one weight above 0");
  });
  return rows;
}

std::vector<double> stationary_contexts(const ChainRows& rows, const ContextWalk& walk) {
  std::vector<FiniteSource::Transition> steps;
  for (std::uint32_t from = 0; from < walk.contexts(); ++from) {
    double total = 0;
    for (const double weight : rows[from]) total += weight;
    for (std::uint32_t symbol = 0; symbol < walk.symbols(); ++symbol) {
      const std::uint64_t to = (std::uint64_t{from} * walk.symbols() + symbol) % walk.contexts();
      steps.push_back({symbol, from, static_cast<std::uint32_t>(to), rows[from][symbol] / total});
    }
  }
  return stationary_distribution(static_cast<std::size_t>(walk.contexts()), steps);
}

ChainRows opening_rows(const std::vector<double>& contexts, const ContextWalk& walk) {
  // The weight of a beginning is that of the contexts that begin so: the longest ones first.
  std::vector<ChainRows> by_length;
  std::vector<double> weights = contexts;
  for (std::uint32_t length = walk.order(); length > 0; --length) {
    ChainRows& rows = by_length.emplace_back();
    std::vector<double> shorter;
    for (std::size_t first = 0; first < weights.size(); first += walk.symbols()) {
      std::vector<double> row(weights.begin() + static_cast<std::ptrdiff_t>(first),
                              weights.begin() + static_cast<std::ptrdiff_t>(first) +
                                  static_cast<std::ptrdiff_t>(walk.symbols()));
      double total = 0;
      for (const double weight : row) total += weight;
      shorter.push_back(total);
      if (total == 0) row.assign(walk.symbols(), 1);  // never comes
      rows.push_back(std::move(row));
    }
    weights = std::move(shorter);
  }
  ChainRows rows;
  while (!by_length.empty()) {
    for (std::vector<double>& row : by_length.back()) rows.push_back(std::move(row));
    by_length.pop_back();
  }
  return rows;
}

FiniteSource chain_source(const std::vector<WeightedChoice>& rows, bool opens_uniform,
                          const ContextWalk& walk) {
  std::vector<FiniteSource::Transition> steps;
  const auto contexts = static_cast<std::uint32_t>(walk.contexts());
  const std::uint64_t symbols = walk.symbols();
  const auto add = [&](std::uint32_t from, const auto& target) {
    for (std::uint32_t symbol = 0; symbol < walk.symbols(); ++symbol) {
      const bool is_uniform = opens_uniform && from >= contexts;
      const double p = is_uniform ? 1.0 / walk.symbols() : rows[from].probability(symbol);
      if (p > 0) steps.push_back({symbol, from, static_cast<std::uint32_t>(target(symbol)), p});
    }
  };
  for (std::uint32_t from = 0; from < contexts; ++from) {
    add(from, [&](std::uint64_t symbol) { return (from * symbols + symbol) % contexts; });
  }
  std::uint32_t first = contexts;
  std::uint32_t same_length = 1;
  for (std::uint32_t length = 0; length < walk.order(); ++length) {
    const bool is_last = length + 1 == walk.order();
    const std::uint32_t first_longer = is_last ? 0 : first + same_length;
    for (std::uint32_t value = 0; value < same_length; ++value) {
      add(first + value,
          [&](std::uint64_t symbol) { return first_longer + value * symbols + symbol; });
    }
    first += same_length;
    same_length *= walk.symbols();
  }
  std::vector<double> start(rows.size());
  start[walk.order() == 0 ? 0 : contexts] = 1;
  return {std::move(start), walk.symbols(), std::move(steps)};
}

}  // namespace synthgen
