#pragma once

#include <cstdint>
#include <string_view>

namespace synthgen {

/// A kind of file that is recognised in order to refuse it by name.
struct ForeignContent {
  std::string_view name;  ///< "Parquet", as errors call it
  std::string_view hint;  ///< what helps; may be empty
};

/// What a file of `size` bytes that begins like this is, where text is expected or numbers are. It
/// is certain: not even a stream of numbers would begin so by chance. Null if it is nothing that is
/// known here.
const ForeignContent* foreign_content(std::string_view start, std::uint64_t size,
                                      bool expects_text) noexcept;

/// Whether the start is that of a gzip file for certain, where any bytes are possible.
bool is_surely_gzip(std::string_view start) noexcept;

}  // namespace synthgen
