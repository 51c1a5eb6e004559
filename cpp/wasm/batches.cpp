#include "batches.hpp"

#include <vector>

namespace synthgen::wasm {
namespace {

val copied_counts(const std::vector<std::uint64_t>& counts) {
  const std::vector<std::uint32_t> narrow(counts.begin(), counts.end());
  return copied("Uint32Array", narrow.data(), narrow.size());
}

}  // namespace

val batch_value(const SequenceBatch& batch) {
  val result = val::object();
  result.set("tokens", copied("Uint32Array", batch.tokens.data(), batch.tokens.size()));
  result.set("offsets", copied_counts(batch.offsets));
  if (!batch.padding.empty()) result.set("padding", copied_counts(batch.padding));
  if (!batch.oracle_bits.empty()) {
    result.set("oracleBits",
               copied("Float64Array", batch.oracle_bits.data(), batch.oracle_bits.size()));
  }
  if (batch.has_latents()) {
    Json latents = Json::array();
    for (const Latents& entry : batch.latents) latents.push_back(to_json(entry));
    result.set("latents", to_text(latents));
  }
  return result;
}

SequenceBatch batch_of(const val& tokens, const val& offsets, const val& padding,
                       const val& oracle_bits) {
  SequenceBatch batch;
  batch.tokens = emscripten::convertJSArrayToNumberVector<std::uint32_t>(tokens);
  const auto ends = emscripten::convertJSArrayToNumberVector<std::uint32_t>(offsets);
  batch.offsets.assign(ends.begin(), ends.end());
  if (!padding.isUndefined()) {
    const auto counts = emscripten::convertJSArrayToNumberVector<std::uint32_t>(padding);
    batch.padding.assign(counts.begin(), counts.end());
  }
  if (!oracle_bits.isUndefined()) {
    batch.oracle_bits = emscripten::convertJSArrayToNumberVector<double>(oracle_bits);
  }
  return batch;
}

}  // namespace synthgen::wasm
