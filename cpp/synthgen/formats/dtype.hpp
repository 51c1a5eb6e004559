#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace synthgen {

// Files hold little-endian numbers, and so does the memory of every machine that this runs on.
static_assert(std::endian::native == std::endian::little);

/// The types that token ids are written as.
enum class Dtype : std::uint8_t { uint16, uint32, int32, int64 };

inline constexpr std::array dtype_names{"uint16", "uint32", "int32", "int64"};

constexpr std::string_view name(Dtype dtype) noexcept {
  return dtype_names[static_cast<std::size_t>(dtype)];
}

constexpr std::uint64_t bytes_of(Dtype dtype) noexcept {
  return dtype == Dtype::uint16 ? 2 : dtype == Dtype::int64 ? 8 : 4;
}

/// The largest id that it holds; ids have 32 bits.
constexpr std::uint64_t largest_id(Dtype dtype) noexcept {
  return dtype == Dtype::uint16 ? UINT16_MAX : dtype == Dtype::int32 ? INT32_MAX : UINT32_MAX;
}

constexpr std::optional<Dtype> dtype_named(std::string_view name) noexcept {
  for (std::size_t i = 0; i < dtype_names.size(); ++i) {
    if (dtype_names[i] == name) return static_cast<Dtype>(i);
  }
  return std::nullopt;
}

/// What the bits of a number mean.
enum class NumberForm : std::uint8_t {
  integer,
  ieee,    ///< float16, float32 or float64 of IEEE 754
  bfloat,  ///< the upper half of a float32
};

/// A type of numbers, also those that only other programs write.
struct Element {
  std::uint64_t bytes = 0;  ///< 1, 2, 4 or 8
  bool is_signed = false;
  bool big_endian = false;
  NumberForm form = NumberForm::integer;
};

}  // namespace synthgen
