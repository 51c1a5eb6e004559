#pragma once

#include "synthgen/formats/dtype.hpp"
#include "synthgen/formats/tables/number_table.hpp"
#include "synthgen/io/byte_file.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// The first bytes of an NPY file.
inline constexpr std::string_view npy_magic = "\x93NUMPY";

/// The header of an NPY file, version 1.0: magic, length, a Python dict padded to a multiple of 64.
std::string npy_head(Dtype dtype, const std::vector<std::uint64_t>& shape);

/// The same for float32.
std::string npy_float_head(const std::vector<std::uint64_t>& shape);

/// Reads a header and checks it against the file's size before it allocates what the header asks
/// for. Fails (data), naming the reason, if this is not an array of integers in C order.
Result<NumberTable> read_npy(std::shared_ptr<const ByteFile> file);

/// The same for an array in a part of a file, such as a record of an NPZ. With `or_booleans` truth
/// values are read as 0 and 1.
Result<NumberTable> read_npy_at(std::shared_ptr<const ByteFile> file, std::uint64_t offset,
                                std::uint64_t bytes, bool or_booleans);

/// The same for an array of float16, float32 or float64.
Result<NumberTable> read_npy_reals(std::shared_ptr<const ByteFile> file);

}  // namespace synthgen
