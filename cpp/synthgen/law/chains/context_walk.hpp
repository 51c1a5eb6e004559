#pragma once

#include <cstdint>

namespace synthgen {

/// The context of the next token of a chain of some order on k symbols: the last `order` tokens as
/// digits, oldest first. Contexts are numbered 0 … k^order − 1; the shorter ones at the beginning
/// of a sequence follow them, by length and then by their digits.
class ContextWalk {
 public:
  ContextWalk(std::uint32_t symbols, std::uint32_t order) : symbols_(symbols), order_(order) {
    for (std::uint32_t i = 0; i < order; ++i) contexts_ *= symbols;
    reset();
  }

  void reset() {
    value_ = 0;
    length_ = 0;
    first_ = contexts_;
    same_length_ = 1;
  }

  /// Whether there are as many tokens as the order.
  bool is_full() const noexcept { return length_ == order_; }
  /// The number of the context.
  std::uint64_t node() const noexcept { return is_full() ? value_ : first_ + value_; }
  /// The token `back` places before the next one, 1 … order.
  std::uint32_t token(std::uint32_t back) const noexcept {
    std::uint64_t value = value_;
    while (--back > 0) value /= symbols_;
    return static_cast<std::uint32_t>(value % symbols_);
  }
  /// The tokens so far, or the last `order` of them, as a number.
  std::uint64_t value() const noexcept { return value_; }

  void push(std::uint32_t token) noexcept {
    value_ = value_ * symbols_ + token;
    if (is_full()) {
      value_ %= contexts_;
      return;
    }
    first_ += same_length_;
    same_length_ *= symbols_;
    ++length_;
  }

  std::uint64_t contexts() const noexcept { return contexts_; }
  std::uint32_t order() const noexcept { return order_; }
  std::uint32_t symbols() const noexcept { return symbols_; }

 private:
  std::uint32_t symbols_;
  std::uint32_t order_;
  std::uint64_t contexts_ = 1;
  std::uint64_t value_ = 0;
  std::uint32_t length_ = 0;
  std::uint64_t first_ = 1;  ///< number of the first context of this length
  std::uint64_t same_length_ = 1;
};

}  // namespace synthgen
