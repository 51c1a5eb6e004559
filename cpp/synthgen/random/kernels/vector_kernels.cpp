// Philox4x32-10 in vectors. Highway compiles this file once for each vector unit that a processor
// of the build's architecture may have; `vector_kernels` asks which of them are there.
#include "synthgen/random/kernels/vector_kernels.hpp"

#include "synthgen/random/kernels/masked_draws.hpp"

#if defined(__x86_64__) || defined(__aarch64__) || defined(__wasm_simd128__)

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "synthgen/random/kernels/vector_kernels.cpp"
// The processors that have SSSE3 without SSE4 are too old to matter, AVX3_DL adds nothing here.
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_AVX3_DL)
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace synthgen::HWY_NAMESPACE {
namespace {

#if HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128

namespace hn = hwy::HWY_NAMESPACE;

using Lanes = hn::ScalableTag<std::uint32_t>;
using WideLanes = hn::Repartition<std::uint64_t, Lanes>;
using Vector = hn::Vec<Lanes>;

constexpr std::uint32_t multiplier_0 = 0xD2511F53;
constexpr std::uint32_t multiplier_1 = 0xCD9E8D57;

HWY_INLINE Vector narrow(hn::Vec<WideLanes> wide) {
  return hn::BitCast(Lanes(), wide);
}

/// The products of the even lanes of `numbers` and a factor that is the same in all lanes.
HWY_INLINE hn::Vec<WideLanes> even_products(Vector numbers, Vector factor) {
#if HWY_TARGET == HWY_WASM
  // Highway's MulEven would multiply 64-bit numbers, and so would the compiler if it knew a
  // constant factor: that takes a browser three times as long as extmul.
  asm volatile("" : "+r"(factor.raw));
  const v128_t even = wasm_i32x4_shuffle(numbers.raw, numbers.raw, 0, 2, 0, 2);
  return hn::Vec<WideLanes>{wasm_u64x2_extmul_low_u32x4(even, factor.raw)};
#else
  return hn::MulEven(numbers, factor);
#endif
}

/// The same number in the lower half of each 64-bit lane, and 0 in the upper one.
HWY_INLINE Vector in_even_lanes(std::uint32_t number) {
  return narrow(hn::Set(WideLanes(), number));
}

HWY_INLINE Vector high_half(hn::Vec<WideLanes> product) {
  return narrow(hn::ShiftRight<32>(product));
}

/// What the rounds need and all blocks of a stream share. Only the lowest counter word differs
/// between them, so that half of the first two rounds is done here.
struct Schedule {
  explicit Schedule(const StreamAddress& address) {
    PhiloxKey key = address.key;
    std::array<PhiloxKey, 10> round_keys;
    for (PhiloxKey& round_key : round_keys) {
      round_key = key;
      key[0] += 0x9E3779B9;
      key[1] += 0xBB67AE85;
    }
    const std::uint64_t first = std::uint64_t{multiplier_1} * address.index_low;
    const std::uint64_t second =
        std::uint64_t{multiplier_0} *
        (static_cast<std::uint32_t>(first >> 32) ^ address.purpose ^ round_keys[0][0]);
    first_c = address.index_high ^ round_keys[0][1];
    second_a = static_cast<std::uint32_t>(first) ^ round_keys[1][0];
    second_c = static_cast<std::uint32_t>(second >> 32) ^ round_keys[1][1];
    second_d = static_cast<std::uint32_t>(second);
    for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = round_keys[i + 2];
  }

  std::uint32_t first_c;          ///< to be xored to the third word after round 1
  std::uint32_t second_a;         ///< the same for the first word after round 2
  std::uint32_t second_c;         ///< the same for the third word after round 2
  std::uint32_t second_d;         ///< the fourth word after round 2
  std::array<PhiloxKey, 8> keys;  ///< of rounds 3 … 10
};

// AVX-512 has the registers for two pairs of vectors, which hide the multiplier's latency.
#if HWY_TARGET <= HWY_AVX3
constexpr std::size_t vectors = 4;
#else
constexpr std::size_t vectors = 2;
#endif

/// Blocks first, first + 1 … as `vectors` vectors for each word of a block. A pair of vectors has
/// the blocks with even numbers in the first and those with odd ones in the second, a block in
/// each 64-bit lane, whose upper half is undefined.
HWY_INLINE void blocks(const Schedule& schedule, std::uint32_t first, Vector (&words)[4][vectors]) {
  const Lanes lanes;
  const WideLanes wide;
  const Vector m0 = hn::Set(lanes, multiplier_0);
  const Vector m1 = hn::Set(lanes, multiplier_1);
  const auto even_numbers = hn::Add(hn::Iota(wide, 0), hn::Iota(wide, 0));
  auto& [a, b, c, d] = words;
  for (std::size_t v = 0; v < vectors; ++v) {
    const std::uint64_t start = std::uint64_t{first} + v / 2 * hn::Lanes(lanes) + v % 2;
    const auto round_1 = even_products(narrow(hn::Add(even_numbers, hn::Set(wide, start))), m0);
    const auto round_2 =
        even_products(hn::Xor(high_half(round_1), hn::Set(lanes, schedule.first_c)), m1);
    a[v] = hn::Xor(high_half(round_2), hn::Set(lanes, schedule.second_a));
    b[v] = narrow(round_2);
    c[v] = hn::Xor(narrow(round_1), hn::Set(lanes, schedule.second_c));
    d[v] = hn::Set(lanes, schedule.second_d);
  }
#if HWY_COMPILER_GCC_ACTUAL
#pragma GCC unroll 1  // unrolled, the keys of all rounds push the words out of the registers
#endif
  for (const PhiloxKey& key : schedule.keys) {
    const Vector key_0 = hn::Set(lanes, key[0]);
    const Vector key_1 = hn::Set(lanes, key[1]);
    for (std::size_t v = 0; v < vectors; ++v) {
      const auto product_0 = even_products(a[v], m0);
      const auto product_1 = even_products(c[v], m1);
      a[v] = hn::Xor3(high_half(product_1), b[v], key_0);
      c[v] = hn::Xor3(high_half(product_0), d[v], key_1);
      b[v] = narrow(product_1);
      d[v] = narrow(product_0);
    }
  }
}

/// Calls store(word, even, odd, address of the result) for each word of a block and pair of
/// vectors: results of hn::Lanes(lanes) blocks, in order, belong at that address.
template <class Store>
HWY_INLINE void each_pair(const StreamAddress& address, std::uint32_t first_block,
                          std::uint32_t* results, std::size_t groups, Store store) {
  const Schedule schedule(address);
  const std::size_t lanes = hn::Lanes(Lanes());
  const std::size_t step = vectors / 2 * lanes;
  for (std::size_t block = 0; block < groups * 16; block += step) {
    Vector words[4][vectors];
    blocks(schedule, first_block + static_cast<std::uint32_t>(block), words);
    for (std::size_t pair = 0; pair < vectors / 2; ++pair) {
      const std::size_t own = block + pair * lanes;
      for (std::size_t word = 0; word < 4; ++word) {
        store(words[word][2 * pair], words[word][2 * pair + 1],
              results + own / 16 * 64 + word * 16 + own % 16);
      }
    }
  }
}

void words(const StreamAddress& address, std::uint32_t first_block, std::uint32_t* words,
           std::size_t groups) {
  each_pair(address, first_block, words, groups,
            [](Vector even, Vector odd, std::uint32_t* result) HWY_ATTR {
              const Lanes lanes;
              const Vector shifted = narrow(hn::ShiftLeft<32>(hn::BitCast(WideLanes(), odd)));
              hn::StoreU(hn::OddEven(shifted, even), lanes, result);
            });
}

bool products(const StreamAddress& address, std::uint32_t first_block, std::uint32_t range,
              std::uint32_t reject_below, std::uint32_t* values, std::size_t groups) {
  const Lanes lanes;
  const Vector ranges = hn::Set(lanes, range);
  Vector least = hn::Set(lanes, ~std::uint32_t{0});
  each_pair(address, first_block, values, groups,
            [&](Vector even, Vector odd, std::uint32_t* result) HWY_ATTR {
              const auto of_even = even_products(even, ranges);
              const auto of_odd = even_products(odd, ranges);
              least = hn::Min(least, hn::Min(narrow(of_even), narrow(of_odd)));
              hn::StoreU(hn::OddEven(narrow(of_odd), high_half(of_even)), lanes, result);
            });
  // The even lanes of `least` hold low halves; where the odd ones hold high halves, any will do.
  const Vector threshold = in_even_lanes(reject_below);
  return hn::AllTrue(lanes, hn::Eq(hn::Max(least, threshold), least));
}

bool draw_where(const MaskedDraws& draws) {
  const Lanes lanes;
  const WideLanes wide;
  const std::size_t step = hn::Lanes(lanes);
  const Vector range = hn::Set(lanes, draws.range);
  const Vector last = hn::Set(lanes, draws.last);
  const Vector first = hn::Set(lanes, draws.first);
  const Vector all_ones = hn::Set(lanes, ~std::uint32_t{0});
  Vector least = all_ones;
  std::size_t i = 0;
  for (; i + step <= draws.count; i += step) {
    const Vector words = hn::LoadU(lanes, draws.words + i);
    const Vector decisions = hn::LoadU(lanes, draws.decisions + i);
    const auto holds = hn::Eq(hn::Min(decisions, last), decisions);
    const auto even = even_products(words, range);
    const auto odd = even_products(high_half(hn::BitCast(wide, words)), range);
    const Vector drawn = hn::Add(hn::OddEven(narrow(odd), high_half(even)), first);
    const Vector low = hn::OddEven(narrow(hn::ShiftLeft<32>(odd)), narrow(even));
    least = hn::Min(least, hn::IfThenElse(holds, low, all_ones));
    hn::StoreU(hn::IfThenElse(holds, drawn, hn::LoadU(lanes, draws.values + i)), lanes,
               draws.values + i);
  }
  const Vector threshold = hn::Set(lanes, draws.reject_below);
  const bool accepted = hn::AllTrue(lanes, hn::Eq(hn::Max(least, threshold), least));
  return draw_where_from(draws, i) && accepted;
}

#endif

}  // namespace

WordKernels kernels() {
#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128
  return {};
#else
  return {hwy::TargetName(HWY_TARGET), words, products, draw_where};
#endif
}

}  // namespace synthgen::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace synthgen {

