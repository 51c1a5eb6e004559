#include "batches.hpp"

#include "synthgen/generate/latents/latents_json.hpp"

#include <vector>

namespace synthgen::wasm {
namespace {

val copied_counts(const std::vector<std::uint64_t>& counts) {
  const std::vector<std::uint32_t> narrow(counts.begin(), counts.end());
  return copied("Uint32Array", narrow.data(), narrow.size());
}

val copied_labels(const SequenceBatch& batch) {
  std::vector<double> labels;
  labels.reserve(batch.tokens.size());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto known = batch.labels_of(i);
    labels.insert(labels.end(), known.begin(), known.end());
    if (known.empty()) labels.resize(labels.size() + batch[i].size(), ignored_label);
  }
  return copied("Float64Array", labels.data(), labels.size());
}

/// The numbers of a typed array; none where it is undefined.
template <class Number>
std::vector<Number> numbers(const val& array) {
  if (array.isUndefined()) return {};
  return emscripten::convertJSArrayToNumberVector<Number>(array);
}

}  // namespace

val batch_value(const SequenceBatch& batch, bool with_latents) {
  val result = val::object();
  result.set("tokens", copied("Uint32Array", batch.tokens.data(), batch.tokens.size()));
  result.set("offsets", copied_counts(batch.offsets));
  if (!batch.padding.empty()) result.set("padding", copied_counts(batch.padding));
  if (!batch.labels.empty()) result.set("labels", copied_labels(batch));
  if (batch.predictive_width == 1 && !batch.predictive.empty()) {
    result.set("predictiveBits",
               copied("Float32Array", batch.predictive.data(), batch.predictive.size()));
  }
  if (with_latents && batch.has_latents()) result.set("latents", parsed(latents_text(batch)));
  return result;
}

val structure_value(const SequenceBatch& batch, const TokenStructure& structure) {
  const auto& [kinds, spans, band_places] = structure;
  static_assert(sizeof(TokenKind) == 1);
  val result = val::object();
  result.set("kinds", copied("Uint8Array", reinterpret_cast<const std::uint8_t*>(kinds.data()),
                             kinds.size()));
  result.set("spans", copied("Uint32Array", spans.data(), spans.size()));
  result.set("bandPlaces", copied("Uint8Array", band_places.data(), band_places.size()));
  result.set("latents", copied(batch.has_latents() ? latents_text(batch, false) : "[]"));
  return result;
}

Result<SequenceBatch> batch_of(const val& object) {
  SequenceBatch batch;
  batch.tokens = numbers<std::uint32_t>(object["tokens"]);
  const auto offsets = numbers<std::uint32_t>(object["offsets"]);
  batch.offsets.assign(offsets.begin(), offsets.end());
  const auto padding = numbers<std::uint32_t>(object["padding"]);
  batch.padding.assign(padding.begin(), padding.end());
  for (const double label : numbers<double>(object["labels"])) {
    batch.labels.push_back(static_cast<std::int64_t>(label));
  }
  batch.predictive = numbers<float>(object["predictiveBits"]);
  batch.predictive_width = batch.predictive.empty() ? 0 : 1;
  const Result<void> described = read_latents_into(batch, object["latents"]);
  return described ? Result<SequenceBatch>(std::move(batch)) : tl::unexpected(described.error());
}

}  // namespace synthgen::wasm
