#include "synthgen/formats/tables/element_reader.hpp"

#include <algorithm>
#include <cstring>
#include <limits>

namespace synthgen {
namespace {

template <class T>
std::int64_t number_at(const char* at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  if constexpr (sizeof(T) == 8 && std::is_unsigned_v<T>) {
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(std::min<std::uint64_t>(value, most));
  } else {
    return static_cast<std::int64_t>(value);
  }
}

using NumberAt = std::int64_t (*)(const char*);

NumberAt number_of(Element element) {
  switch (element.bytes) {
    case 1:
      return element.is_signed ? &number_at<std::int8_t> : &number_at<std::uint8_t>;
    case 2:
      return element.is_signed ? &number_at<std::int16_t> : &number_at<std::uint16_t>;
    case 4:
      return element.is_signed ? &number_at<std::int32_t> : &number_at<std::uint32_t>;
    default:
      return element.is_signed ? &number_at<std::int64_t> : &number_at<std::uint64_t>;
  }
}

}  // namespace

Result<std::span<const std::int64_t>> ElementReader::take(std::uint64_t most) {
  if (at_ == values_.size() && left() > 0) {
    if (Result<void> filled = fill(); !filled) return tl::unexpected(filled.error());
  }
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(most, values_.size() - at_));
  const std::span<const std::int64_t> values(values_.data() + at_, count);
  at_ += count;
  next_ += count;
  return values;
}

Result<std::int64_t> ElementReader::take_one() {
  const Result<std::span<const std::int64_t>> one = take(1);
  if (!one) return tl::unexpected(one.error());
  return one->front();
}

Result<void> ElementReader::fill() {
  constexpr std::uint64_t most = 1 << 15;
  const auto width = static_cast<std::size_t>(region_.element.bytes);
  const auto count = static_cast<std::size_t>(std::min(most, left()));
  bytes_.resize(count * width);
  Result<void> read = region_.file->read(region_.offset + next_ * width, bytes_);
  if (!read) return read;
  if (region_.element.big_endian) {
    for (std::size_t i = 0; i < bytes_.size(); i += width) {
      std::reverse(bytes_.data() + i, bytes_.data() + i + width);
    }
  }
  values_.resize(count);
  const NumberAt number = number_of(region_.element);
  for (std::size_t i = 0; i < count; ++i) values_[i] = number(bytes_.data() + i * width);
  at_ = 0;
  return {};
}

}  // namespace synthgen
