#pragma once

#include "synthgen/formats/dtype.hpp"
#include "synthgen/io/byte_file.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace synthgen {

/// A part of a file with numbers of one type, one after another.
struct ElementRegion {
  std::shared_ptr<const ByteFile> file;
  std::uint64_t offset = 0;  ///< in bytes
  Element element;
  std::uint64_t count = 0;  ///< the file is known to hold as many
};

/// Reads a region's numbers in order through one buffer.
class ElementReader {
 public:
  explicit ElementReader(ElementRegion region) : region_(std::move(region)) {}

  const ElementRegion& region() const noexcept { return region_; }
  std::uint64_t left() const noexcept { return region_.count - next_; }
  /// Where the next number begins, in bytes.
  std::uint64_t place() const noexcept { return region_.offset + next_ * region_.element.bytes; }

  /// The next numbers, at most `most` of them and at least one while some are left; valid until the
  /// next call. Unsigned ones above 2^63 − 1 come as that. Fails (io).
  Result<std::span<const std::int64_t>> take(std::uint64_t most);

  /// The next number; there must be one left.
  Result<std::int64_t> take_one();

 private:
  Result<void> fill();

  ElementRegion region_;
  std::uint64_t next_ = 0;
  std::vector<char> bytes_;
  std::vector<std::int64_t> values_;
  std::size_t at_ = 0;
};

}  // namespace synthgen
