#include "batches.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/latents_text.hpp"
#include "synthgen/generate/read_latents.hpp"

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
  if (batch.has_latents()) result.set("latents", latents_text(batch));
  return result;
}

Result<SequenceBatch> batch_of(const val& tokens, const val& offsets, const val& padding,
                               const val& latents) {
  SequenceBatch batch;
  batch.tokens = emscripten::convertJSArrayToNumberVector<std::uint32_t>(tokens);
  const auto ends = emscripten::convertJSArrayToNumberVector<std::uint32_t>(offsets);
  batch.offsets.assign(ends.begin(), ends.end());
  if (!padding.isUndefined()) {
    const auto counts = emscripten::convertJSArrayToNumberVector<std::uint32_t>(padding);
    batch.padding.assign(counts.begin(), counts.end());
  }
  if (latents.isUndefined()) return batch;
  const Result<Json> entries = parse_json(latents.as<std::string>(), "latents");
  if (!entries) return tl::unexpected(entries.error());
  for (std::size_t i = 0; i < batch.size() && i < entries->size(); ++i) {
    Latents& entry = batch.latents.emplace_back();
    entry.known = !(*entries)[i].is_null();
    if (!entry.known) continue;
    Result<Latents> read = read_latents((*entries)[i], batch[i].size());
    if (!read) {
      return fail(ErrorKind::data, formatted("sequence {}: {}", i, read.error().message));
    }
    entry = std::move(*read);
  }
  return batch;
}

}  // namespace synthgen::wasm
