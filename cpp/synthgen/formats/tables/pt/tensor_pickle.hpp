#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/formats/dtype.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace synthgen {

/// A tensor whose numbers are in the record of a name, as a pickle describes it.
struct PickledTensor {
  std::string storage;  ///< the record's name: "0"
  Element element;
  std::uint64_t numel = 0;   ///< numbers in the storage
  std::uint64_t offset = 0;  ///< of the first, in numbers
  std::vector<std::uint64_t> shape;
  std::vector<std::uint64_t> strides;  ///< in numbers
};

/// The pickle of a contiguous tensor in the record 0, as torch.save makes it.
std::string pickle_tensor(Dtype dtype, std::span<const std::uint64_t> shape);

/// Reads such a pickle. Runs nothing: knows the dozen opcodes that a plain tensor takes and the
/// names of PyTorch's integer storages. `reason` says why it stopped; empty for a tensor.
struct UnpickledTensor {
  PickledTensor tensor;
  std::string reason;
  std::uint64_t place = 0;  ///< of the opcode that was refused, in bytes
};
UnpickledTensor unpickle_tensor(std::string_view pickle);

}  // namespace synthgen
