#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/formats/file_encoder.hpp"

#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace synthgen {

/// A way to compress text, and what its files are called.
struct Compression {
  std::string_view name;
  std::string_view extension;
  std::string_view magic;  ///< how its files begin
};

inline constexpr std::array compressions{Compression{"gzip", ".gz", "\x1f\x8b"},
                                         Compression{"zstd", ".zst", "\x28\xb5\x2f\xfd"}};

/// Whether this build can compress; the module for browsers leaves it to them.
bool can_compress() noexcept;

/// An encoder whose head and chunks are compressed each by itself, as members of one file, so that
/// threads need not wait for one another.
std::unique_ptr<const FileEncoder> compressed(std::unique_ptr<const FileEncoder> encoder,
                                              const Compression& compression);

}  // namespace synthgen
