#include "synthgen/law/finite_source.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace synthgen {
namespace {

using Transition = FiniteSource::Transition;

/// Which states each state can reach, itself included.
std::vector<std::vector<bool>> reachable(std::size_t size,
                                         std::span<const Transition> transitions) {
  std::vector<std::vector<std::uint32_t>> next(size);
  for (const Transition& step : transitions) {
    if (step.probability > 0) next[step.from].push_back(step.to);
  }
  std::vector<std::vector<bool>> reaches(size, std::vector<bool>(size));
  for (std::size_t start = 0; start < size; ++start) {
    std::vector<std::uint32_t> open{static_cast<std::uint32_t>(start)};
    reaches[start][start] = true;
    while (!open.empty()) {
      const std::uint32_t state = open.back();
      open.pop_back();
      for (const std::uint32_t to : next[state]) {
        if (reaches[start][to]) continue;
        reaches[start][to] = true;
        open.push_back(to);
      }
    }
  }
  return reaches;
}

/// The states of the one closed class, ascending; empty if there are several.
std::vector<std::size_t> closed_class(std::size_t size, std::span<const Transition> transitions) {
  const auto reaches = reachable(size, transitions);
  for (std::size_t state = 0; state < size; ++state) {
    // A state that every state reaches is in the closed class, if there is just one.
    const bool from_all =
        std::all_of(reaches.begin(), reaches.end(), [&](const auto& row) { return row[state]; });
    if (!from_all) continue;
    std::vector<std::size_t> members;
    for (std::size_t other = 0; other < size; ++other) {
      if (reaches[state][other]) members.push_back(other);
    }
    return members;
  }
  return {};
}

}  // namespace

FiniteSource::FiniteSource(std::vector<double> start, std::uint32_t symbols,
                           std::vector<Transition> transitions)
    : start_(std::move(start)), symbols_(symbols), transitions_(std::move(transitions)) {
  std::sort(transitions_.begin(), transitions_.end(), [](const Transition& a, const Transition& b) {
    return std::tie(a.symbol, a.from, a.to) < std::tie(b.symbol, b.from, b.to);
  });
  emission_.resize(start_.size() * symbols_);
  first_.resize(std::size_t{symbols_} + 1);
  for (const Transition& step : transitions_) {
    emission_[std::size_t{step.from} * symbols_ + step.symbol] += step.probability;
    ++first_[std::size_t{step.symbol} + 1];
  }
  for (std::size_t symbol = 0; symbol < symbols_; ++symbol) first_[symbol + 1] += first_[symbol];
  const auto place = [&](const Transition& step) {
    return std::size_t{step.symbol} * start_.size() + step.to;
  };
  first_arrival_.resize(start_.size() * symbols_ + 2);
  for (const Transition& step : transitions_) ++first_arrival_[place(step) + 2];
  for (std::size_t i = 2; i < first_arrival_.size(); ++i)
    first_arrival_[i] += first_arrival_[i - 1];
  arrivals_.resize(transitions_.size());
  // Each place's first one moves on until it is that of the next place.
  for (const Transition& step : transitions_) {
    arrivals_[first_arrival_[place(step) + 1]++] = {step.from, step.probability};
  }
}

FiniteSource FiniteSource::with_noise(double noise) const {
  if (noise == 0) return *this;
  std::map<std::pair<std::uint32_t, std::uint32_t>, double> moves;
  for (const Transition& step : transitions_) moves[{step.from, step.to}] += step.probability;
  std::vector<Transition> all;
  for (std::uint32_t symbol = 0; symbol < symbols_; ++symbol) {
    auto own = moves;
    for (auto& [move, probability] : own) probability *= noise / symbols_;
    for (const Transition& step : transitions(symbol)) {
      own[{step.from, step.to}] += (1 - noise) * step.probability;
    }
    for (const auto& [move, probability] : own) {
      all.push_back({symbol, move.first, move.second, probability});
    }
  }
  return {start_, symbols_, std::move(all)};
}

FiniteSource FiniteSource::from_start(std::vector<double> start) const {
  return {std::move(start), symbols_, transitions_};
}

std::vector<double> FiniteSource::next_law(std::span<const double> law) const {
  std::vector<double> next(start_.size());
  for (const Transition& step : transitions_) next[step.to] += law[step.from] * step.probability;
  return next;
}

bool FiniteSource::is_unifilar() const {
  const Transition* before = nullptr;
  for (const Transition& step : transitions_) {
    if (step.probability == 0) continue;
    if (before != nullptr && before->symbol == step.symbol && before->from == step.from) {
      return false;
    }
    before = &step;
  }
  return true;
}

std::vector<double> stationary_distribution(std::size_t size,
                                            std::span<const Transition> transitions) {
  const std::vector<std::size_t> members = closed_class(size, transitions);
  const std::size_t n = members.size();
  if (n == 0) return {};
  std::vector<std::size_t> place(size, n);
  for (std::size_t i = 0; i < n; ++i) place[members[i]] = i;
  std::vector<double> rate(n * n);
  for (const Transition& step : transitions) {
    if (place[step.from] == n || step.probability == 0) continue;
    rate[place[step.from] * n + place[step.to]] += step.probability;
  }
  // Eliminates the last state again and again: paths through it become direct ones.
  for (std::size_t last = n - 1; last > 0; --last) {
    double out = 0;
    for (std::size_t to = 0; to < last; ++to) out += rate[last * n + to];
    for (std::size_t from = 0; from < last; ++from) {
      const double share = rate[from * n + last] /= out;
      for (std::size_t to = 0; to < last; ++to) rate[from * n + to] += share * rate[last * n + to];
    }
  }
  std::vector<double> weight(n);
  weight[0] = 1;
  double total = 1;
  for (std::size_t state = 1; state < n; ++state) {
    for (std::size_t from = 0; from < state; ++from) {
      weight[state] += weight[from] * rate[from * n + state];
    }
    total += weight[state];
  }
  std::vector<double> law(size);
  for (std::size_t i = 0; i < n; ++i) law[members[i]] = weight[i] / total;
  return law;
}

}  // namespace synthgen
