#pragma once

#include "synthgen/generate/sequence_batch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

// The formulas as they are defined: slow, with ordered maps and plain sums.

namespace synthgen::testing {

using Counter = std::map<std::vector<std::uint32_t>, std::uint64_t>;

inline std::map<std::uint32_t, std::uint64_t> reference_token_distribution(
    const SequenceBatch& batch) {
  std::map<std::uint32_t, std::uint64_t> counts;
  for (const std::uint32_t token : batch.tokens) ++counts[token];
  return counts;
}

/// The `top` most common n-grams with their counts; ties in lexicographic order.
inline std::vector<std::pair<std::vector<std::uint32_t>, std::uint64_t>> reference_patterns(
    const SequenceBatch& batch, std::size_t min_length, std::size_t top) {
  Counter patterns;
  for (std::size_t s = 0; s < batch.size(); ++s) {
    for (std::size_t i = 0; i + min_length <= batch[s].size(); ++i) {
      const auto pattern = batch[s].subspan(i, min_length);
      ++patterns[{pattern.begin(), pattern.end()}];
    }
  }
  std::vector<std::pair<std::vector<std::uint32_t>, std::uint64_t>> common(patterns.begin(),
                                                                           patterns.end());
  std::stable_sort(common.begin(), common.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (common.size() > top) common.resize(top);
  return common;
}

inline std::optional<double> mean(const std::vector<double>& values) {
  if (values.empty()) return std::nullopt;
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

inline std::optional<double> reference_local_coherence(const SequenceBatch& batch) {
  std::vector<double> values;
  for (std::size_t s = 0; s < batch.size(); ++s) {
    std::vector<double> similarities;
    for (std::size_t i = 0; i + 1 < batch[s].size(); ++i) {
      similarities.push_back(batch[s][i] == batch[s][i + 1] ? 1 : 0);
    }
    if (const auto value = mean(similarities)) values.push_back(*value);
  }
  return mean(values);
}

inline std::optional<double> reference_global_coherence(const SequenceBatch& batch) {
  std::vector<double> values;
  for (std::size_t s = 0; s < batch.size(); ++s) {
    std::map<std::uint32_t, std::uint64_t> counts;
    std::uint64_t largest = 0;
    for (const std::uint32_t token : batch[s]) largest = std::max(largest, ++counts[token]);
    if (batch[s].empty()) continue;
    values.push_back(static_cast<double>(largest) / static_cast<double>(batch[s].size()));
  }
  return mean(values);
}

inline double reference_entropy(std::span<const std::uint32_t> sequence) {
  std::map<std::uint32_t, std::uint64_t> counts;
  for (const std::uint32_t token : sequence) ++counts[token];
  double entropy = 0;
  for (const auto& [token, count] : counts) {
    const double p = static_cast<double>(count) / static_cast<double>(sequence.size());
    entropy -= p * std::log2(p);
  }
  return entropy;
}

/// Phrases of Lempel and Ziv's exhaustive history: each piece is tried at every earlier place.
inline std::uint64_t reference_phrases(std::span<const std::uint32_t> sequence) {
  std::uint64_t phrases = 0;
  for (std::size_t start = 0, length; start < sequence.size(); start += length, ++phrases) {
    for (length = 1; start + length < sequence.size(); ++length) {
      const auto piece = sequence.subspan(start, length);
      bool occurred = false;
      for (std::size_t earlier = 0; earlier < start && !occurred; ++earlier) {
        occurred = std::equal(piece.begin(), piece.end(), sequence.subspan(earlier).begin());
      }
      if (!occurred) break;
    }
  }
  return phrases;
}

inline double reference_sequence_diversity(const SequenceBatch& batch) {
  std::set<std::vector<std::uint32_t>> distinct;
  for (std::size_t s = 0; s < batch.size(); ++s)
    distinct.insert({batch[s].begin(), batch[s].end()});
  return static_cast<double>(distinct.size()) / static_cast<double>(batch.size());
}

/// Share of equal pairs at a lag over all sequences; none without a pair.
inline std::optional<double> reference_lag_equality(const SequenceBatch& batch, std::size_t lag) {
  std::vector<double> equal;
  for (std::size_t s = 0; s < batch.size(); ++s) {
    for (std::size_t t = lag; t < batch[s].size(); ++t) {
      equal.push_back(batch[s][t] == batch[s][t - lag] ? 1 : 0);
    }
  }
  return mean(equal);
}

/// The n-grams of a sequence, in order.
inline std::vector<std::vector<std::uint32_t>> reference_ngrams(
    std::span<const std::uint32_t> sequence, std::size_t n) {
  std::vector<std::vector<std::uint32_t>> ngrams;
  for (std::size_t t = 0; t + n <= sequence.size(); ++t) {
    const auto ngram = sequence.subspan(t, n);
    ngrams.emplace_back(ngram.begin(), ngram.end());
  }
  return ngrams;
}

inline std::optional<double> reference_rep_n(const SequenceBatch& batch, std::size_t n) {
  std::vector<double> repeated;
  for (std::size_t s = 0; s < batch.size(); ++s) {
    const auto ngrams = reference_ngrams(batch[s], n);
    if (ngrams.empty()) continue;
    const std::set<std::vector<std::uint32_t>> distinct(ngrams.begin(), ngrams.end());
    repeated.push_back(1 -
                       static_cast<double>(distinct.size()) / static_cast<double>(ngrams.size()));
  }
  return mean(repeated);
}

inline double reference_distinct_n(const SequenceBatch& batch, std::size_t n) {
  std::set<std::vector<std::uint32_t>> distinct;
  std::size_t all = 0;
  for (std::size_t s = 0; s < batch.size(); ++s) {
    const auto ngrams = reference_ngrams(batch[s], n);
    distinct.insert(ngrams.begin(), ngrams.end());
    all += ngrams.size();
  }
  return static_cast<double>(distinct.size()) / static_cast<double>(all);
}

/// Entropy of counts in bits, corrected after Miller and Madow.
template <class Key>
double reference_corrected_entropy(const std::map<Key, double>& counts) {
  double n = 0;
  for (const auto& [key, count] : counts) n += count;
  double entropy = (static_cast<double>(counts.size()) - 1) / (2 * n * std::log(2.0));
  for (const auto& [key, count] : counts) entropy -= count / n * std::log2(count / n);
  return entropy;
}

/// H(x_t), H(x_{t+d}) and H(x_t, x_{t+d}) of the pairs at distance d, ids but the 63 commonest as
/// one; none without a pair.
inline std::optional<std::array<double, 3>> reference_pair_entropies(const SequenceBatch& batch,
                                                                     std::size_t distance) {
  std::map<std::uint32_t, std::uint64_t> counts;
  for (std::size_t s = 0; s < batch.size(); ++s) {
    if (batch[s].size() < 2) continue;
    for (const std::uint32_t token : batch[s]) ++counts[token];
  }
  std::vector<std::pair<std::uint32_t, std::uint64_t>> common(counts.begin(), counts.end());
  std::stable_sort(common.begin(), common.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::map<std::uint32_t, int> classes;
  for (std::size_t i = 0; i < common.size(); ++i) {
    classes[common[i].first] = static_cast<int>(std::min<std::size_t>(i, 63));
  }
  std::map<int, double> first;
  std::map<int, double> second;
  std::map<std::pair<int, int>, double> both;
  for (std::size_t s = 0; s < batch.size(); ++s) {
    for (std::size_t t = distance; t < batch[s].size(); ++t) {
      const std::pair<int, int> pair(classes[batch[s][t - distance]], classes[batch[s][t]]);
      ++first[pair.first];
      ++second[pair.second];
      ++both[pair];
    }
  }
  if (both.empty()) return std::nullopt;
  return std::array<double, 3>{reference_corrected_entropy(first),
                               reference_corrected_entropy(second),
                               reference_corrected_entropy(both)};
}

/// Jaccard similarity of two sequences' sets of n-grams.
inline double reference_jaccard(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
                                std::size_t n) {
  const auto of_a = reference_ngrams(a, n);
  const auto of_b = reference_ngrams(b, n);
  const std::set<std::vector<std::uint32_t>> left(of_a.begin(), of_a.end());
  std::set<std::vector<std::uint32_t>> either(of_b.begin(), of_b.end());
  const std::size_t right = either.size();
  either.insert(left.begin(), left.end());
  return static_cast<double>(left.size() + right - either.size()) /
         static_cast<double>(either.size());
}

}  // namespace synthgen::testing
