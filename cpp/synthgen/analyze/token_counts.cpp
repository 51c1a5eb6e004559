#include "synthgen/analyze/token_counts.hpp"

#include <algorithm>

namespace synthgen {

void TokenCounts::count(std::uint32_t id, std::uint64_t times) {
  if (id >= dense_limit) {
    sparse_[id] += times;
    return;
  }
  if (id >= dense_.size()) dense_.resize(std::max<std::size_t>(id + 1, dense_.size() * 2));
  dense_[id] += times;
}

void TokenCounts::add(std::span<const std::uint32_t> tokens) {
  for (const std::uint32_t id : tokens) count(id, 1);
  total_ += tokens.size();
}

void TokenCounts::merge(const TokenCounts& other) {
  for (std::uint32_t id = 0; id < other.dense_.size(); ++id) {
    if (other.dense_[id] != 0) count(id, other.dense_[id]);
  }
  for (const auto& [id, times] : other.sparse_) count(id, times);
  total_ += other.total_;
}

std::uint64_t TokenCounts::distinct() const noexcept {
  const auto used = [](std::uint64_t times) { return times != 0; };
  return static_cast<std::uint64_t>(std::count_if(dense_.begin(), dense_.end(), used)) +
         sparse_.size();
}

std::map<std::uint32_t, std::uint64_t> TokenCounts::sorted() const {
  std::map<std::uint32_t, std::uint64_t> counts(sparse_.begin(), sparse_.end());
  for (std::uint32_t id = 0; id < dense_.size(); ++id) {
    if (dense_[id] != 0) counts[id] = dense_[id];
  }
  return counts;
}

std::uint64_t LargestCount::operator()(std::span<const std::uint32_t> sequence) {
  if (sequence.empty()) return 0;
  const std::uint32_t largest_id = *std::max_element(sequence.begin(), sequence.end());
  std::uint32_t largest = 0;
  if (largest_id < dense_limit) {
    if (largest_id >= counts_.size()) counts_.resize(largest_id + 1);
    for (const std::uint32_t id : sequence) largest = std::max(largest, ++counts_[id]);
    for (const std::uint32_t id : sequence) counts_[id] = 0;
    return largest;
  }
  sorted_.assign(sequence.begin(), sequence.end());
  std::sort(sorted_.begin(), sorted_.end());
  std::uint32_t run = 0;
  for (std::size_t i = 0; i < sorted_.size(); ++i) {
    run = i > 0 && sorted_[i] == sorted_[i - 1] ? run + 1 : 1;
    largest = std::max(largest, run);
  }
  return largest;
}

}  // namespace synthgen
