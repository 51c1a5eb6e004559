#pragma once

#include "synthgen/config/json.hpp"
#include "synthgen/formats/tables/number_table.hpp"
#include "synthgen/io/byte_file.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// A header and where the numbers begin.
struct SafetensorsHeader {
  Json tensors;
  std::uint64_t start = 0;

  /// The tensors' names, in the header's order.
  std::vector<std::string> names() const;
};

/// Whether a file that begins like this has the length of a JSON object that fits in it, and its
/// first brace.
bool begins_with_safetensors_header(std::string_view start, std::uint64_t size);

/// Fails (data) if there is no header, or one of more than a megabyte.
Result<SafetensorsHeader> read_safetensors_header(const ByteFile& file);

/// The tensor of that name, which the header has. Fails (data) unless it holds integers and they
/// are in the file.
Result<NumberTable> integer_tensor(const std::shared_ptr<const ByteFile>& file,
                                   const SafetensorsHeader& header, const std::string& name);

/// The same for float16, float32, float64 and bfloat16.
Result<NumberTable> real_tensor(const std::shared_ptr<const ByteFile>& file,
                                const SafetensorsHeader& header, const std::string& name);

}  // namespace synthgen
