#pragma once

#include "synthgen/generate/layers/latents.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace synthgen {

/// The label of a position that is not scored, as PyTorch's cross_entropy leaves it out.
inline constexpr std::int64_t ignored_label = -100;

/// Whether a position can have that label: an id, or `ignored_label`.
constexpr bool is_label(std::int64_t value) noexcept {
  return value == ignored_label || (value >= 0 && value <= UINT32_MAX);
}

/// A run of sequences as one flat token buffer plus offsets, the layout of an Arrow list array.
/// Sequence i is tokens[offsets[i]] … tokens[offsets[i + 1] − 1]. Reused between fills: `clear`
/// keeps the memory.
struct SequenceBatch {
  std::vector<std::uint32_t> tokens;
  std::vector<std::uint64_t> offsets{0};  ///< size() + 1 entries, ascending from 0
  std::vector<Latents> latents;           ///< one for each sequence, or none at all
  std::vector<std::int64_t> labels;       ///< one for each token, or none at all
  /// For each token what it costs by the exact law of the data, in bits (`predictive_width` 1), or
  /// that law, a probability for each id (`predictive_width` their number); or none at all.
  std::vector<float> predictive;
  std::uint32_t predictive_width = 0;
  /// For each token what it costs a reader who is told the structure, in bits: the terms of the
  /// latents' `oracle_bits`; or none at all.
  std::vector<float> oracle;
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
    labels.clear();
    predictive.clear();
    predictive_width = 0;
    oracle.clear();
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

  /// The labels of the last sequence, one for each of its tokens; none: it came without.
  void set_labels(std::span<const std::int64_t> values) {
    if (values.empty() && labels.empty()) return;
    labels.resize(static_cast<std::size_t>(offsets[size() - 1]), unlabelled);
    labels.insert(labels.end(), values.begin(), values.end());
    labels.resize(tokens.size(), unlabelled);
  }

  /// What the tokens of the last sequence cost, one for each; none: it came without.
  void set_predictive_bits(std::span<const float> bits) {
    if (bits.empty() && predictive.empty()) return;
    predictive_width = 1;
    constexpr float unknown = std::numeric_limits<float>::quiet_NaN();
    predictive.resize(static_cast<std::size_t>(offsets[size() - 1]), unknown);
    predictive.insert(predictive.end(), bits.begin(), bits.end());
    predictive.resize(tokens.size(), unknown);
  }

  /// The numbers of sequence i in `predictive`; empty when it came without.
  std::span<const float> predictive_of(std::size_t i) const noexcept {
    const auto begin = static_cast<std::size_t>(offsets[i]) * predictive_width;
    const auto end = static_cast<std::size_t>(offsets[i + 1]) * predictive_width;
    if (end > predictive.size()) return {};
    return {predictive.data() + begin, predictive.data() + end};
  }

  /// What the tokens of the last sequence cost a reader who is told the structure, one for each, to
  /// be written by the caller.
  std::span<float> append_oracle() {
    const auto begin = static_cast<std::size_t>(offsets[size() - 1]);
    oracle.resize(tokens.size(), std::numeric_limits<float>::quiet_NaN());
    return std::span(oracle).subspan(begin);
  }

  /// The numbers of sequence i in `oracle`; empty when it came without.
  std::span<const float> oracle_of(std::size_t i) const noexcept {
    const auto begin = static_cast<std::size_t>(offsets[i]);
    const auto end = static_cast<std::size_t>(offsets[i + 1]);
    if (end > oracle.size()) return {};
    return {oracle.data() + begin, oracle.data() + end};
  }

  /// Room for the labels of the last sequence, all of them `ignored_label` so far.
  std::span<std::int64_t> append_labels() {
    const auto begin = static_cast<std::size_t>(offsets[size() - 1]);
    labels.resize(begin, unlabelled);
    labels.resize(tokens.size(), ignored_label);
    return std::span(labels).subspan(begin);
  }

  /// The labels of sequence i; empty when it came without, or has no tokens.
  std::span<const std::int64_t> labels_of(std::size_t i) const noexcept {
    const auto begin = static_cast<std::size_t>(offsets[i]);
    const auto end = static_cast<std::size_t>(offsets[i + 1]);
    if (end > labels.size() || begin == end || labels[begin] == unlabelled) return {};
    return {labels.data() + begin, labels.data() + end};
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

 private:
  /// Fills `labels` for a sequence that came without.
  static constexpr std::int64_t unlabelled = INT64_MIN;
};

}  // namespace synthgen
