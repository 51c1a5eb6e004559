#include "synthgen/dataset/jsonl_writer.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/generate/latents_text.hpp"

#include <charconv>

namespace synthgen {
namespace {

/// The member with a sequence's labels; nothing for a sequence that has none.
void append_labels(std::span<const std::int64_t> labels, std::string& bytes) {
  if (labels.empty()) return;
  constexpr std::size_t longest_label = 11;  // ten digits and a comma
  bytes += ",\"labels\":[";
  const std::size_t start = bytes.size();
  bytes.resize(start + labels.size() * longest_label);
  char* out = bytes.data() + start;
  for (const std::int64_t label : labels) {
    out = std::to_chars(out, out + longest_label, label).ptr;
    *out++ = ',';
  }
  bytes.resize(static_cast<std::size_t>(out - bytes.data()));
  bytes.back() = ']';
}

}  // namespace

void append_jsonl(const SequenceBatch& batch, std::string& bytes) {
  constexpr std::size_t longest_id = 11;  // ten digits and a comma
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto sequence = batch[i];
    bytes += "{\"input_ids\":[";
    const std::size_t start = bytes.size();
    bytes.resize(start + sequence.size() * longest_id);
    char* out = bytes.data() + start;
    for (const std::uint32_t token : sequence) {
      out = std::to_chars(out, out + longest_id, token).ptr;
      *out++ = ',';
    }
    if (!sequence.empty()) --out;
    bytes.resize(static_cast<std::size_t>(out - bytes.data()));
    bytes += ']';
    if (batch.padding_of(i) > 0) bytes += formatted(",\"padding\":{}", batch.padding_of(i));
    append_labels(batch.labels_of(i), bytes);
    if (const Latents* latents = batch.latents_of(i)) {
      bytes += ",\"latents\":";
      append_text(*latents, bytes);
    }
    bytes += "}\n";
  }
}

}  // namespace synthgen
