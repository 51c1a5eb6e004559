#pragma once

#include "synthgen/config/config.hpp"
#include "synthgen/generate/layers/latents.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <vector>

#include "support/reference_words.hpp"

// The tokens of recall once more, from the latents and a sequence's own draws. Nothing here comes
// from the family.

namespace synthgen::testing {

/// The draws of one sequence of recall from the addresses of their words.
class RecallDraws {
 public:
  RecallDraws(const Config& config, const Item& item) : config_(config), item_(item) {}

  /// An integer below `range` at a position of a substream.
  std::uint32_t below(std::int64_t range, std::uint32_t substream, std::uint64_t position) const {
    return reference_bounded({.seed = item_.seed,
                              .split = static_cast<std::uint32_t>(item_.split),
                              .index = item_.index,
                              .substream = substream,
                              .position = position},
                             static_cast<std::uint64_t>(range));
  }

  /// The first `count` cards of a deck of `size`: a card drawn leaves its place to the last one.
  std::vector<std::uint32_t> deck(std::int64_t size, std::uint32_t substream, std::uint64_t first,
                                  std::uint64_t count) const {
    std::map<std::uint32_t, std::uint32_t> moved;
    const auto at = [&](std::uint32_t place) {
      return moved.contains(place) ? moved[place] : place;
    };
    std::vector<std::uint32_t> cards;
    for (std::uint64_t j = 0; j < count; ++j, --size) {
      const std::uint32_t place = below(size, substream, first + j);
      cards.push_back(at(place));
      moved[place] = at(static_cast<std::uint32_t>(size - 1));
    }
    return cards;
  }

  /// The draws of the j-th new pair of a context, or of the pair that begins at a position, or of
  /// the motif number j: the tokens of its key.
  std::vector<std::uint32_t> key(std::uint64_t j, std::uint32_t start, std::uint32_t size) const {
    const std::int64_t ids = config_.vocab_size;
    if (config_.recall_layout == "mad") {
      return {below((ids - config_.noise_vocab_size) / 2, 16, start / 2)};
    }
    if (config_.recall_layout == "safari") return {1 + below((ids - 2) / 2, 16, start / 2)};
    if (config_.recall_layout == "fuzzy") return deck((ids - 1) / 2, 16, 16 * j, size);
    const std::int64_t pairs = config_.num_kv_pairs;
    if (!config_.compositional)
      return {1 + deck(ids / 2 - 1, 16, 0, j + 1)[static_cast<std::size_t>(j)]};
    const auto side = static_cast<std::uint32_t>(std::lround(std::sqrt(pairs)));
    const std::uint32_t combination = deck(pairs, 21, 0, j + 1)[static_cast<std::size_t>(j)];
    const auto third = static_cast<std::uint32_t>(ids / 3);
    return {1 + deck(third - 1, 16, 0, side)[combination / side],
            third + deck(third, 20, 0, side)[combination % side]};
  }

  /// The same of its value.
  std::vector<std::uint32_t> value(std::uint64_t j, std::uint32_t start, std::uint32_t size) const {
    const std::int64_t ids = config_.vocab_size;
    const auto plain = [&](std::int64_t first, std::int64_t end) {
      return std::vector{static_cast<std::uint32_t>(first) + below(end - first, 17, start / 2)};
    };
    if (config_.recall_layout == "mad") {
      const std::int64_t end = ids - config_.noise_vocab_size;
      return plain(end / 2, end);
    }
    if (config_.recall_layout == "safari") return plain(1 + (ids - 2) / 2, ids - 1);
    std::int64_t first = config_.compositional ? ids / 3 * 2 : ids / 2;
    std::int64_t end = ids;
    std::vector<std::uint32_t> cards;
    if (config_.recall_layout == "fuzzy") {
      first = (ids - 1) / 2;
      end = ids - 1;
      cards = deck(end - first, 17, 16 * j, size);
    } else {
      cards = {deck(end - first, 17, 0, j + 1)[static_cast<std::size_t>(j)]};
    }
    for (std::uint32_t& card : cards) card += static_cast<std::uint32_t>(first);
    return cards;
  }

  /// A token of filler or noise.
  std::uint32_t filler(std::uint32_t position) const {
    if (config_.recall_layout == "mqar") return below(config_.vocab_size, 1, position);
    return static_cast<std::uint32_t>(config_.vocab_size - config_.noise_vocab_size) +
           below(config_.noise_vocab_size, 19, position);
  }

  /// The token of fixed positions.
  std::uint32_t fixed() const {
    return config_.recall_layout == "mqar" ? 0 : static_cast<std::uint32_t>(config_.vocab_size - 1);
  }

 private:
  const Config& config_;
  Item item_;
};

/// The tokens that latents and draws make of a sequence of recall.
inline std::vector<std::uint32_t> recall_tokens(const Config& config, const Item& item,
                                                const Latents& latents, std::size_t length) {
  const RecallDraws draws(config, item);
  const bool is_fuzzy = config.recall_layout == "fuzzy";
  std::vector<std::uint32_t> tokens(length, UINT32_MAX);
  // The probe, which is motif 0, is what the last query asks for.
  std::uint32_t probe_start = UINT32_MAX;
  for (const Span& span : latents.spans) {
    if (span.kind != SpanKind::query) continue;
    probe_start = span.source.value_or(span.start);
  }
  std::uint64_t key_number = 0;
  std::uint64_t value_number = 0;
  std::uint64_t motif = 0;       // of the pair at hand
  std::uint64_t next_motif = 1;  // of the next pair
  std::uint32_t key_start = 0;
  for (const Span& span : latents.spans) {
    const bool is_key = span.kind == SpanKind::key || span.kind == SpanKind::query;
    const bool is_value = span.kind == SpanKind::value || span.kind == SpanKind::answer;
    if (is_key) {
      key_start = span.start;
      motif = span.start == probe_start ? 0 : next_motif;
      ++next_motif;
    }
    std::vector<std::uint32_t> own;
    if (is_key && !span.source) {
      own = draws.key(is_fuzzy ? motif : key_number++, key_start, span.length);
    } else if (is_value && !span.source) {
      own = draws.value(is_fuzzy ? motif : value_number++, key_start, span.length);
    }
    for (std::uint32_t i = 0; i < span.length; ++i) {
      std::uint32_t& token = tokens.at(span.start + i);
      if (span.kind == SpanKind::fixed) {
        token = draws.fixed();
      } else if (span.kind == SpanKind::fresh) {
        token = draws.filler(span.start + i);
      } else {
        token = span.source ? tokens.at(*span.source + i) : own.at(i);
      }
    }
  }
  return tokens;
}

}  // namespace synthgen::testing
