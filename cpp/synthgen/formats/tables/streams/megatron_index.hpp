#pragma once

#include "synthgen/formats/dtype.hpp"
#include "synthgen/formats/separator.hpp"
#include "synthgen/formats/sequence_reader.hpp"
#include "synthgen/io/byte_file.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace synthgen {

inline constexpr std::string_view megatron_magic("MMIDIDX\0\0", 9);
inline constexpr std::uint64_t megatron_version = 1;

/// The type's number in Megatron's index.
constexpr std::uint8_t megatron_code(Dtype dtype) {
  return dtype == Dtype::uint16 ? 8 : dtype == Dtype::int32 ? 4 : 5;
}

/// A reader of Megatron's ids as their index cuts them; `separator`, where it ends or begins a
/// sequence, is left out. Fails (data) if the two do not fit, or the index contradicts itself.
Result<std::unique_ptr<SequenceReader>> open_indexed(std::shared_ptr<const ByteFile> ids,
                                                     std::shared_ptr<const ByteFile> index,
                                                     std::optional<Separator> separator);

}  // namespace synthgen
