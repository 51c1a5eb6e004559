#include "synthgen/analyze/counting/suffix_array.hpp"

#include <algorithm>
#include <numeric>

namespace synthgen {
namespace {

constexpr std::uint32_t nothing = 0xFFFFFFFF;

/// One level of the construction. A suffix is *rising* when it is smaller than the one that begins
/// a position later; a position is a *valley* when its suffix is rising and the one before it is
/// not. The order of the valleys decides the order of all suffixes.
class InducedSorting {
 public:
  InducedSorting(std::span<const std::uint32_t> text, std::uint32_t alphabet)
      : text_(text), rising_(text.size()), bucket_end_(alphabet), order_(text.size()) {
    for (std::size_t i = text.size(); i-- > 1;) {
      rising_[i - 1] = text[i - 1] < text[i] || (text[i - 1] == text[i] && rising_[i]);
    }
    for (const std::uint32_t symbol : text) ++bucket_end_[symbol];
    std::partial_sum(bucket_end_.begin(), bucket_end_.end(), bucket_end_.begin());
    for (std::uint32_t i = 1; i < text.size(); ++i) {
      if (is_valley(i)) valleys_.push_back(i);
    }
  }

  std::vector<std::uint32_t> operator()() && {
    if (text_.empty()) return {};
    std::vector<std::uint32_t> sorted = valleys_;
    induce(sorted);  // from the valleys in any order: sorts them up to the next valley
    sorted.clear();
    for (const std::uint32_t suffix : order_) {
      if (suffix > 0 && is_valley(suffix)) sorted.push_back(suffix);
    }
    induce(sorted_valleys(sorted));
    return std::move(order_);
  }

 private:
  bool is_valley(std::uint32_t i) const { return rising_[i] && !rising_[i - 1]; }

  /// Sorts all suffixes, given the valleys' order.
  void induce(const std::vector<std::uint32_t>& valleys) {
    std::fill(order_.begin(), order_.end(), nothing);
    std::vector<std::uint32_t> place = bucket_end_;
    for (std::size_t i = valleys.size(); i-- > 0;) order_[--place[text_[valleys[i]]]] = valleys[i];

    place.assign(1, 0);  // the buckets' starts
    place.insert(place.end(), bucket_end_.begin(), bucket_end_.end() - 1);
    const auto last = static_cast<std::uint32_t>(text_.size() - 1);
    order_[place[text_[last]]++] = last;
    for (std::size_t i = 0; i < order_.size(); ++i) {
      const std::uint32_t suffix = order_[i];
      if (suffix == nothing || suffix == 0 || rising_[suffix - 1]) continue;
      order_[place[text_[suffix - 1]]++] = suffix - 1;
    }
    place = bucket_end_;
    for (std::size_t i = order_.size(); i-- > 0;) {
      const std::uint32_t suffix = order_[i];
      if (suffix == nothing || suffix == 0 || !rising_[suffix - 1]) continue;
      order_[--place[text_[suffix - 1]]] = suffix - 1;
    }
  }

  /// Whether the pieces from two valleys up to the next valley each are equal.
  bool equal_pieces(std::uint32_t a, std::uint32_t b) const {
    for (std::uint32_t i = 0;; ++i) {
      if (a + i == text_.size() || b + i == text_.size()) return false;
      if (text_[a + i] != text_[b + i] || rising_[a + i] != rising_[b + i]) return false;
      if (i == 0) continue;
      if (is_valley(a + i) != is_valley(b + i)) return false;
      if (is_valley(a + i)) return true;
    }
  }

  /// The valleys in the order of their suffixes, from their order by pieces: by sorting the text
  /// whose symbols are the pieces.
  std::vector<std::uint32_t> sorted_valleys(const std::vector<std::uint32_t>& by_piece) {
    if (by_piece.empty()) return {};
    std::vector<std::uint32_t> name(text_.size() / 2 + 1);  // no two valleys are neighbours
    std::uint32_t names = 1;
    name[by_piece[0] / 2] = 0;
    for (std::size_t i = 1; i < by_piece.size(); ++i) {
      names += equal_pieces(by_piece[i - 1], by_piece[i]) ? 0 : 1;
      name[by_piece[i] / 2] = names - 1;
    }
    if (names == by_piece.size()) return by_piece;
    std::vector<std::uint32_t> pieces(valleys_.size());
    std::transform(valleys_.begin(), valleys_.end(), pieces.begin(),
                   [&](std::uint32_t valley) { return name[valley / 2]; });
    std::vector<std::uint32_t> sorted = InducedSorting(pieces, names)();
    for (std::uint32_t& suffix : sorted) suffix = valleys_[suffix];
    return sorted;
  }

  std::span<const std::uint32_t> text_;
  std::vector<bool> rising_;
  std::vector<std::uint32_t> bucket_end_;  ///< by symbol: where its suffixes end in the order
  std::vector<std::uint32_t> valleys_;     ///< ascending
  std::vector<std::uint32_t> order_;
};

}  // namespace

std::vector<std::uint32_t> suffix_array(std::span<const std::uint32_t> text,
                                        std::uint32_t alphabet) {
  return InducedSorting(text, alphabet)();
}

}  // namespace synthgen
