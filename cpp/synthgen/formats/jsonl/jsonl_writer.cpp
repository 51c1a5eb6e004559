#include "synthgen/formats/jsonl/jsonl_writer.hpp"

#include "synthgen/config/formatted.hpp"
#include "synthgen/formats/decimal_text.hpp"
#include "synthgen/generate/latents/latents_json.hpp"

#include <charconv>

namespace synthgen {
namespace {

/// Ids, and `ignored_label` where there is none.
void append_labels(std::span<const std::int64_t> labels, std::string& bytes) {
  constexpr std::size_t longest_label = 11;  // ten digits and a comma
  const std::size_t start = bytes.size();
  bytes.resize(start + labels.size() * longest_label);
  char* out = bytes.data() + start;
  for (const std::int64_t label : labels) {
    out = std::to_chars(out, out + longest_label, label).ptr;
    *out++ = ',';
  }
  if (!labels.empty()) --out;
  bytes.resize(static_cast<std::size_t>(out - bytes.data()));
}

}  // namespace

void append_jsonl(const SequenceBatch& batch, std::string& bytes) {
  append_jsonl(batch, 0, batch.size(), bytes);
}

void append_jsonl(const SequenceBatch& batch, std::size_t first, std::size_t count,
                  std::string& bytes) {
  for (std::size_t i = first; i < first + count; ++i) {
    bytes += "{\"input_ids\":[";
    append_decimal(batch[i], bytes);
    bytes += ']';
    if (batch.padding_of(i) > 0) bytes += formatted(",\"padding\":{}", batch.padding_of(i));
    if (const auto labels = batch.labels_of(i); !labels.empty()) {
      bytes += ",\"labels\":[";
      append_labels(labels, bytes);
      bytes += ']';
    }
    if (const Latents* latents = batch.latents_of(i)) {
      bytes += ",\"latents\":";
      append_text(*latents, bytes);
    }
    bytes += "}\n";
  }
}

}  // namespace synthgen
