#pragma once

#include "synthgen/random/token_sampler.hpp"

#include <cstdint>

#include "support/content_law.hpp"
#include "support/reference_words.hpp"

namespace synthgen::testing {

/// The draws of one sequence from the content distribution, from the addresses of their words:
/// ranks among the content ids. Zipf ranks come from a sampler that has tests of its own.
class ReferenceContent {
 public:
  ReferenceContent(const Item& item, const Config& config)
      : item_(item),
        size_(ContentLaw(config).size()),
        zipf_(config.vocab_distribution == "zipf" ? TokenSampler::zipf(size_, config.zipf_exponent)
                                                  : TokenSampler::uniform(1)),
        is_zipf_(config.vocab_distribution == "zipf") {}

  /// The fresh draw at a position: from all content ids, or from a band of them. It is the first
  /// attempt from `attempt` on that is accepted; `attempt` becomes the next one.
  std::uint32_t draw(std::uint64_t position, std::uint32_t& attempt) const {
    return draw({0, size_}, position, attempt);
  }
  std::uint32_t draw(const Band& band, std::uint64_t position, std::uint32_t& attempt) const {
    std::uint32_t rank = 0;
    if (!is_zipf_) {
      rank = band.first + reference_bounded(address(1, position, attempt), band.size, &attempt);
    } else if (band.size == size_) {
      rank = zipf_.draw(TokenWords::content(item_), position, attempt);
    } else {
      rank = zipf_.draw(band, TokenWords::content(item_), position, attempt);
    }
    ++attempt;
    return rank;
  }

  /// A draw with every rank of a band alike, from the words of fresh draws.
  std::uint32_t uniform(const Band& band, std::uint64_t position) const {
    return band.first + reference_bounded(address(1, position, 0), band.size);
  }

  /// The draw that replaces the token at a noisy position.
  std::uint32_t noise(std::uint64_t position) const {
    std::uint32_t attempt = 0;
    return is_zipf_ ? zipf_.draw(TokenWords::noise(item_), position, attempt)
                    : reference_bounded(address(5, position, 0), size_);
  }

  /// The word of any substream at a position.
  std::uint32_t word(std::uint32_t substream, std::uint64_t position) const {
    return reference_word(address(substream, position, 0));
  }

 private:
  Address address(std::uint32_t substream, std::uint64_t position, std::uint32_t attempt) const {
    return {item_.seed, static_cast<std::uint32_t>(item_.split), item_.index, substream, position,
            attempt};
  }

  Item item_;
  std::uint32_t size_;
  TokenSampler zipf_;
  bool is_zipf_;
};

}  // namespace synthgen::testing
