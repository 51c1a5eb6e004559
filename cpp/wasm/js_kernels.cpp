// Where kernels.wasm, loaded by web/module/kernels.js, meets the module that draws with it.

#include "synthgen/random/kernels/word_kernels.hpp"

#include <array>
#include <cstdint>
#include <emscripten/bind.h>
#include <emscripten/emscripten.h>
#include <emscripten/val.h>

namespace synthgen::wasm {

// The module's memory, in which kernels.wasm works, and the table that function pointers index.
EM_JS(emscripten::EM_VAL, js_memory_and_table, (),
      { return Emval.toHandle({memory : wasmMemory, table : wasmTable}); });

namespace {

using emscripten::val;

/// The stack of kernels.wasm, which grows downwards.
alignas(16) std::array<char, 4096> kernel_stack;

/// {memory, table, stack}: the address of the end of the stack.
val kernel_surroundings() {
  val surroundings = val::take_ownership(js_memory_and_table());
  surroundings.set("stack",
                   reinterpret_cast<std::uintptr_t>(kernel_stack.data() + kernel_stack.size()));
  return surroundings;
}

template <class Pointer>
void point(Pointer& function, std::uint32_t table_index) {
  function = reinterpret_cast<Pointer>(table_index);
}

/// Draws from now on with three functions that lie one after another in the table: words, products
/// and draw_where.
void use_kernels(std::uint32_t first) {
  WordKernels kernels{"simd128", nullptr, nullptr, nullptr};
  point(kernels.words, first);
  point(kernels.products, first + 1);
  point(kernels.draw_where, first + 2);
  add_word_kernels(kernels);
}

}  // namespace

EMSCRIPTEN_BINDINGS(kernels) {
  emscripten::function("kernelSurroundings", &kernel_surroundings);
  emscripten::function("useKernels", &use_kernels);
}

}  // namespace synthgen::wasm
