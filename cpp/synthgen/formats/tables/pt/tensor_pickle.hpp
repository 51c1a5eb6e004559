#pragma once

#include "synthgen/config/result.hpp"
#include "synthgen/formats/dtype.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace synthgen {

/// A tensor whose numbers are in the record of a name, as a pickle describes it.
struct PickledTensor {
  std::string storage;       ///< the record's name: "0"
  std::string dtype;         ///< PyTorch's name of the type: "int64"
  Element element;           ///< of 0 bytes unless these are integers or truth values
  std::uint64_t offset = 0;  ///< of the first, in numbers
  std::vector<std::uint64_t> shape;
  std::vector<std::uint64_t> strides;  ///< in numbers
};

/// A value of a pickle, as far as sequences can be made of it.
struct PickledItem {
  enum class Kind : std::uint8_t {
    tensor,
    row,   ///< a list of integers
    rows,  ///< a list of tensors, or of lists of integers
    other,
  };
  Kind kind = Kind::other;
  std::string what = {};  ///< "[3, 4] of int64"
  PickledTensor tensor = {};
  std::vector<std::int64_t> numbers = {};
  std::vector<PickledItem> rows = {};
};

/// What torch.save has pickled: members of a dict, or one value.
struct Unpickled {
  bool is_dict = false;
  std::vector<std::pair<std::string, PickledItem>> members = {};  ///< one without a name if no dict
  std::string reason = {};  ///< why it could not be read; empty otherwise
  std::uint64_t place = 0;  ///< of what was refused, in bytes
};

/// The pickle of a contiguous tensor in the record 0, as torch.save makes it.
std::string pickle_tensor(Dtype dtype, std::span<const std::uint64_t> shape);

/// Reads a pickle of tensors, numbers, texts, lists and dicts, of the protocols 2 to 5. Runs
/// nothing: knows the opcodes that these take and the names that PyTorch gives to tensors' parts.
Unpickled unpickle(std::string_view pickle);

}  // namespace synthgen
