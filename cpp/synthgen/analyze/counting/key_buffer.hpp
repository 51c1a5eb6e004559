#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace synthgen {

/// A list of keys that keeps its memory when it is emptied, and whose new keys need not be set to 0
/// before they are written.
class KeyBuffer {
 public:
  /// `count` more keys, undefined until they are written.
  std::uint64_t* extend(std::size_t count) {
    if (keys_.size() < size_ + count) keys_.resize(std::max(2 * keys_.size(), size_ + count));
    size_ += count;
    return keys_.data() + (size_ - count);
  }
  void push_back(std::uint64_t key) { *extend(1) = key; }
  void clear() noexcept { size_ = 0; }

  std::size_t size() const noexcept { return size_; }
  std::span<const std::uint64_t> keys() const noexcept { return {keys_.data(), size_}; }

 private:
  std::vector<std::uint64_t> keys_;
  std::size_t size_ = 0;
};

}  // namespace synthgen
