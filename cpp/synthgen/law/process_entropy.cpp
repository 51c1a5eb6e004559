#include "synthgen/law/process_entropy.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <unordered_map>
#include <utility>

namespace synthgen {
namespace {

constexpr std::size_t most_positions = 4096;
constexpr double settled_change = 1e-14;  ///< of all masses together
constexpr double closed_gap_bits = 1e-12;

/// The beliefs that an observer can arrive at, each found once, and the symbols that lead from one
/// to another. Grows as beliefs are visited.
class BeliefGraph {
 public:
  struct Edge {
    std::uint32_t symbol = 0;
    std::uint32_t to = 0;
    double probability = 0;
  };

  explicit BeliefGraph(const FiniteSource& source) : source_(source), states_(source.states()) {}

  /// The node of a belief.
  std::uint32_t find(std::span<const double> belief) {
    std::uint64_t key = 0;
    for (const double each : belief) {
      key = (key ^ static_cast<std::uint64_t>(std::llround(each * 1e12))) * 0x9e3779b97f4a7c15U;
      key ^= key >> 29;
    }
    for (;; ++key) {
      const auto [found, is_new] = index_.try_emplace(key, edges_.size());
      const auto node = static_cast<std::uint32_t>(found->second);
      if (is_new) {
        beliefs_.insert(beliefs_.end(), belief.begin(), belief.end());
        edges_.emplace_back();
        entropy_bits_.push_back(-1);
        return node;
      }
      const double* known = &beliefs_[node * states_];
      if (std::equal(belief.begin(), belief.end(), known,
                     [](double a, double b) { return std::fabs(a - b) < 2e-12; })) {
        return node;
      }
    }
  }

  /// The entropy of the symbol that follows, and what it leads to.
  double entropy_bits(std::uint32_t node) {
    if (entropy_bits_[node] < 0) expand(node);
    return entropy_bits_[node];
  }
  const std::vector<Edge>& edges(std::uint32_t node) const { return edges_[node]; }

  std::size_t size() const noexcept { return edges_.size(); }
  /// Transitions computed so far.
  double work() const noexcept { return work_; }

 private:
  void expand(std::uint32_t node) {
    std::vector<double> next(states_);
    std::vector<Edge> edges;
    double entropy = 0;
    for (std::uint32_t symbol = 0; symbol < source_.symbols(); ++symbol) {
      std::fill(next.begin(), next.end(), 0.0);
      double probability = 0;
      for (const FiniteSource::Transition& step : source_.transitions(symbol)) {
        const double share = beliefs_[node * states_ + step.from] * step.probability;
        next[step.to] += share;
        probability += share;
      }
      if (probability <= 0) continue;
      for (double& each : next) each /= probability;
      entropy -= probability * std::log2(probability);
      edges.push_back({symbol, find(next), probability});
    }
    edges_[node] = std::move(edges);
    entropy_bits_[node] = std::max(0.0, entropy);
    work_ += static_cast<double>(source_.transitions().size() + states_);
  }

  const FiniteSource& source_;
  std::size_t states_;
  std::vector<double> beliefs_;  ///< nodes × states
  std::vector<std::vector<Edge>> edges_;
  std::vector<double> entropy_bits_;  ///< below 0: not expanded yet
  std::unordered_map<std::uint64_t, std::size_t> index_;
  double work_ = 0;
};

/// The law of the observer's belief, position after position.
class BeliefWalk {
 public:
  BeliefWalk(const FiniteSource& source, double budget) : graph_(source), budget_(budget) {}

  void start(std::span<const double> belief, double mass) {
    const std::uint32_t node = graph_.find(belief);
    masses_.resize(graph_.size());
    masses_[node] += mass;
  }

  /// The entropy of the symbol at this position in bits; none once the budget is spent.
  std::optional<double> entropy_bits() {
    double sum = 0;
    for (std::uint32_t node = 0; node < masses_.size(); ++node) {
      if (masses_[node] == 0) continue;
      if (graph_.work() + work_ > budget_) return std::nullopt;
      sum += masses_[node] * graph_.entropy_bits(node);
    }
    return sum;
  }

  /// Goes to the next position and returns how much of the law changed. After `entropy_bits`.
  double advance() {
    std::vector<double> next(graph_.size());
    for (std::uint32_t node = 0; node < masses_.size(); ++node) {
      if (masses_[node] == 0) continue;
      for (const BeliefGraph::Edge& edge : graph_.edges(node)) {
        next[edge.to] += masses_[node] * edge.probability;
      }
    }
    work_ += static_cast<double>(next.size());
    masses_.resize(next.size());
    double change = 0;
    for (std::size_t node = 0; node < next.size(); ++node) {
      change += std::fabs(next[node] - masses_[node]);
    }
    masses_ = std::move(next);
    return change;
  }

  const BeliefGraph& graph() const noexcept { return graph_; }

  /// The beliefs that hold nearly all mass, scaled to the sum 1.
  std::map<std::uint32_t, double> law() const {
    constexpr double trace = 1e-12;
    std::map<std::uint32_t, double> law;
    double total = 0;
    for (std::uint32_t node = 0; node < masses_.size(); ++node) {
      if (masses_[node] < trace) continue;
      law[node] = masses_[node];
      total += masses_[node];
    }
    for (auto& [node, mass] : law) mass /= total;
    return law;
  }

