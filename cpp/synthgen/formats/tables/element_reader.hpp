#pragma once

#include "synthgen/formats/dtype.hpp"
#include "synthgen/io/byte_file.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace synthgen {

/// A part of a file with numbers of one type, one after another.
struct ElementRegion {
  std::shared_ptr<const ByteFile> file;
  std::uint64_t offset = 0;  ///< in bytes
  Element element;
  std::uint64_t count = 0;                  ///< the file is known to hold them all
  std::optional<std::uint32_t> crc32 = {};  ///< of all their bytes, to be checked

  /// `number` of its numbers from `first` on.
  ElementRegion part(std::uint64_t first, std::uint64_t number) const {
    return {file, offset + first * element.bytes, element, number, {}};
  }
};

/// What is wrong with bytes whose CRC is another than the file says.
inline constexpr std::string_view wrong_crc32_text =
    "has another CRC-32 than the file says: it is damaged, or was written without one, as "
    "torch.save does after set_crc32_options(False)";

/// Reads a region's numbers in order through one buffer: integers as std::int64_t, real numbers as
/// double.
template <class Value>
class NumberReader {
 public:
  /// The region's numbers have the form that `Value` can hold.
  explicit NumberReader(ElementRegion region) : region_(std::move(region)) {}

  const ElementRegion& region() const noexcept { return region_; }
  std::uint64_t left() const noexcept { return region_.count - next_; }
  /// Where the next number begins, in bytes.
  std::uint64_t place() const noexcept { return region_.offset + next_ * region_.element.bytes; }

  /// The next numbers, at most `most` of them and at least one while some are left; valid until the
  /// next call. Unsigned integers above 2^63 − 1 come as that. Fails (io), and
  /// (data) at the end if the region's CRC is wrong.
  Result<std::span<const Value>> take(std::uint64_t most);

  /// The next number; there must be one left.
  Result<Value> take_one();

 private:
  Result<void> fill();

  ElementRegion region_;
  std::uint64_t next_ = 0;
  std::uint32_t crc32_ = 0;  ///< of the bytes so far
  std::vector<char> bytes_;
  std::vector<Value> values_;
  std::size_t at_ = 0;
};

extern template class NumberReader<std::int64_t>;
extern template class NumberReader<double>;

using ElementReader = NumberReader<std::int64_t>;
using RealReader = NumberReader<double>;

}  // namespace synthgen
