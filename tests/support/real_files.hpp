#pragma once

#include "synthgen/config/json.hpp"

#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace synthgen::testing {

template <class T>
std::string raw_bytes(const std::vector<T>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

/// An NPY file as numpy writes it; `descr` without the byte order: "f8".
template <class T>
std::string npy_file(const std::string& descr, const std::vector<std::uint64_t>& shape,
                     const std::vector<T>& values) {
  std::string sizes;
  for (const std::uint64_t size : shape) sizes += std::to_string(size) + ", ";
  const std::string dict =
      "{'descr': '<" + descr + "', 'fortran_order': False, 'shape': (" + sizes + "), }\n";
  const auto length = static_cast<std::uint16_t>(dict.size());
  return std::string("\x93NUMPY\x01\x00", 8) + raw_bytes(std::vector{length}) + dict +
         raw_bytes(values);
}

inline std::string npy_file(const std::vector<std::uint64_t>& shape,
                            const std::vector<double>& values) {
  return npy_file("f8", shape, values);
}

/// A tensor of a safetensors file.
struct TensorBytes {
  std::string name;
  std::string dtype;
  std::vector<std::uint64_t> shape;
  std::string bytes;
};

inline std::string safetensors_file(const std::vector<TensorBytes>& tensors) {
  Json header = {{"__metadata__", {{"format", "pt"}}}};
  std::string data;
  for (const TensorBytes& tensor : tensors) {
    header[tensor.name] = {{"dtype", tensor.dtype},
                           {"shape", tensor.shape},
                           {"data_offsets", {data.size(), data.size() + tensor.bytes.size()}}};
    data += tensor.bytes;
  }
  const std::string text = to_text(header);
  return raw_bytes(std::vector{std::uint64_t{text.size()}}) + text + data;
}

}  // namespace synthgen::testing
