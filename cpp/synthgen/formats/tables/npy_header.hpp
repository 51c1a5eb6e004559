#pragma once

#include "synthgen/formats/dtype.hpp"
#include "synthgen/formats/tables/number_table.hpp"
#include "synthgen/io/byte_file.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace synthgen {

/// The head of an NPY file, version 1.0: magic, length, a Python dict padded to a multiple of 64.
std::string npy_head(Dtype dtype, const std::vector<std::uint64_t>& shape);

/// Reads a head and checks it against the file's size, before anything is allocated by it. Fails
/// (data) by name for what is no array of integers in C order.
Result<NumberTable> read_npy(std::shared_ptr<const ByteFile> file);

}  // namespace synthgen
