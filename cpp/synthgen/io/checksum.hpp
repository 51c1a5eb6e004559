#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace synthgen {

/// A running XXH3 128-bit checksum, the one that the stock tool `xxh128sum` prints.
class Checksum {
 public:
  Checksum();
  Checksum(Checksum&&) noexcept;
  Checksum& operator=(Checksum&&) noexcept;
  ~Checksum();

  void add(std::string_view bytes);
  /// 32 hexadecimal digits.
  std::string hex() const;
  /// What `hex` would be after `add(bytes)`.
  std::string hex_with(std::string_view bytes) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The checksum of one text.
std::string checksum_of(std::string_view bytes);

}  // namespace synthgen
