#pragma once

#include "synthgen/analyze/counting/fixed_sum.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace synthgen {

/// Writes the state of accumulators as bytes, or reads it back: an accumulator's function
/// `exchange` does both by passing its members in a fixed order.
///
///     void exchange(StateArchive& archive) { archive(sum_, count_, values_); }
///
/// Takes numbers, strings, optionals, pairs, arrays, vectors, maps and anything with an `exchange`.
/// Truncated or invalid bytes leave the values empty and set `malformed`; a size is refused if
/// fewer bytes follow than it needs.
class StateArchive {
 public:
  /// Writes.
  StateArchive() = default;
  /// Reads; `bytes` outlive the archive.
  explicit StateArchive(std::string_view bytes) : rest_(bytes), reads_(true) {}

  template <class... Values>
  void operator()(Values&... values) {
    (exchange(values), ...);
  }

  bool reads() const noexcept { return reads_; }
  bool malformed() const noexcept { return malformed_; }
  /// Marks what was read as invalid.
  void refuse() noexcept {
    malformed_ = true;
    rest_ = {};
  }
  /// Everything was read.
  bool at_end() const noexcept { return rest_.empty(); }
  std::string bytes() && { return std::move(written_); }

 private:
  template <class T>
  static constexpr bool is_number =
      (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) || std::is_same_v<T, Int128>;

  void raw(void* data, std::size_t size) {
    if (!reads_) {
      written_.append(static_cast<const char*>(data), size);
    } else if (size > rest_.size()) {
      refuse();
    } else if (size > 0) {
      std::memcpy(data, rest_.data(), size);
      rest_.remove_prefix(size);
    }
  }

  /// The number of elements, each of which takes at least `element_size` bytes.
  std::size_t exchange_size(std::size_t size, std::size_t element_size) {
    std::uint64_t count = size;
    exchange(count);
    if (!reads_) return size;
    if (count > rest_.size() / element_size) refuse();
    return malformed_ ? 0 : static_cast<std::size_t>(count);
  }

  template <class T>
  void exchange(T& value) {
    if constexpr (is_number<T>) {
      if (reads_) value = T();
      raw(&value, sizeof(T));
    } else if constexpr (std::is_same_v<T, bool>) {
      std::uint8_t byte = value ? 1 : 0;
      exchange(byte);
      if (byte > 1) refuse();
      value = byte == 1;
    } else {
      value.exchange(*this);
    }
  }

  template <class First, class Second>
  void exchange(std::pair<First, Second>& pair) {
    (*this)(pair.first, pair.second);
  }

  template <class T, std::size_t size>
  void exchange(std::array<T, size>& values) {
    for (T& value : values) exchange(value);
  }

  template <class T>
  void exchange(std::optional<T>& value) {
    bool present = value.has_value();
    exchange(present);
    if (reads_) value = present ? std::optional<T>(T()) : std::nullopt;
    if (present) exchange(*value);
  }

  void exchange(std::string& text) {
    text.resize(exchange_size(text.size(), 1));
    raw(text.data(), text.size());
  }

  template <class T>
  void exchange(std::vector<T>& values) {
    const std::size_t count = exchange_size(values.size(), is_number<T> ? sizeof(T) : 1);
    if constexpr (is_number<T>) {
      values.resize(count);
      raw(values.data(), count * sizeof(T));
    } else {
      if (reads_) values.clear();
      for (std::size_t i = 0; i < count && !malformed_; ++i) {
        if (reads_) values.emplace_back();
        exchange(values[i]);
      }
    }
  }

  /// Maps, ordered or not.
  template <class Map>
  requires requires { typename Map::mapped_type; }
  void exchange(Map& map) {
    std::size_t count = exchange_size(map.size(), 1);
    if (!reads_) {
      for (auto& [key, value] : map) {
        auto copy = key;
        (*this)(copy, value);
      }
      return;
    }
    map.clear();
    for (; count > 0 && !malformed_; --count) {
      typename Map::key_type key{};
      typename Map::mapped_type value{};
      (*this)(key, value);
      if (!malformed_) map.emplace(std::move(key), std::move(value));
    }
  }

  std::string written_;
  std::string_view rest_;
  bool reads_ = false;
  bool malformed_ = false;
};

}  // namespace synthgen
