#pragma once

#include "synthgen/config/result.hpp"

#include <array>
#include <string>
#include <string_view>

namespace synthgen {

/// A way to compress text, and what its files are called.
struct Compression {
  std::string_view name;
  std::string_view extension;
  std::string_view magic;  ///< the first bytes of its files
};

inline constexpr std::string_view gzip_name = "gzip";
inline constexpr std::array compressions{Compression{gzip_name, ".gz", "\x1f\x8b"},
                                         Compression{"zstd", ".zst", "\x28\xb5\x2f\xfd"}};
inline constexpr std::array compression_names{compressions[0].name, compressions[1].name};

/// The compression with that name or file extension, or whose files begin like this; else null.
const Compression* find_compression(std::string_view name) noexcept;
const Compression* compression_of_extension(std::string_view extension) noexcept;
const Compression* compression_of_content(std::string_view start) noexcept;

/// Whether this build can compress; the module for browsers leaves that to them.
bool can_compress() noexcept;

/// Appends the compressed text as a whole member of a file, so that members can be made in any
/// order. Fails (io) for lack of memory, (usage) if this build cannot compress.
Result<void> append_compressed(const Compression& compression, std::string_view text,
                               std::string& bytes);

}  // namespace synthgen
