#include "synthgen/analyze/token_counts.hpp"

#include "synthgen/analyze/sequence_counts.hpp"

#include <algorithm>

namespace synthgen {

void TokenCounts::count(std::uint32_t id, std::uint64_t times) {
  if (id >= dense_limit) {
    sparse_[id] += times;
    return;
  }
  if (id >= dense_.size()) {
    const std::size_t size = std::max<std::size_t>(id + 1, dense_.size() * 2);
    dense_.resize(std::min<std::size_t>(size, dense_limit));
  }
  dense_[id] += times;
}

void TokenCounts::add(std::span<const std::uint32_t> tokens) {
  add(tokens, bits_of_ids(tokens));
}

void TokenCounts::add(std::span<const std::uint32_t> tokens, unsigned id_bits) {
  if (id_bits <= dense_bits) {
    const std::size_t size = std::size_t{1} << id_bits;
    if (size > dense_.size()) dense_.resize(size);
    std::uint64_t* const counts = dense_.data();
    for (const std::uint32_t id : tokens) ++counts[id];
  } else {
    for (const std::uint32_t id : tokens) count(id, 1);
  }
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

void TokenCounts::exchange(StateArchive& archive) {
  std::map<std::uint32_t, std::uint64_t> counts;
  if (!archive.reads()) counts = sorted();
  archive(counts);
  if (!archive.reads()) return;
  *this = TokenCounts();
  for (const auto& [id, times] : counts) {
    count(id, times);
    total_ += times;
  }
}

}  // namespace synthgen
