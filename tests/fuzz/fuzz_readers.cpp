// The entry of libFuzzer.

#include "fuzz_input.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  synthgen::fuzzing::fuzz({reinterpret_cast<const char*>(data), size});
  return 0;
}
