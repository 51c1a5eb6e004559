#pragma once

#include "synthgen/generate/latents.hpp"
#include "synthgen/random/token_sampler.hpp"

#include <cstdint>
#include <span>
#include <vector>

#include "support/reference_words.hpp"

namespace synthgen::testing {

/// The fresh tokens of one sequence, from the addresses of the content substream.
class ReferenceContent {
 public:
  /// Uniform content.
  ReferenceContent(const Item& item, std::uint32_t vocabulary)
      : item_(item), vocabulary_(vocabulary), zipf_(TokenSampler::uniform(1)) {}
  /// Zipf content, from a sampler that has tests of its own.
  ReferenceContent(const Item& item, std::uint32_t vocabulary, double zipf_exponent)
      : item_(item),
        vocabulary_(vocabulary),
        zipf_(TokenSampler::zipf(vocabulary, zipf_exponent)) {}

  std::uint32_t vocabulary() const { return vocabulary_; }

  /// The first attempt from `attempt` on that is accepted; `attempt` becomes the next one.
  std::uint32_t draw(std::uint64_t position, std::uint32_t& attempt) const {
    std::uint32_t token = 0;
    if (!zipf_.is_uniform()) {
      token = zipf_.draw(TokenWords::content(item_), position, attempt);
    } else {
      const Address first{
          item_.seed, static_cast<std::uint32_t>(item_.split), item_.index, 1, position, attempt};
      token = reference_bounded(first, vocabulary_, &attempt);
    }
    ++attempt;
    return token;
  }

  std::uint32_t fresh(std::uint64_t position) const {
    std::uint32_t attempt = 0;
    return draw(position, attempt);
  }

 private:
  Item item_;
  std::uint32_t vocabulary_;
  TokenSampler zipf_;
};

/// The clean tokens of one segment, derived from its own fresh tokens x:
/// repetition token i = x[i mod p]; alternation token i = x[i mod 2], B redrawn until it is not A;
/// progression token i = x[0] + i, wrapping; reversal the first ⌈len/2⌉ tokens, then mirrored,
/// where len is the length before the sequence's end cut the segment.
inline std::vector<std::uint32_t> reference_segment(const ReferenceContent& content,
                                                    const Span& span) {
  std::vector<std::uint32_t> whole;
  for (std::uint32_t i = 0; i < span.full_length; ++i) {
    const auto x = [&](std::uint32_t offset) { return content.fresh(span.start + offset); };
    switch (span.kind) {
      case SpanKind::repetition:
        whole.push_back(x(i % span.period));
        break;
      case SpanKind::alternation: {
        std::uint32_t attempt = 0;
        std::uint32_t b = content.draw(span.start + 1, attempt);
        while (b == x(0)) b = content.draw(span.start + 1, attempt);
        whole.push_back(i % 2 == 0 ? x(0) : b);
        break;
      }
      case SpanKind::progression:
        whole.push_back((x(0) + i) % content.vocabulary());
        break;
      case SpanKind::reversal:
        whole.push_back(i < (span.full_length + 1) / 2 ? x(i) : whole[span.full_length - 1 - i]);
        break;
      default:
        whole.push_back(x(i));
    }
  }
  whole.resize(span.length);
  return whole;
}

/// The clean tokens of a sequence whose spans are segments that follow one another.
inline std::vector<std::uint32_t> reference_sequence(const ReferenceContent& content,
                                                     std::span<const Span> spans) {
  std::vector<std::uint32_t> tokens;
  for (const Span& span : spans) {
    for (const std::uint32_t token : reference_segment(content, span)) tokens.push_back(token);
  }
  return tokens;
}

}  // namespace synthgen::testing
