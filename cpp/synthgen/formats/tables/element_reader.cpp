#include "synthgen/formats/tables/element_reader.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/io/crc32.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <span>
#include <type_traits>

namespace synthgen {
namespace {

template <class T>
T raw_at(const char* at) {
  T value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

template <class T>
std::int64_t integer_at(const char* at) {
  const T value = raw_at<T>(at);
  if constexpr (sizeof(T) == 8 && std::is_unsigned_v<T>) {
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(std::min<std::uint64_t>(value, most));
  } else {
    return static_cast<std::int64_t>(value);
  }
}

template <class T>
double real_at(const char* at) {
  return static_cast<double>(raw_at<T>(at));
}

double half_at(const char* at) {
  constexpr int fraction_bits = 10;
  constexpr unsigned most_exponent = 31;
  constexpr int bias = 15;
  const auto bits = raw_at<std::uint16_t>(at);
  const unsigned exponent = bits >> fraction_bits & most_exponent;
  const int fraction = bits & ((1 << fraction_bits) - 1);
  double size = 0;
  if (exponent == most_exponent) {
    size = fraction == 0 ? std::numeric_limits<double>::infinity()
                         : std::numeric_limits<double>::quiet_NaN();
  } else if (exponent == 0) {
    size = std::ldexp(fraction, 1 - bias - fraction_bits);
  } else {
    size = std::ldexp(fraction + (1 << fraction_bits),
                      static_cast<int>(exponent) - bias - fraction_bits);
  }
  return (bits & 0x8000U) != 0 ? -size : size;
}

double bfloat_at(const char* at) {
  const std::uint32_t bits = std::uint32_t{raw_at<std::uint16_t>(at)} << 16;
  float value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

/// Reads numbers of `width` bytes each, one after another.
template <auto number_at, std::size_t width, class Value>
void read_numbers(const char* at, std::span<Value> values) {
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = number_at(at + i * width);
}

template <class T>
void read_integers(const char* at, std::span<std::int64_t> values) {
  read_numbers<&integer_at<T>, sizeof(T)>(at, values);
}

template <class Value>
using ReadNumbers = void (*)(const char*, std::span<Value>);

ReadNumbers<std::int64_t> reading(Element element, std::int64_t) {
  switch (element.bytes) {
    case 1:
      return element.is_signed ? &read_integers<std::int8_t> : &read_integers<std::uint8_t>;
    case 2:
      return element.is_signed ? &read_integers<std::int16_t> : &read_integers<std::uint16_t>;
    case 4:
      return element.is_signed ? &read_integers<std::int32_t> : &read_integers<std::uint32_t>;
    default:
      return element.is_signed ? &read_integers<std::int64_t> : &read_integers<std::uint64_t>;
  }
}

ReadNumbers<double> reading(Element element, double) {
  if (element.form == NumberForm::bfloat) return &read_numbers<&bfloat_at, 2, double>;
  if (element.bytes == 2) return &read_numbers<&half_at, 2, double>;
  return element.bytes == 4 ? &read_numbers<&real_at<float>, sizeof(float), double>
                            : &read_numbers<&real_at<double>, sizeof(double), double>;
}

}  // namespace

template <class Value>
Result<std::span<const Value>> NumberReader<Value>::take(std::uint64_t most) {
  if (at_ == values_.size() && left() > 0) {
    if (Result<void> filled = fill(); !filled) return tl::unexpected(filled.error());
  }
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(most, values_.size() - at_));
  const std::span<const Value> values(values_.data() + at_, count);
  at_ += count;
  next_ += count;
  return values;
}

template <class Value>
Result<Value> NumberReader<Value>::take_one() {
  const Result<std::span<const Value>> one = take(1);
  if (!one) return tl::unexpected(one.error());
  return one->front();
}

template <class Value>
Result<void> NumberReader<Value>::fill() {
  constexpr std::uint64_t most = 1 << 15;
  const auto width = static_cast<std::size_t>(region_.element.bytes);
  const auto count = static_cast<std::size_t>(std::min(most, left()));
  bytes_.resize(count * width);
  Result<void> read = region_.file->read(region_.offset + next_ * width, bytes_);
  if (!read) return read;
  if (region_.crc32) {
    const std::string_view bytes(bytes_.data(), bytes_.size());
    crc32_ = joined_crc32(crc32_, crc32(bytes), bytes.size());
    if (count == left() && crc32_ != *region_.crc32) {
      return tl::unexpected(region_.file->fault(
          region_.offset, formatted("the record that begins here {}", wrong_crc32_text)));
    }
  }
  if (region_.element.big_endian) {
    for (std::size_t i = 0; i < bytes_.size(); i += width) {
      std::reverse(bytes_.data() + i, bytes_.data() + i + width);
    }
  }
  values_.resize(count);
  reading(region_.element, Value())(bytes_.data(), values_);
  at_ = 0;
  return {};
}

template class NumberReader<std::int64_t>;
template class NumberReader<double>;

}  // namespace synthgen
