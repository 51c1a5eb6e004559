#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/latents/latents_json.hpp"

#include "batches.hpp"

namespace synthgen::wasm {

Result<void> read_latents_into(SequenceBatch& batch, const val& list) {
  if (list.isUndefined()) return {};
  const Result<Json> entries = json_of(list, "latents");
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
  return {};
}

}  // namespace synthgen::wasm