std::size_t vector_kernels(std::span<WordKernels, max_vector_kernels> kernels) noexcept {
  std::size_t size = 0;
  const auto add = [&](const WordKernels& kernel) { kernels[size++] = kernel; };
#if HWY_ARCH_X86
  __builtin_cpu_init();
  // What Highway compiles for these units may use.
  const bool has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                        __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("fma");
  const bool has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                          __builtin_cpu_supports("avx512cd") &&
                          __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if (__builtin_cpu_supports("sse4.2")) add(N_SSE4::kernels());
  if (has_avx2) add(N_AVX2::kernels());
  if (has_avx2 && has_avx512) add(N_AVX3::kernels());
#else
  add(HWY_STATIC_DISPATCH(kernels)());
#endif
  return size;
}

#if HWY_ARCH_WASM

// What kernels.wasm exports: it consists of this file alone, see cpp/wasm/CMakeLists.txt.

__attribute__((export_name("words"))) void exported_words(const StreamAddress& address,
                                                          std::uint32_t first_block,
                                                          std::uint32_t* words,
                                                          std::size_t groups) {
  HWY_STATIC_DISPATCH(words)(address, first_block, words, groups);
}

__attribute__((export_name("products"))) bool exported_products(
    const StreamAddress& address, std::uint32_t first_block, std::uint32_t range,
    std::uint32_t reject_below, std::uint32_t* values, std::size_t groups) {
  return HWY_STATIC_DISPATCH(products)(address, first_block, range, reject_below, values, groups);
}

__attribute__((export_name("draw_where"))) bool exported_draw_where(const MaskedDraws& draws) {
  return HWY_STATIC_DISPATCH(draw_where)(draws);
}

#endif

}  // namespace synthgen

#endif

#else

namespace synthgen {

std::size_t vector_kernels(std::span<WordKernels, max_vector_kernels> /*kernels*/) noexcept {
  return 0;
}

}  // namespace synthgen

#endif