 private:
  BeliefGraph graph_;
  double budget_;
  double work_ = 0;
  std::vector<double> masses_;  ///< of the graph's nodes
};

/// The entropy of a law over beliefs, those with equal futures taken as one: classes by the
/// probabilities of the symbols are divided until the classes that symbols lead to agree.
double causal_entropy_bits(const BeliefGraph& graph, const std::map<std::uint32_t, double>& law) {
  std::map<std::uint32_t, std::size_t> classes;
  for (const auto& [node, mass] : law) classes[node] = 0;
  for (std::size_t known = 1;;) {
    std::map<std::vector<std::int64_t>, std::size_t> found;
    std::map<std::uint32_t, std::size_t> refined;
    for (const auto& [node, old_class] : classes) {
      std::vector<std::int64_t> signature{static_cast<std::int64_t>(old_class)};
      for (const BeliefGraph::Edge& edge : graph.edges(node)) {
        const auto next = classes.find(edge.to);
        signature.push_back(edge.symbol);
        signature.push_back(std::llround(edge.probability * 1e9));
        signature.push_back(next == classes.end() ? -1 : static_cast<std::int64_t>(next->second));
      }
      refined[node] = found.try_emplace(std::move(signature), found.size()).first->second;
    }
    classes = std::move(refined);
    if (found.size() == known) break;
    known = found.size();
  }
  std::map<std::size_t, double> masses;
  for (const auto& [node, mass] : law) masses[classes[node]] += mass;
  double bits = 0;
  for (const auto& [each, mass] : masses) bits -= mass * std::log2(mass);
  return bits + 0.0;
}

/// What the gap between the two observers says of the rate, and of the sum of h_t − rate.
void enclose_rate(double told_bits, double gap_before, ProcessEntropy& entropy) {
  const std::vector<double>& h = entropy.conditional_bits;
  const double gap = std::max(0.0, h.back() - told_bits);
  entropy.rate_bits = (h.back() + told_bits) / 2;
  entropy.rate_error_bits = gap / 2;
  const double ratio = gap_before > 0 ? gap / gap_before : 0;
  if (ratio >= 1) return;
  double sum = 0;
  for (const double each : h) sum += each - entropy.rate_bits;
  const double error = gap / (1 - ratio) + static_cast<double>(h.size()) * entropy.rate_error_bits;
  if (error > 1e-3) return;
  entropy.excess_bits = std::max(0.0, sum);
  entropy.excess_error_bits = error;
}

}  // namespace

ProcessEntropy process_entropy(const FiniteSource& source, bool is_stationary, double budget) {
  ProcessEntropy entropy;
  entropy.is_stationary = is_stationary;
  BeliefWalk walk(source, budget / 2);
  walk.start(source.start(), 1);
  BeliefWalk told(source, budget / 2);  // the observer who is told the first state
  std::vector<double> certain(source.states());
  for (std::uint32_t state = 0; state < source.states(); ++state) {
    if (source.start()[state] == 0) continue;
    certain[state] = 1;
    told.start(certain, source.start()[state]);
    certain[state] = 0;
  }
  std::vector<double>& h = entropy.conditional_bits;
  double told_bits = 0;
  double gap = 0;
  double gap_before = 0;
  bool told_continues = is_stationary;
  bool has_causal_states = false;
  while (h.size() < most_positions) {
    const std::optional<double> bits = walk.entropy_bits();
    if (!bits) break;
    h.push_back(is_stationary && !h.empty() ? std::min(*bits, h.back()) : *bits);
    const std::optional<double> lower = told_continues ? told.entropy_bits() : std::nullopt;
    if (lower) {
      told_bits = std::max(told_bits, *lower);
      told.advance();
    } else {
      told_continues = false;
    }
    gap_before = gap;
    gap = h.back() - told_bits;
    has_causal_states = walk.advance() < settled_change;
    entropy.is_settled = has_causal_states || (is_stationary && gap < closed_gap_bits);
    if (entropy.is_settled) break;
  }
  if (!is_stationary) return entropy;
  if (entropy.is_settled) told_bits = h.back();
  enclose_rate(told_bits, gap_before, entropy);
  // The masses may still move, between beliefs that are equally uncertain.
  for (std::size_t t = 0; entropy.is_settled && !has_causal_states && t < most_positions; ++t) {
    if (!walk.entropy_bits()) break;
    has_causal_states = walk.advance() < settled_change;
  }
  if (has_causal_states && walk.entropy_bits()) {
    entropy.complexity_bits = causal_entropy_bits(walk.graph(), walk.law());
  }
  return entropy;
}

std::vector<double> ProcessEntropy::cumulative_bits(std::uint64_t most, double tolerance) const {
  std::vector<double> sums{0};
  if (most > conditional_bits.size() && !is_settled) {
    const double lowest = rate_bits - rate_error_bits;
    if (!is_stationary || conditional_bits.empty()) return {};
    if (conditional_bits.back() - lowest > 2 * tolerance) return {};
  }
  const double rest = is_settled ? conditional_bits.back() : rate_bits;
  for (std::uint64_t t = 0; t < most; ++t) {
    sums.push_back(sums.back() + (t < conditional_bits.size()
                                      ? conditional_bits[static_cast<std::size_t>(t)]
                                      : rest));
  }
  return sums;
}

}  // namespace synthgen
