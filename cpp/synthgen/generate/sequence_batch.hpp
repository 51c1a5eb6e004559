#pragma once

#include "synthgen/generate/latents.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace synthgen {

/// A run of sequences as one flat token buffer plus offsets, the layout of an Arrow list array.
/// Sequence i is tokens[offsets[i]] … tokens[offsets[i + 1] − 1]. Reused between fills: `clear`
/// keeps the memory.
struct SequenceBatch {
  std::vector<std::uint32_t> tokens;
  std::vector<std::uint64_t> offsets{0};  ///< size() + 1 entries, ascending from 0
  std::vector<Latents> latents;           ///< one for each sequence, or none at all
  /// Padding tokens at the end of each sequence; empty when no sequence has any.
  std::vector<std::uint64_t> padding;

  std::size_t size() const noexcept { return offsets.size() - 1; }
  bool empty() const noexcept { return size() == 0; }
  bool has_latents() const noexcept { return !empty() && latents.size() == size(); }

  std::span<const std::uint32_t> operator[](std::size_t i) const noexcept {
    return {tokens.data() + offsets[i], tokens.data() + offsets[i + 1]};
  }

  /// Sequence i without its padding: what is measured.
  std::span<const std::uint32_t> content(std::size_t i) const noexcept {
    return (*this)[i].first((*this)[i].size() - padding_of(i));
  }
  std::size_t padding_of(std::size_t i) const noexcept {
    return i < padding.size() ? static_cast<std::size_t>(padding[i]) : 0;
  }

  void clear() noexcept {
    tokens.clear();
    offsets.resize(1);
    latents.clear();
    padding.clear();
  }

  /// The latents of the last sequence; none: it came without.
  void set_latents(std::optional<Latents> entry) {
    if (!entry && latents.empty()) return;
    Latents unknown;
    unknown.known = false;
    latents.resize(size(), unknown);
    if (entry) latents.back() = std::move(*entry);
  }

  /// The latents of sequence i; null when it came without.
  const Latents* latents_of(std::size_t i) const noexcept {
    return i < latents.size() && latents[i].known ? &latents[i] : nullptr;
  }

  /// Says how many tokens at the end of the last sequence are padding.
  void set_padding(std::size_t count) {
    if (count == 0 && padding.empty()) return;
    padding.resize(size(), 0);
    padding.back() = count;
  }

  /// Appends a sequence of `length` tokens to be written by the caller.
  std::span<std::uint32_t> append(std::size_t length) {
    tokens.resize(tokens.size() + length);
    offsets.push_back(tokens.size());
    return {tokens.data() + tokens.size() - length, length};
  }

  void append(std::span<const std::uint32_t> sequence) {
    tokens.insert(tokens.end(), sequence.begin(), sequence.end());
    offsets.push_back(tokens.size());
  }
};

}  // namespace synthgen
