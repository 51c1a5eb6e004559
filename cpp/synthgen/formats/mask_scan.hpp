#pragma once

#include "synthgen/config/formatted.hpp"

#include <cstdint>
#include <string>

namespace synthgen {

/// Reads an attention mask number by number: ones over the tokens of one sequence, zeros over
/// padding before or after them.
class MaskScan {
 public:
  /// The next number; false, with `reason`, for holes and for anything but 0 and 1.
  bool add(std::int64_t value) {
    if (value != 0 && value != 1) {
      reason_ = formatted(
          "got {} at position {}; allowed: 0 and 1 (documents numbered in one sequence are not "
          "read)",
          value, position_);
      return false;
    }
    if (value == 1 && ended_) {
      reason_ = formatted(
          "1 at position {} after zeros inside; allowed: ones in one piece, zeros before and after "
          "them",
          position_);
      return false;
    }
    if (value == 1) {
      if (length_ == 0) start_ = position_;
      ++length_;
    } else if (length_ > 0) {
      ended_ = true;
    }
    ++position_;
    return true;
  }

  /// Where the ones begin, 0 where there are none, and how many there are.
  std::uint64_t start() const noexcept { return start_; }
  std::uint64_t length() const noexcept { return length_; }
  /// How many numbers there are in all.
  std::uint64_t size() const noexcept { return position_; }
  const std::string& reason() const noexcept { return reason_; }

 private:
  std::uint64_t position_ = 0;
  std::uint64_t start_ = 0;
  std::uint64_t length_ = 0;
  bool ended_ = false;
  std::string reason_;
};

}  // namespace synthgen
